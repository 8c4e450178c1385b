import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useEffect, type ReactNode } from 'react';
import { Mark } from '../layout/Mark';

const Root = styled('main')(({ theme }) => ({
  minHeight: '100vh',
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  padding: 'clamp(24px, 12vh, 120px) 16px 32px',
  background: theme.tokens.canvas,
}));

const Card = styled('div')(({ theme }) => ({
  width: '100%',
  maxWidth: 392,
  marginTop: 22,
  padding: '26px 28px 28px',
  display: 'grid',
  gap: 16,
  background: theme.tokens.surface,
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 12,
  boxShadow: '0 1px 2px rgb(0 0 0 / 4%)',
  [theme.breakpoints.down('sm')]: { padding: '22px 18px' },
  '& form': { display: 'grid', gap: 14 },
}));

/** What is shown to somebody who is not (or not wholly) signed in. */
export function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  return (
    <Root>
      <Mark />
      <Card>
        <Typography variant="h1">{title}</Typography>
        {children}
      </Card>
    </Root>
  );
}
