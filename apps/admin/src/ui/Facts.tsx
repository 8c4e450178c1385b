import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
  gap: '14px 24px',
  margin: 0,
  [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))', gap: '12px 16px' },
  '& > div': { minWidth: 0 },
  '& > div[data-place=line]': { gridColumn: '1 / -1' },
  '& dt': { fontSize: 12, color: theme.tokens.soft, marginBottom: 1 },
  '& dd': { margin: 0, fontSize: 13, overflowWrap: 'anywhere' },
  // A state of several words goes on below rather than over what stands beside it.
  '& dd > span': { whiteSpace: 'normal' },
}));

/** A name and what it is; nothing is shown for null. What may be long has a line of its own. */
export type Fact = readonly [name: string, value: ReactNode, place?: 'line'];

/** What is known of a thing, by its names. What is not known is left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <List>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value, place]) => (
          <div key={name} data-place={place}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </List>
  );
}
