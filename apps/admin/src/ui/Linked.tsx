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

/** Figures within a sentence that lead to their rows: as wide as they are, and a little more to be hit. */
export const WithinText = styled('span')(({ theme }) => ({
  '& a': {
    position: 'relative',
    color: 'inherit',
    textUnderlineOffset: 3,
    textDecorationColor: theme.tokens.lineStrong,
  },
  '& a::after': { content: '""', position: 'absolute', inset: '-5px -7px' },
}));
