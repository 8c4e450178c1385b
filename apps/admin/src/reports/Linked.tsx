import { styled } from '@mui/material/styles';

/** A figure among others that leads to its rows: looks like them, and is large enough to be hit beside its (i). */
export const Linked = styled('span')(({ theme }) => ({
  '& a': {
    display: 'inline-block',
    minWidth: 24,
    marginRight: 2,
    lineHeight: '24px',
    color: 'inherit',
    textUnderlineOffset: 3,
    textDecorationColor: theme.tokens.lineStrong,
  },
}));
