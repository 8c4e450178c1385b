import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Sparkline } from './Sparkline';

/** What holds tiles. */
export const Tiles = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
  gap: 12,
  [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 8 },
}));

const Root = styled(Link)(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: 2,
  padding: '12px 16px',
  [theme.breakpoints.down('sm')]: { padding: '10px 12px' },
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 10,
  background: theme.tokens.surface,
  color: theme.tokens.ink,
  textDecoration: 'none',
  '&:hover': { borderColor: theme.tokens.lineStrong },
  '& span': { fontSize: 12.5, color: theme.tokens.soft },
  '& strong': { fontSize: 24, fontWeight: 620, letterSpacing: '-0.02em', lineHeight: 1.25 },
  '& small': { fontSize: 12, color: theme.tokens.soft },
  // The lines of neighbours stand side by side, however long their notes are.
  '& > svg': { marginTop: 'auto' },
}));

interface TileProps {
  /** The rows behind the figure. */
  readonly to: string;
  readonly name: string;
  readonly value: ReactNode;
  /** What it is of, or what else is to be said. */
  readonly note?: string;
  /** How the figure is made. */
  readonly title?: string;
  readonly line?: { readonly name: string; readonly values: readonly number[] };
}

/** One figure, how it went, and the way to the rows behind it. */
export function Tile({ to, name, value, note, title, line }: TileProps) {
  return (
    <Root to={to} title={title}>
      <span>{name}</span>
      <strong>{value}</strong>
      {note !== undefined && <small>{note}</small>}
      {line && <Sparkline values={line.values} name={line.name} />}
    </Root>
  );
}

/** To a list with a filter. */
export const rowsOf = (resource: string, filter: object): string =>
  `/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`;

/** Whose the figures are: without a merchant, of all that one may see. */
export interface Of {
  readonly merchant_id?: string;
}
