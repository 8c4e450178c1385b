import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Account, Trial } from '../merchants/types';
import { OVERLAPS } from '../merchants/words';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import { Copyable } from '../ui/Copyable';
import type { Given } from '../ui/given';
import { Notice } from '../ui/Notice';
import { ReasonedAct } from '../ui/ReasonedAct';
import { SelectInput } from '../ui/SelectInput';
import { useDone } from '../ui/use-done';
import { CredentialFields, credentialBody, NO_CREDENTIAL } from './CredentialFields';
import { EditAccount } from './EditAccount';

/** What can be done to a connector account. */
export function AccountActs({ account }: { readonly account: Account }) {
  const [isEditing, setEditing] = useState(false);
  const [isTesting, setTesting] = useState(false);
  const [isRotating, setRotating] = useState(false);
  const done = useDone();
  const set = async (name: 'enable' | 'disable', given: Given, words: string): Promise<void> => {
    await perform(`POST connector-accounts/{id}/${name}`, given, { path: { id: account.id } });
    await done(words);
  };
  return (
    <>
      <Button onClick={() => setEditing(true)}>Edit</Button>
      <Button onClick={() => setTesting(true)}>Test now</Button>
      <Button onClick={() => setRotating(true)}>Rotate</Button>
      {account.status === 'active' ? (
        <ReasonedAct
          key="disable"
          label="Disable"
          explanation={[
            'No new session goes through this account, within five seconds; the next connector of the route takes them.',
            'Sessions under way go on.',
          ]}
          isFinal
          of={account}
          onDo={(given) => set('disable', given, 'The account is disabled.')}
        />
      ) : (
        <ReasonedAct
          key="enable"
          label="Enable"
          explanation={['New sessions go through this account again.']}
          of={account}
          onDo={(given) => set('enable', given, 'The account is in use.')}
        />
      )}
      {isEditing && <EditAccount account={account} onClose={() => setEditing(false)} />}
      {isTesting && <Test account={account} onClose={() => setTesting(false)} />}
      {isRotating && <Rotate account={account} onClose={() => setRotating(false)} />}
    </>
  );
}

interface DialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

function Test({ account, onClose }: DialogProps) {
  const [trials, setTrials] = useState<readonly Trial[] | null>(null);
  const test = async (given: Given): Promise<void> => {
    setTrials(null);
    const answer = await perform('POST connector-accounts/{id}/test', given, { path: { id: account.id } });
    setTrials(answer.trials);
  };
  return (
    <ActDialog
      title="Test the credentials"
      label={trials ? 'Test again' : 'Test'}
      explanation={[
        'The upstream is asked for a token with each credential that is valid now. The token is thrown away.',
      ]}
      asksWhy={false}
      onDo={test}
      onClose={onClose}
    >
      {trials?.length === 0 && <Notice kind="warn">No credential is valid now.</Notice>}
      {trials?.map(({ client_id: client, works, says }) => (
        <Notice key={client} kind={works ? 'good' : 'bad'}>
          <Copyable text={client} name="client id" isWhole />
          <br />
          {says.charAt(0).toUpperCase() + says.slice(1)}.
        </Notice>
      ))}
    </ActDialog>
  );
}

function Rotate({ account, onClose }: DialogProps) {
  const [credential, setCredential] = useState(NO_CREDENTIAL);
  const [overlap, setOverlap] = useState('24');
  const done = useDone();
  const rotate = async (given: Given): Promise<void> => {
    const body = { ...credentialBody(credential), overlap_hours: Number(overlap) };
    await perform('POST connector-accounts/{id}/rotate', given, { path: { id: account.id }, body });
    await done('The new credential is in use.');
    onClose();
  };
  return (
    <ActDialog
      title="Rotate the credential?"
      label="Rotate"
      explanation={[
        'What you type is used from now on; tokens that were got before are dropped within five seconds.',
        'The present one stays valid for the overlap, and any older one ends now.',
      ]}
      of={account}
      onDo={rotate}
      onClose={onClose}
    >
      <CredentialFields credential={credential} onChange={setCredential} />
      <SelectInput label="Overlap" value={overlap} choices={OVERLAPS} onChange={setOverlap} />
    </ActDialog>
  );
}
