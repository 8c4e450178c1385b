import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { clockTime, duration, type TimeZone } from '../../format/time';
import type { Tone } from '../../theme/tokens';
import { useNow } from '../../ui/now';
import { useTimeZone } from '../../ui/time-zone';
import type { SessionStory } from '../types';
import { spansOf, tickMs, type Span, type SpanKind } from './spans';
import { eventWords } from './words';

const TONES: Readonly<Record<SpanKind, Tone>> = {
  preparation: 'neutral',
  method: 'neutral',
  answer: 'info',
  challenge: 'busy',
  cardholder: 'busy',
  callback: 'settled',
};

const Grid = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(120px, max-content) minmax(0, 1fr) max-content',
  alignItems: 'center',
  gap: '0 14px',
  fontSize: 12.5,
  '& .inner': { paddingLeft: 14, color: theme.tokens.soft },
  '& .length': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  '& .row': { display: 'contents' },
  [theme.breakpoints.down('sm')]: {
    display: 'block',
    '& .row': { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) max-content', alignItems: 'center' },
    '& .row:first-of-type': { marginBottom: 6 },
    '& .track': { gridColumn: '1 / -1', gridRow: 2 },
  },
}));

const Track = styled('div')(({ theme }) => ({
  position: 'relative',
  height: 26,
  backgroundImage: `linear-gradient(${theme.tokens.line}, ${theme.tokens.line})`,
  backgroundSize: '100% 1px',
  backgroundPosition: 'center',
  backgroundRepeat: 'no-repeat',
}));

const Bar = styled('span', { shouldForwardProp: (name) => name !== 'tone' && name !== 'isOpen' })<{
  tone: Tone;
  isOpen: boolean;
}>(({ theme, tone, isOpen }) => ({
  position: 'absolute',
  top: 7,
  height: 12,
  minWidth: 3,
  borderRadius: 3,
  background: theme.tokens.tones[tone].mark,
  ...(isOpen ? { maskImage: 'linear-gradient(to right, #000 60%, transparent)' } : {}),
}));

const Axis = styled('div')(({ theme }) => ({
  position: 'relative',
  height: 24,
  color: theme.tokens.soft,
  fontSize: 11,
  borderBottom: `1px solid ${theme.tokens.line}`,
  '& > span': { position: 'absolute', bottom: 4, transform: 'translateX(-50%)', whiteSpace: 'nowrap' },
  '& > span:first-of-type': { transform: 'none' },
  '& > i': { position: 'absolute', bottom: 0, width: 1, height: 4, background: theme.tokens.lineStrong },
}));

const Marks = styled('div')(({ theme }) => ({
  position: 'relative',
  height: 22,
  '& > span': {
    position: 'absolute',
    top: 6,
    width: 9,
    height: 9,
    marginLeft: -4,
    borderRadius: '50%',
    border: `2px solid ${theme.tokens.surface}`,
    background: theme.tokens.ink,
    boxSizing: 'content-box',
    marginTop: -2,
  },
}));

const INWARDS = { transform: 'translateX(-100%)' };

/** Where the time of a session went, to scale: legs as bars, what happened as points. */
export function Timeline({ session }: { readonly session: SessionStory }) {
  const [zone] = useTimeZone();
  const now = useNow().getTime();
  const spans = spansOf(session);
  // That it was retried or replayed, days later perhaps, is no part of how long it took.
  const told = session.timeline.filter(({ type }) => type !== 'retried' && type !== 'reproduced');
  const [first] = spans;
  if (!first) return null;
  const start = first.start;
  const end = Math.max(
    ...spans.map(({ end: over }) => over ?? now),
    ...told.map(({ at }) => new Date(at).getTime()),
    start + 1,
  );
  const place = (at: number): number => ((at - start) / (end - start)) * 100;
  const tick = tickMs(end - start);
  const ticks = Array.from({ length: Math.floor((end - start) / tick) + 1 }, (_, index) => index * tick);
  /** So near to the end that its name would stand out. */
  const isLast = (at: number): boolean => place(start + at) > 95;
  return (
    <Grid>
      <div className="row">
        <span />
        <Axis className="track" aria-hidden>
          {ticks.map((at) => (
            <span key={at} style={{ left: `${place(start + at)}%`, ...(isLast(at) ? INWARDS : {}) }}>
              {at === 0 ? '0' : duration(at)}
            </span>
          ))}
          {ticks.map((at) => (
            <i key={at} style={{ left: `${place(start + at)}%` }} />
          ))}
        </Axis>
        <span />
      </div>
      {spans.map((one) => (
        <Row key={`${one.label} ${one.start}`} span={one} now={now} zone={zone} place={place} />
      ))}
      <div className="row">
        <span>What happened</span>
        <Marks className="track">
          {told.map(({ seq, at, type }) => (
            <Tooltip key={seq} title={`${clockTime(at, zone)} · ${eventWords(type)} · ${clockTime(at, 'UTC')} UTC`}>
              <span style={{ left: `${place(new Date(at).getTime())}%` }} aria-hidden />
            </Tooltip>
          ))}
        </Marks>
        <span className="length">{duration(end - start)} in all</span>
      </div>
    </Grid>
  );
}

interface RowProps {
  readonly span: Span;
  readonly now: number;
  readonly zone: TimeZone;
  readonly place: (at: number) => number;
}

/** From when to when, or since when. */
function between(start: number, end: number | null, zone: TimeZone): string {
  const at = (ms: number): string => clockTime(new Date(ms).toISOString(), zone);
  return end === null ? `since ${at(start)}` : `${at(start)} – ${at(end)}`;
}

function Row({ span: { label, kind, start, end, isInner }, now, zone, place }: RowProps) {
  const isOpen = end === null;
  const over = end ?? Math.max(now, start);
  return (
    <div className="row">
      <span className={isInner ? 'inner' : undefined}>{label}</span>
      <Track className="track">
        <Tooltip title={`${between(start, end, zone)} · ${between(start, end, 'UTC')} UTC`}>
          <Bar
            tone={TONES[kind]}
            isOpen={isOpen}
            style={{ left: `${place(start)}%`, width: `${place(over) - place(start)}%` }}
            aria-hidden
          />
        </Tooltip>
      </Track>
      <span className="length">{isOpen ? `${duration(over - start)} so far` : duration(over - start)}</span>
    </div>
  );
}
