import Button from '@mui/material/Button';
import { useState, type FormEvent } from 'react';
import { useLogin } from 'react-admin';
import { useLocation, useSearchParams } from 'react-router-dom';
import { isRefusal } from '../providers/api-error';
import { useWays, type Ways } from '../session/provider';
import type { Shown } from '../session/session';
import { Notice } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import { useAct } from '../ui/use-act';
import { Loading } from '../ui/states';
import { CodeInput } from './CodeInput';
import { Frame } from './Frame';
import { ProviderButton } from './ProviderButton';
import { usePassing } from './use-passing';
import { proofProblem, providerProblem } from './words';

type Step = 'ways' | 'totp' | 'recovery';

const TITLES: Readonly<Record<Step, string>> = {
  ways: 'Sign in',
  totp: 'One more step',
  recovery: 'Use a recovery code',
};

/** The way in for whoever is not signed in. */
export function SignIn() {
  return usePassing() ? <Loading /> : <Form />;
}

/** Identity provider or password, then the second factor where there is one to show here. */
function Form() {
  const login = useLogin();
  const ways = useWays();
  const [search, setSearch] = useSearchParams();
  // Where one wanted to go.
  const { state } = useLocation() as { readonly state: unknown };
  // The way back from the provider ends here when our own second factor is to be shown.
  const isFromProvider = search.get('step') === 'second-factor';
  const [step, setStep] = useState<Step>(isFromProvider ? 'totp' : 'ways');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { run, isBusy, error } = useAct(async () => {
    const factor = { ways: {}, totp: { totp: code }, recovery: { recovery_code: code.trim() } }[step];
    const shown: Shown = isFromProvider ? { factor } : { email: email.trim(), password, ...factor };
    try {
      await login(shown, isFromProvider ? '/signed-in' : undefined);
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
    if (next === 'ways') setSearch({}, { state });
    setStep(next);
  };
  const problem = proofProblem(error);
  const isPasswordAsked = step === 'ways' && offersPassword(ways, search);
  const hasForm = isPasswordAsked || step !== 'ways';
  return (
    <Frame title={TITLES[step]}>
      {step === 'ways' && problem === null && <Before search={search} />}
      {step === 'ways' && ways?.identity_provider && (
        <ProviderButton name={ways.identity_provider.name} isOneOfTwo={isPasswordAsked} />
      )}
      {hasForm && (
        <form onSubmit={submit}>
          {isPasswordAsked && (
            <>
              <TextInput
                label="E-mail address"
                type="email"
                value={email}
                onChange={setEmail}
                autoFocus={!ways?.identity_provider}
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
          <Button
            type="submit"
            variant={isPasswordAsked && ways?.identity_provider ? 'outlined' : 'contained'}
            color="primary"
            disabled={isBusy}
            fullWidth
          >
            {step === 'ways' ? 'Sign in' : 'Continue'}
          </Button>
        </form>
      )}
      {step === 'totp' && <Button onClick={() => choose('recovery')}>I do not have my app with me</Button>}
      {step !== 'ways' && (
        <Button variant="text" onClick={() => choose('ways')}>
          Back
        </Button>
      )}
    </Frame>
  );
}

/** Where passwords are for emergencies, whoever has one knows the address (docs/operations.md). */
function offersPassword(ways: Ways | undefined, search: URLSearchParams): boolean {
  return ways !== undefined && (ways.password || search.has('emergency'));
}

/** How the last session ended. */
const ENDED: Readonly<Record<string, string>> = {
  idle: 'You were signed out because nothing happened for half an hour.',
  session: 'Your session has ended. Sign in to go on.',
};

/** What happened before somebody came to this screen, if anything. */
function Before({ search }: { readonly search: URLSearchParams }) {
  const refused = providerProblem(search.get('problem'));
  if (refused !== null) return <Notice kind="bad">{refused}</Notice>;
  const ended = ENDED[search.get('ended') ?? ''];
  return ended === undefined ? null : <Notice kind="info">{ended}</Notice>;
}
