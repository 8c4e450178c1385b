import { styled } from '@mui/material/styles';

/** What can be done, beside a title; below it, all together, where there is no room. */
export const Actions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  minWidth: 0,
  '&:empty': { display: 'none' },
});
