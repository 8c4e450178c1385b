import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useRef, useState } from 'react';
import { useLogout } from 'react-admin';
import { call } from '../providers/http';
import { activity, lastActivity, noteActivity, tellOwnActivity } from './activity';
import { idleState, type IdleState } from './idle';
import { leaveFormAlone, useEndedBeneath } from './kept-form';
import { signOut } from './session';
import { hearEnd, tellEnd } from './told-end';

/** So often is looked; the countdown is in seconds. */
const LOOK_MS = 1_000;
/** Whoever works here without asking the server of anything tells it so, at most so often. */
const TELL_MS = 4 * 60_000;
const TOLD = { isTold: true };

/** Tells the server that somebody is there, warns whoever is idle for long, and signs them out; an open form is there again after. */
export function IdleWatch() {
  const logout = useLogout();
  const isEnded = useEndedBeneath() !== null;
  const [state, setState] = useState<IdleState>({ step: 'active' });
  useEffect(() => {
    let told = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      tellOwnActivity();
      const next = idleState(now, activity());
      setState((present) => (present.step === 'active' && next.step === 'active' ? present : next));
      if (now - told < TELL_MS || lastActivity() < told) return;
      told = now;
      // A session that has ended shows at the next real request.
      call('GET', 'auth/me').catch(() => undefined);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const isHeard = useRef(false);
  useEffect(
    () =>
      hearEnd((how) => {
        // A page that slept hears of it late: somebody may be here again.
        if (how !== 'idle' || idleState(performance.now(), activity()).step === 'active') return;
        isHeard.current = true;
        setState({ step: 'over', own: lastActivity() });
      }),
    [],
  );
  const over = state.step === 'over' ? state.own : null;
  useEffect(() => {
    if (over === null) return;
    // Before the server knows: whoever hears of it from the server alone does not empty what is secret. Once: no echoes.
    if (!isHeard.current) tellEnd('idle');
    isHeard.current = false;
    // Not while React draws: a form that is left alone is drawn anew at once, without its secrets.
    queueMicrotask(() => void (leaveFormAlone() ? signOut(TOLD) : logout(TOLD, '/login?ended=idle')));
  }, [over, logout]);
  if (state.step !== 'warned' || isEnded) return null;
  const stay = (): void => {
    noteActivity();
    setState({ step: 'active' });
    call('GET', 'auth/me').catch(() => undefined);
  };
  return (
    <Dialog open onClose={stay} maxWidth="xs" aria-labelledby="idle-title">
      <DialogTitle id="idle-title">Are you still there?</DialogTitle>
      <DialogContent>You will be signed out in {state.secondsLeft} seconds.</DialogContent>
      <DialogActions>
        <Button onClick={() => void logout()}>Sign out</Button>
        <Button variant="contained" color="primary" onClick={stay}>
          Stay signed in
        </Button>
      </DialogActions>
    </Dialog>
  );
}
