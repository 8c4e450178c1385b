import Backdrop from '@mui/material/Backdrop';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { styled } from '@mui/material/styles';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { useHref } from 'react-router-dom';
import { Problem } from '../ui/Notice';
import { useAct } from '../ui/use-act';
import { leaveForm, useEndedBeneath, type End } from './kept-form';
import { useMe } from './me';
import { whoAmI } from './session';

/** Over an open form whose session has ended: what was typed stays until somebody is signed in again, or gives it up. */
export function EndedDialog() {
  const end = useEndedBeneath();
  return end && <Ended end={end} />;
}

const SENTENCES: Readonly<Record<End, string>> = {
  session: 'Nothing was sent, and what is in the form is kept.',
  idle: 'Nobody was here for half an hour. Nothing was sent, and what is in the form is kept, without its secrets.',
};

/** Of a page at which nobody is, nothing is seen. */
const Covered = styled(Backdrop)(({ theme }) => ({
  '&.MuiBackdrop-root:not(.MuiBackdrop-invisible)': { backgroundColor: theme.tokens.canvas },
}));

function Ended({ end }: { readonly end: End }) {
  const me = useMe();
  const [before] = useState(me?.id);
  const signIn = useHref('/login');
  const logout = useLogout();
  const client = useQueryClient();
  const { run, isBusy, error } = useAct(async () => {
    const { id } = await whoAmI();
    if (id !== before) {
      // What another person typed is not theirs to send.
      window.location.reload();
      return;
    }
    leaveForm();
    await client.invalidateQueries();
  });
  const leave = (): void => {
    leaveForm();
    void logout({}, end === 'idle' ? '/login?ended=idle' : undefined);
  };
  return (
    <Dialog
      open
      maxWidth="xs"
      aria-labelledby="ended-title"
      {...(end === 'idle' ? { slots: { backdrop: Covered } } : {})}
    >
      <DialogTitle id="ended-title">Your session has ended</DialogTitle>
      <DialogContent>
        <div>{SENTENCES[end]} Sign in in another window, then come back and go on.</div>
        <Problem error={error} />
      </DialogContent>
      <DialogActions>
        <Button variant="text" onClick={leave}>
          Leave the form
        </Button>
        <Button href={signIn} target="_blank" rel="noopener">
          Sign in
        </Button>
        <Button variant="contained" color="primary" disabled={isBusy} onClick={() => void run()}>
          Go on
        </Button>
      </DialogActions>
    </Dialog>
  );
}
