import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { WithinText } from '../ui/Linked';
import { Sparkline } from './Sparkline';

/** What holds tiles. */
export const Tiles = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
  gap: 12,
  [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 8 },
}));

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gridTemplateRows: 'auto auto 1fr',
  rowGap: 2,
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 10,
  background: theme.tokens.surface,
  '&:hover': { borderColor: theme.tokens.lineStrong },
}));

/** All of the tile; what it is of stands in its middle, and has links of its own, which must not be inside of one. */
const Whole = styled(Link)(({ theme }) => ({
  gridArea: '1 / 1 / -1 / -1',
  display: 'grid',
  gridTemplateRows: 'subgrid',
  padding: '12px 16px',
  [theme.breakpoints.down('sm')]: { padding: '10px 12px' },
  borderRadius: 9,
  color: theme.tokens.ink,
  textDecoration: 'none',
  '& span': { display: 'block', marginBottom: 2, fontSize: 12.5, color: theme.tokens.soft },
  '& strong': { fontSize: 24, fontWeight: 620, letterSpacing: '-0.02em', lineHeight: 1.25 },
  // The lines of neighbours stand side by side, however long their notes are.
  '& > svg': { gridRow: 3, alignSelf: 'end' },
}));

const Note = styled('small')(({ theme }) => ({
  gridArea: '2 / 1',
  padding: '0 16px',
  [theme.breakpoints.down('sm')]: { padding: '0 12px' },
  fontSize: 12,
  color: theme.tokens.soft,
  // Whoever points at its words means the tile.
  pointerEvents: 'none',
  zIndex: 1,
  '& a': { pointerEvents: 'auto' },
}));

interface TileProps {
  /** The rows behind the figure. */
  readonly to: string;
  readonly name: string;
  readonly value: ReactNode;
  /** What it is of, or what else is to be said. */
  readonly note?: ReactNode;
  /** How the figure is made. */
  readonly title?: string;
  readonly line?: { readonly name: string; readonly values: readonly number[] };
}

/** One figure, how it went, and the way to the rows behind it. */
export function Tile({ to, name, value, note, title, line }: TileProps) {
  const noteId = useId();
  return (
    <Root>
      <Whole to={to} title={title} {...(note !== undefined && { 'aria-describedby': noteId })}>
        <div>
          <span>{name}</span>
          <strong>{value}</strong>
        </div>
        {line && <Sparkline values={line.values} name={line.name} />}
      </Whole>
      {note !== undefined && (
        <Note id={noteId}>
          <WithinText>{note}</WithinText>
        </Note>
      )}
    </Root>
  );
}

/** To a list with a filter; in its usual order, or in that of `sort`. */
export const rowsOf = (resource: string, filter: object, sort?: string): string =>
  `/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}${sort === undefined ? '' : `&sort=${sort}`}`;

/** Whose the figures are: without a merchant, of all that one may see. */
export interface Of {
  readonly merchant_id?: string;
}
