import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { useHref } from 'react-router-dom';
import { Problem } from '../ui/Notice';
import { useAct } from '../ui/use-act';
import { leaveForm, useEndedBeneath } from './kept-form';
import { useMe } from './me';
import { whoAmI } from './session';

/** Over an open form whose session has ended: what was typed stays until somebody is signed in again, or gives it up. */
export function EndedDialog() {
  return useEndedBeneath() ? <Ended /> : null;
}

function Ended() {
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
    void logout();
  };
  return (
    <Dialog open maxWidth="xs" aria-labelledby="ended-title">
      <DialogTitle id="ended-title">Your session has ended</DialogTitle>
      <DialogContent>
        <div>
          Nothing was sent, and what is in the form is kept. Sign in in another window, then come back and go on.
        </div>
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
