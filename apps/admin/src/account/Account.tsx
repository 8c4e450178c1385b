import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState, type FormEvent } from 'react';
import { useNotify, usePermissions } from 'react-admin';
import { changePassword } from '../session/account';
import { MerchantLink } from '../merchants/MerchantLink';
import { ROLES, useMe, type Me } from '../session/me';
import { forget } from '../session/session';
import { NewPassword } from '../signin/NewPassword';
import { SecondFactorSetup } from '../signin/SecondFactorSetup';
import { newPasswordProblem, passwordProblem, proofProblem } from '../signin/words';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { TextInput } from '../ui/TextInput';
import { Time } from '../ui/Time';
import { useAct } from '../ui/use-act';
import { Identity } from './Identity';

const Narrow = styled('div')({ display: 'grid', gap: 14, maxWidth: 392 });

/** One's own affairs: who one is here, the password, the second factor. */
export function Account() {
  const me = useMe();
  if (!me) return null;
  const { name, email, id, role, all_merchants: hasAll, merchant_ids: merchants } = me;
  return (
    <Page title="Your account">
      <Section title="Who you are">
        <Facts
          facts={[
            ['Name', name],
            ['E-mail address', email],
            ['Role', `${ROLES[role].name}: ${ROLES[role].may.toLowerCase()}`],
            ['Merchants', hasAll ? 'All' : <Merchants key="merchants" ids={merchants} />],
            ['Id', <Copyable key="id" text={id} name="id" />],
          ]}
        />
      </Section>
      {me.identity && (
        <Section title="Identity provider">
          <Facts
            facts={[
              ['Linked to', <Identity key="identity" identity={me.identity} />],
              ['Since', <Time key="since" at={me.identity.linked_at} as="full" />],
            ]}
          />
        </Section>
      )}
      {me.has_password && <PasswordSection />}
      <SecondFactorSection me={me} />
    </Page>
  );
}

const Several = styled('span')({ display: 'flex', flexWrap: 'wrap', gap: '4px 12px' });

const Merchants = ({ ids }: { readonly ids: readonly string[] }) => (
  <Several>
    {ids.map((id) => (
      <MerchantLink key={id} id={id} />
    ))}
  </Several>
);

function PasswordSection() {
  const notify = useNotify();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { run, isBusy, error } = useAct(async () => {
    await changePassword(current, next);
    setCurrent('');
    setNext('');
    notify('Your password is changed. Your other sessions have ended.', { type: 'success' });
  });
  const [ofCurrent, ofNext] = [passwordProblem(error), newPasswordProblem(error)];
  const problem = (ofCurrent ?? ofNext) === null ? proofProblem(error) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return (
    <Section title="Password">
      <form onSubmit={submit}>
        <Narrow>
          <TextInput
            label="Present password"
            type="password"
            value={current}
            onChange={setCurrent}
            problem={ofCurrent}
            isRequired
            attributes={{ autoComplete: 'current-password', maxLength: 200 }}
          />
          <NewPassword value={next} onChange={setNext} problem={ofNext} />
          {problem !== null && <Notice kind="bad">{problem}</Notice>}
          <Button type="submit" disabled={isBusy} sx={{ justifySelf: 'start' }}>
            Change the password
          </Button>
        </Narrow>
      </form>
    </Section>
  );
}

/** Fewer are soon none. */
const FEW_CODES = 3;

function SecondFactorSection({ me }: { readonly me: Me }) {
  const { enrolled: isEnrolled, recovery_codes_left: codesLeft } = me.second_factor;
  const notify = useNotify();
  const { refetch: askWhoIAm } = usePermissions();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="Second factor">
      <Narrow>
        {isOpen ? null : isEnrolled ? (
          <Notice kind={codesLeft < FEW_CODES ? 'warn' : 'good'}>
            Your authenticator app is asked at every sign-in
            {me.identity !== null && ', unless your identity provider has asked for a second factor'}. You have{' '}
            {codesLeft} recovery {codesLeft === 1 ? 'code' : 'codes'} left.
          </Notice>
        ) : (
          <Notice kind="warn">
            {me.has_password
              ? 'Your password alone lets you in. A second factor keeps others out who have learnt it.'
              : 'Nothing beside your identity provider is asked. A second factor keeps others out who got through there.'}
          </Notice>
        )}
        {isOpen ? (
          <SecondFactorSetup
            onDone={() => {
              setOpen(false);
              forget();
              void askWhoIAm();
              notify('Your second factor is set up.', { type: 'success' });
            }}
          />
        ) : (
          <Button onClick={() => setOpen(true)} sx={{ justifySelf: 'start' }}>
            {isEnrolled ? 'Set up another app or new codes' : 'Set up a second factor'}
          </Button>
        )}
      </Narrow>
    </Section>
  );
}
