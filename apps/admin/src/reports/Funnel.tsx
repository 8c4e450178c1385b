import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import type { Tone } from '../theme/tokens';
import { Info } from './Info';
import { rowsCounted, type ReportAddress } from './report-address';
import type { Catalogue, Summary } from './types';
import { count, percent } from './words';

const Root = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 360px), 1fr))',
  gap: '8px 32px',
  '& h3': { margin: '0 0 4px', fontSize: 12.5 },
  '& ul': { listStyle: 'none', margin: 0, padding: 0 },
});

const Row = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 178px) minmax(40px, 1fr) 58px 58px',
  alignItems: 'center',
  gap: 8,
  minHeight: 30,
  fontSize: 13,
  '& > :first-of-type': { display: 'flex', alignItems: 'center', minWidth: 0 },
  '& > :nth-of-type(n + 3)': { textAlign: 'right' },
  '& > :last-of-type': { color: theme.tokens.soft, fontSize: 12 },
  '& a': { color: 'inherit', textUnderlineOffset: 3, textDecorationColor: theme.tokens.lineStrong },
  // The bar has a line of its own where it would be a stump beside its name.
  [theme.breakpoints.down('sm')]: {
    gridTemplateColumns: 'minmax(0, 1fr) 58px 58px',
    gap: '2px 8px',
    marginBottom: 8,
    '& > :nth-of-type(2)': { gridColumn: '1 / -1', order: 1 },
  },
}));

const Track = styled('span')(({ theme }) => ({
  height: 10,
  borderRadius: 5,
  background: theme.tokens.sunken,
  overflow: 'hidden',
}));

const Bar = styled('span', { shouldForwardProp: (name) => name !== 'tone' })<{ tone: Tone }>(({ theme, tone }) => ({
  display: 'block',
  height: '100%',
  borderRadius: 5,
  background: theme.tokens.tones[tone].mark,
}));

type Step = readonly [count: string, tone: Tone];

const FUNNEL: readonly Step[] = [
  ['sessions', 'neutral'],
  ['submitted', 'info'],
  ['frictionless', 'good'],
  ['challenge_requested', 'busy'],
  ['challenge_shown', 'busy'],
  ['challenge_completed', 'busy'],
  ['challenge_succeeded', 'good'],
  ['failed_before_answer', 'warn'],
  ['not_submitted', 'neutral'],
  ['awaiting', 'neutral'],
];

const ENDS: readonly Step[] = [
  ['approved', 'good'],
  ['attempted', 'settled'],
  ['data_only', 'settled'],
  ['declined', 'bad'],
  ['rejected', 'bad'],
  ['unavailable', 'warn'],
  ['challenge_abandoned', 'warn'],
  ['expired', 'neutral'],
  ['open', 'info'],
  ['failed_over', 'info'],
];

interface FunnelProps {
  readonly summary: Summary;
  readonly catalogue: Catalogue;
  readonly address: ReportAddress;
}

/** From creation to the end: how many come how far, and what becomes of them. */
export function Funnel({ summary, catalogue, address }: FunnelProps) {
  const all = summary.counts['sessions'] ?? 0;
  const steps = (title: string, list: readonly Step[]) => (
    <div>
      <h3>{title}</h3>
      <ul>
        {list.map(([id, tone]) => {
          const value = summary.counts[id] ?? 0;
          const definition = catalogue.counts.find((one) => one.id === id);
          const rows = rowsCounted(address, [id]);
          return (
            <Row key={id}>
              <span>
                {definition?.title ?? id}
                <Info definition={definition} catalogue={catalogue} />
              </span>
              <Track aria-hidden>
                <Bar tone={tone} style={{ width: `${all === 0 ? 0 : (value / all) * 100}%` }} />
              </Track>
              <span>
                <Link to={rows}>{count(value)}</Link>
              </span>
              <span>{all === 0 ? '–' : percent(value / all)}</span>
            </Row>
          );
        })}
      </ul>
    </div>
  );
  return (
    <Root>
      {steps('How far they come', FUNNEL)}
      {steps('What becomes of them', ENDS)}
    </Root>
  );
}
