import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import { Actions } from './Actions';

const Root = styled('section')(({ theme }) => ({
  minWidth: 0,
  background: theme.tokens.surface,
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 10,
}));

const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 12px',
  minHeight: 44,
  padding: '6px 16px',
});

const Body = styled('div', { shouldForwardProp: (name) => name !== 'isFlush' })<{ isFlush: boolean }>(
  ({ isFlush }) => ({
    padding: isFlush ? 0 : '2px 16px 16px',
    minWidth: 0,
  }),
);

interface SectionProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  /** Without space around: for tables. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

/** A part of a page with a title of its own. */
export function Section({ title, actions, isFlush = false, children }: SectionProps) {
  const id = useId();
  return (
    <Root aria-labelledby={id}>
      <Head>
        <Typography variant="h2" id={id} style={{ marginRight: 'auto' }}>
          {title}
        </Typography>
        <Actions>{actions}</Actions>
      </Head>
      <Body isFlush={isFlush}>{children}</Body>
    </Root>
  );
}
