import Button from '@mui/material/Button';
import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { acceptInvitation } from '../session/account';
import { Notice } from '../ui/Notice';
import { useAct } from '../ui/use-act';
import { Frame } from './Frame';
import { NewPassword } from './NewPassword';
import { newPasswordProblem, proofProblem } from './words';

/** Where an invitation leads. Its token stands behind the `#`, which no browser sends to any server. */
export function Invitation() {
  const { hash } = useLocation();
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const { run, isBusy, error } = useAct(async () => {
    await acceptInvitation(hash.slice(1), password);
    setDone(true);
  });
  const ofPassword = newPasswordProblem(error);
  const problem = ofPassword === null ? proofProblem(error) : null;
  if (isDone) {
    return (
      <Frame title="You are in">
        <Notice kind="good">Your password is set. From now on you sign in with your e-mail address and it.</Notice>
        <Button component={Link} to="/login" variant="contained" color="primary">
          Sign in
        </Button>
      </Frame>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Frame title="Welcome to Countersign">
      {hash.length < 2 && (
        <Notice kind="warn">This address is not complete. Open the link of your invitation again.</Notice>
      )}
      <form onSubmit={submit}>
        <NewPassword value={password} onChange={setPassword} problem={ofPassword} autoFocus />
        {problem !== null && <Notice kind="bad">{problem}</Notice>}
        <Button type="submit" variant="contained" color="primary" disabled={isBusy || hash.length < 2}>
          Set the password
        </Button>
      </form>
    </Frame>
  );
}
