import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import CloseIcon from '@mui/icons-material/Close';
import ErrorIcon from '@mui/icons-material/Error';
import InfoIcon from '@mui/icons-material/Info';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import { styled } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import { useNotificationContext, type NotificationPayload } from 'react-admin';
import { NARROW } from '../theme/theme';

const Note = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  maxWidth: 'min(480px, calc(100vw - 32px))',
  padding: '8px 6px 8px 14px',
  borderRadius: 10,
  border: `1px solid ${theme.tokens.line}`,
  background: theme.tokens.raised,
  boxShadow: theme.tokens.shadow,
  fontSize: 13,
  '& > svg': { fontSize: 18, flex: 'none' },
}));

/** At the window's end, where no screen has its title, and above what pages have there. */
const ORIGINS = {
  wide: { vertical: 'bottom', horizontal: 'right' },
  narrow: { vertical: 'bottom', horizontal: 'center' },
} as const;

const INSET = { bottom: 'calc(60px + env(safe-area-inset-bottom, 0px))' } as const;

const SHOWN_MS = 5_000;

const sign = (type: NotificationPayload['type']) => {
  if (type === 'success') return <CheckCircleIcon color="success" />;
  return type === 'error' || type === 'warning' ? <ErrorIcon color="error" /> : <InfoIcon color="info" />;
};

/** What just happened, one note after the other. Errors stay until they are closed. */
export function Notes() {
  const { notifications, takeNotification } = useNotificationContext();
  const [shown, setShown] = useState<NotificationPayload | undefined>();
  const [isOpen, setOpen] = useState(false);
  const isNarrow = useMediaQuery((theme) => theme.breakpoints.down(NARROW));
  if (!shown && notifications.length > 0) {
    setShown(takeNotification() ?? undefined);
    setOpen(true);
  }
  if (!shown) return null;
  const isError = shown.type === 'error';
  return (
    <Snackbar
      open={isOpen}
      autoHideDuration={isError ? null : SHOWN_MS}
      anchorOrigin={ORIGINS[isNarrow ? 'narrow' : 'wide']}
      style={INSET}
      onClose={(_, reason) => {
        if (reason !== 'clickaway') setOpen(false);
      }}
      slotProps={{ transition: { onExited: () => setShown(undefined) } }}
    >
      <Note role={isError ? 'alert' : 'status'}>
        {sign(shown.type)}
        <span>{shown.message}</span>
        <IconButton aria-label="Close" onClick={() => setOpen(false)}>
          <CloseIcon />
        </IconButton>
      </Note>
    </Snackbar>
  );
}
