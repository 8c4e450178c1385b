import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { CountLink } from '../ui/CountLink';
import { WithinText } from '../ui/Linked';
import { Info } from './Info';
import { rowsCounted, type ReportAddress } from './report-address';
import type { Catalogue, Definition, Rate, Summary } from './types';
import { percent } from './words';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(196px, 1fr))',
  gap: 10,
  [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 8 },
}));

const Tile = styled('div')(({ theme }) => ({
  display: 'grid',
  alignContent: 'start',
  padding: '8px 8px 10px 14px',
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 9,
  '& > div': {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: 28,
    fontSize: 12.5,
    color: theme.tokens.soft,
  },
  '& > a, & > strong': {
    width: 'fit-content',
    fontSize: 22,
    fontWeight: 620,
    letterSpacing: '-0.02em',
    lineHeight: 1.25,
    color: theme.tokens.ink,
    textDecoration: 'none',
  },
  '& > a:hover': { textDecoration: 'underline', textUnderlineOffset: 4 },
  '&[data-small] > a, &[data-small] > strong': { color: theme.tokens.soft },
  '& small': { fontSize: 12, color: theme.tokens.soft },
}));

interface TilesProps {
  readonly summary: Summary;
  readonly catalogue: Catalogue;
  readonly address: ReportAddress;
}

interface BasisProps {
  readonly rate: Rate;
  readonly definition: Definition;
  readonly address: ReportAddress;
  readonly smallBelow: number;
}

/** What a rate is of: both terms lead to their sessions. */
function Basis({ rate, definition, address, smallBelow }: BasisProps) {
  const { numerator, denominator, small } = rate;
  if (denominator === 0) return 'Nothing to divide by';
  return (
    <WithinText>
      <CountLink count={numerator} to={rowsCounted(address, definition.numerator ?? [])} />
      {' of '}
      <CountLink count={denominator} to={rowsCounted(address, definition.denominator ?? [])} />
      {small && `: fewer than ${smallBelow} say little`}
    </WithinText>
  );
}

/** Every rate of the catalogue, with what it is of. */
export function Tiles({ summary, catalogue, address }: TilesProps) {
  return (
    <Root>
      {catalogue.rates.map((definition) => {
        const rate = summary.rates[definition.id];
        if (rate === undefined) return null;
        const rows = rowsCounted(address, definition.numerator ?? []);
        return (
          <Tile key={definition.id} data-small={rate.small || undefined}>
            <div>
              {definition.title}
              <Info definition={definition} catalogue={catalogue} />
            </div>
            {rate.value === undefined ? (
              <strong>{percent(rate.value)}</strong>
            ) : (
              <Link to={rows} aria-label={`${definition.title}: ${percent(rate.value)}. Show the sessions`}>
                {percent(rate.value)}
              </Link>
            )}
            <small>
              <Basis rate={rate} definition={definition} address={address} smallBelow={catalogue.small_below} />
            </small>
          </Tile>
        );
      })}
    </Root>
  );
}
