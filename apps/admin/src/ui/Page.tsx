import ArrowBackIcon from '@mui/icons-material/ArrowBack';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { NARROW } from '../theme/theme';
import { Actions } from './Actions';
import { Outdated } from './Outdated';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: 16,
  width: '100%',
  minWidth: 0,
  padding: '20px 24px 48px',
  [theme.breakpoints.down(NARROW)]: { padding: '14px 16px 40px', gap: 12 },
}));

const Header = styled('header')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 12px',
  minHeight: 32,
});

const Back = styled(Link)(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  width: 'fit-content',
  fontSize: 12.5,
  color: theme.tokens.soft,
  textDecoration: 'none',
  '&:hover': { color: theme.tokens.ink },
  '& svg': { fontSize: 15 },
}));

interface PageProps {
  /** Also in the browser's tab. */
  readonly title: string;
  /** Instead of the plain title, where it is more than text. */
  readonly heading?: ReactNode;
  /** Where this page belongs to. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: its title, what can be done with all of it, whether it is up to date, and its content. */
export function Page({ title, heading, back, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  return (
    <Root>
      <div>
        {back && (
          <Back to={back.to}>
            <ArrowBackIcon /> {back.label}
          </Back>
        )}
        <Header>
          <Typography
            variant="h1"
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: '4px 10px',
              mr: 'auto',
              minWidth: 0,
              overflowWrap: 'anywhere',
            }}
          >
            {heading ?? title}
          </Typography>
          <Actions>{actions}</Actions>
        </Header>
      </div>
      <Outdated />
      {children}
    </Root>
  );
}
