import ErrorOutlinedIcon from '@mui/icons-material/ErrorOutlined';
import InboxOutlinedIcon from '@mui/icons-material/InboxOutlined';
import LockOutlinedIcon from '@mui/icons-material/LockOutlined';
import SearchOffIcon from '@mui/icons-material/SearchOff';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { explain } from '../providers/errors';
import { Copyable } from './Copyable';

const Box = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  gap: 4,
  maxWidth: 440,
  margin: '0 auto',
  padding: '56px 24px',
  textAlign: 'center',
  color: theme.tokens.soft,
  '& > svg': { fontSize: 30, marginBottom: 6 },
  '& h2': { color: theme.tokens.ink },
  '& > button, & > a': { marginTop: 10 },
}));

interface StateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing is there, and why that may be so. */
export function Empty({ title, children, action }: StateProps) {
  return (
    <Box>
      <InboxOutlinedIcon />
      <Typography variant="h2">{title}</Typography>
      <div>{children}</div>
      {action}
    </Box>
  );
}

/** Something is missing: an id that leads nowhere, or a page that does not exist. */
export function NotFound({ title, children, action }: StateProps) {
  return (
    <Box>
      <SearchOffIcon />
      <Typography variant="h2">{title}</Typography>
      <div>{children}</div>
      {action}
    </Box>
  );
}

/** The operator's role does not reach as far. */
export function Forbidden() {
  return (
    <Box>
      <LockOutlinedIcon />
      <Typography variant="h2">Not for your role</Typography>
      <div>Your role does not let you see this. An administrator can change that under Users.</div>
    </Box>
  );
}

interface FailureProps {
  readonly error: unknown;
  /** Tries again. */
  readonly retry?: () => void;
  /** What may help instead. */
  readonly action?: ReactNode;
}

/** Something went wrong. */
export function Failure({ error, retry, action }: FailureProps) {
  const { title, detail, requestId } = explain(error);
  return (
    <Box role="alert">
      <ErrorOutlinedIcon color="error" />
      <Typography variant="h2">{title}</Typography>
      <div>{detail}</div>
      {requestId !== null && (
        <Typography variant="caption">
          Request <Copyable text={requestId} name="request id" />
        </Typography>
      )}
      {action}
      {retry && <Button onClick={retry}>Try again</Button>}
    </Box>
  );
}

/** Something is on its way. */
export function Loading() {
  return (
    <Box role="status" aria-label="Loading">
      <CircularProgress size={22} thickness={4} color="inherit" />
    </Box>
  );
}
