import { styled } from '@mui/material/styles';

/** A table of figures: the first column says of what, the others are numbers. */
export const Grid = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  fontSize: 13,
  '& th, & td': {
    height: 34,
    padding: '4px 10px',
    textAlign: 'right',
    fontWeight: 400,
    whiteSpace: 'nowrap',
    borderTop: `1px solid ${theme.tokens.line}`,
  },
  // Heads and what a row is of go on below where there is no room for all; figures never do.
  '& th': { whiteSpace: 'normal' },
  '& thead th': { color: theme.tokens.soft, fontSize: 12, fontWeight: 560, verticalAlign: 'bottom' },
  '& th:first-of-type': { minWidth: 150, textAlign: 'left', paddingLeft: 16, overflowWrap: 'anywhere' },
  '& td:last-of-type, & th:last-of-type': { paddingRight: 16 },
  '& tbody tr:hover > *': { background: theme.tokens.hover },
  '& tfoot th, & tfoot td': { fontWeight: 560 },
  '& tbody a': { color: 'inherit', textUnderlineOffset: 3, textDecorationColor: theme.tokens.lineStrong },
}));

/** Wide tables move within themselves, and can be moved with the keyboard. */
export const Wide = styled('div')({ overflowX: 'auto', maxWidth: '100%' });

/** What says little: so few are in the denominator. */
export const Few = styled('span')(({ theme }) => ({ color: theme.tokens.soft, fontStyle: 'italic' }));
