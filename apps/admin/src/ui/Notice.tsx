import ErrorOutlinedIcon from '@mui/icons-material/ErrorOutlined';
import InfoOutlinedIcon from '@mui/icons-material/InfoOutlined';
import WarningAmberIcon from '@mui/icons-material/WarningAmber';
import CheckCircleOutlinedIcon from '@mui/icons-material/CheckCircleOutlined';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { explain, sentence } from '../providers/errors';
import { Copyable } from './Copyable';

type Kind = 'info' | 'good' | 'warn' | 'bad';

const Root = styled('div', { shouldForwardProp: (name) => name !== 'kind' })<{ kind: Kind }>(({ theme, kind }) => {
  const { ink, ground } = theme.tokens.tones[kind];
  return {
    display: 'flex',
    gap: 10,
    padding: '9px 12px',
    borderRadius: 8,
    background: ground,
    color: ink,
    fontSize: 13,
    lineHeight: 1.45,
    '& > svg': { fontSize: 18, flex: 'none' },
    '& > div': { minWidth: 0, overflowWrap: 'anywhere' },
    '& > button': { flex: 'none', margin: '-3px -4px -3px auto', alignSelf: 'start' },
  };
});

const SIGNS = {
  info: <InfoOutlinedIcon />,
  good: <CheckCircleOutlinedIcon />,
  warn: <WarningAmberIcon />,
  bad: <ErrorOutlinedIcon />,
};

const Request = styled('div')({ display: 'flex', alignItems: 'center', gap: 4, marginTop: 2, fontSize: 12 });

interface NoticeProps {
  readonly kind: Kind;
  /** A button for what can be done about it. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** Something to know before one goes on. */
export function Notice({ kind, action, children }: NoticeProps) {
  return (
    <Root kind={kind} role={kind === 'bad' ? 'alert' : undefined}>
      {SIGNS[kind]}
      <div>{children}</div>
      {action}
    </Root>
  );
}

/** What went wrong with the last try, if anything did. */
export function Problem({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  const { requestId } = explain(error);
  return (
    <Notice kind="bad">
      {sentence(error)}
      {requestId !== null && (
        <Request>
          Request <Copyable text={requestId} name="request id" isWhole />
        </Request>
      )}
    </Notice>
  );
}
