import { useState } from 'react';
import type { Account } from '../merchants/types';
import { perform } from '../providers/acts';
import { ActButton } from '../ui/ActButton';
import { ActDialog } from '../ui/ActDialog';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import type { Given } from '../ui/given';
import { useDone } from '../ui/use-done';
import { useDraft } from '../ui/use-draft';
import { ExpiryInput, expiryBody } from './CredentialFields';

/** The button that notes when the upstream will end the newest credential. */
export function SetExpiry({ account }: { readonly account: Account }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActButton
        label="Set the expiry"
        obstacle={account.credentials.length === 0 ? 'There is no credential' : null}
        onClick={() => setOpen(true)}
      />
      {isOpen && <ExpiryDialog account={account} onClose={() => setOpen(false)} />}
    </>
  );
}

const dayOf = ({ expires_at: at }: Account): string => at?.slice(0, 10) ?? '';

function ExpiryDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const there = { expires: dayOf(account) };
  const { form, type } = useDraft(there);
  const done = useDone();
  const save = async (given: Given): Promise<void> => {
    // A day that nobody touched keeps its hour.
    const isSame = form.expires === there.expires && account.expires_at !== null;
    const body = isSame ? { expires_at: account.expires_at } : expiryBody(form.expires);
    await perform('PUT connector-accounts/{id}/expiry', given, { path: { id: account.id }, body });
    await done(form.expires === '' ? 'Nothing is announced any more.' : 'The expiry is noted.');
    onClose();
  };
  const client = account.client_id;
  return (
    <ActDialog
      title="Set the expiry"
      label="Save"
      explanation={[
        'It is about the newest credential. It ends nothing here: the upstream does that.',
        'Without a day nothing is announced.',
      ]}
      of={account}
      onDo={save}
      onClose={onClose}
    >
      <Facts
        facts={[['Client id there', client && <Copyable key="client" text={client} name="client id" isWhole />]]}
      />
      <ExpiryInput value={form.expires} onChange={(expires) => type({ expires })} autoFocus />
    </ActDialog>
  );
}
