import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useState, type FormEvent } from 'react';
import { isRefusal } from '../providers/api-error';
import { beginSecondFactor, confirmSecondFactor, type NewFactor, type Proof } from '../session/account';
import { useMe } from '../session/me';
import { QrPicture } from '../qr/QrPicture';
import { Copyable } from '../ui/Copyable';
import { Notice } from '../ui/Notice';
import { TextInput } from '../ui/TextInput';
import { useAct } from '../ui/use-act';
import { CodeInput } from './CodeInput';
import { RecoveryCodes } from './RecoveryCodes';
import { passwordProblem, proofProblem } from './words';

const Form = styled('form')({ display: 'grid', gap: 14 });
const Picture = styled('div')({ display: 'grid', justifyItems: 'center', gap: 8 });
const Soft = styled('p')(({ theme }) => ({ margin: 0, fontSize: 13, color: theme.tokens.soft }));

interface SecondFactorSetupProps {
  readonly onDone: () => void;
}

/** Sets up an authenticator app: the password again, the app, a code of it, and codes for when the app is lost. */
export function SecondFactorSetup({ onDone }: SecondFactorSetupProps) {
  const [factor, setFactor] = useState<NewFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (factor) return <ScanStep factor={factor} onCodes={setCodes} />;
  return <ProofStep onFactor={setFactor} />;
}

/** A session alone is not enough to change how its owner signs in. */
function ProofStep({ onFactor }: { readonly onFactor: (factor: NewFactor) => void }) {
  const hasPassword = useMe()?.has_password ?? true;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isCodeAsked, setCodeAsked] = useState(false);
  const { run, isBusy, error } = useAct(async () => {
    const proof: Proof = { ...(hasPassword && { password }), ...(isCodeAsked && { totp: code }) };
    try {
      onFactor(await beginSecondFactor(proof));
    } catch (failure) {
      if (!isRefusal(failure, 'second_factor_required')) throw failure;
      setCodeAsked(true);
    }
  });
  const ofPassword = passwordProblem(error);
  const problem = ofPassword === null ? proofProblem(error) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Form onSubmit={submit}>
      <Soft>
        An authenticator app on your telephone makes sure that it is you.
        {hasPassword && ' First, your password again.'}
      </Soft>
      {hasPassword && (
        <TextInput
          label="Password"
          type="password"
          value={password}
          onChange={setPassword}
          problem={ofPassword}
          isRequired
          autoFocus
          attributes={{ autoComplete: 'current-password', maxLength: 200 }}
        />
      )}
      {isCodeAsked && <CodeInput value={code} onChange={setCode} />}
      {problem !== null && <Notice kind="bad">{problem}</Notice>}
      <Button type="submit" variant="contained" color="primary" disabled={isBusy}>
        Continue
      </Button>
    </Form>
  );
}

interface ScanStepProps {
  readonly factor: NewFactor;
  readonly onCodes: (codes: readonly string[]) => void;
}

function ScanStep({ factor, onCodes }: ScanStepProps) {
  const [code, setCode] = useState('');
  const { run, isBusy, error } = useAct(async () => {
    setCode('');
    onCodes(await confirmSecondFactor(code));
  });
  const problem = proofProblem(error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Form onSubmit={submit}>
      <Soft>Scan this with an authenticator app, then type the code that it shows.</Soft>
      <Picture>
        <QrPicture text={factor.totp_uri} name="QR code for your authenticator app" />
        <Typography variant="caption">No camera? Type this key into the app:</Typography>
        <Copyable text={factor.totp_secret} name="key" />
        <a href={factor.totp_uri}>Open an app on this device</a>
      </Picture>
      <CodeInput value={code} onChange={setCode} />
      {problem !== null && <Notice kind="bad">{problem}</Notice>}
      <Button type="submit" variant="contained" color="primary" disabled={isBusy || code.length < 6}>
        Continue
      </Button>
    </Form>
  );
}
