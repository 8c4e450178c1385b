import Button from '@mui/material/Button';
import { useState, type FormEvent } from 'react';
import { useLogin } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { isRefusal } from '../providers/api-error';
import type { Credentials } from '../session/session';
import { Notice } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import { useAct } from '../ui/use-act';
import { CodeInput } from './CodeInput';
import { Frame } from './Frame';
import { proofProblem } from './words';

type Step = 'password' | 'totp' | 'recovery';

const TITLES: Readonly<Record<Step, string>> = {
  password: 'Sign in',
  totp: 'One more step',
  recovery: 'Use a recovery code',
};

/** Password, then the second factor where there is one. */
export function SignIn() {
  const login = useLogin();
  const [search] = useSearchParams();
  const [step, setStep] = useState<Step>('password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { run, isBusy, error } = useAct(async () => {
    const factor = { password: {}, totp: { totp: code }, recovery: { recovery_code: code.trim() } }[step];
    try {
      await login({ email: email.trim(), password, ...factor } satisfies Credentials);
    } catch (failure) {
      if (!isRefusal(failure, 'second_factor_required')) {
        setCode('');
        throw failure;
      }
      setStep('totp');
    }
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  const choose = (next: Step): void => {
    setCode('');
    setStep(next);
  };
  const problem = proofProblem(error);
  return (
    <Frame title={TITLES[step]}>
      {search.get('ended') === 'idle' && step === 'password' && problem === null && (
        <Notice kind="info">You were signed out because nothing happened for half an hour.</Notice>
      )}
      <form onSubmit={submit}>
        {step === 'password' && (
          <>
            <TextInput
              label="E-mail address"
              type="email"
              value={email}
              onChange={setEmail}
              autoFocus
              isRequired
              attributes={{ autoComplete: 'username', maxLength: 254 }}
            />
            <TextInput
              label="Password"
              type="password"
              value={password}
              onChange={setPassword}
              isRequired
              attributes={{ autoComplete: 'current-password', maxLength: 200 }}
            />
          </>
        )}
        {step === 'totp' && <CodeInput value={code} onChange={setCode} />}
        {step === 'recovery' && (
          <TextInput
            label="Recovery code"
            value={code}
            onChange={setCode}
            autoFocus
            isRequired
            hint="Each of your ten codes works once."
            attributes={{ autoComplete: 'off', maxLength: 40, spellCheck: false }}
          />
        )}
        {problem !== null && <Notice kind="bad">{problem}</Notice>}
        <Button type="submit" variant="contained" color="primary" disabled={isBusy} fullWidth>
          {step === 'password' ? 'Sign in' : 'Continue'}
        </Button>
      </form>
      {step === 'totp' && <Button onClick={() => choose('recovery')}>I do not have my app with me</Button>}
      {step !== 'password' && (
        <Button variant="text" onClick={() => choose('password')}>
          Back
        </Button>
      )}
    </Frame>
  );
}
