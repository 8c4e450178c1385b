import { useState } from 'react';
import type { Column } from '../list/column';
import type { Account } from '../merchants/types';
import { perform } from '../providers/acts';
import { useMay } from '../session/me';
import { ActButton } from '../ui/ActButton';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { NONE } from '../ui/cells';
import { ReasonedAct } from '../ui/ReasonedAct';
import { RowsSection } from '../ui/RowsSection';
import { SecretDialog } from '../ui/SecretDialog';
import { TextInput } from '../ui/TextInput';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';

type KeyRow = Account['webhook_keys'][number] & { readonly id: string };

const COLUMNS: readonly Column<KeyRow>[] = [
  {
    name: 'since',
    label: 'Added',
    isUsual: true,
    card: 'lead',
    render: ({ created_at: at }) => <Time at={at} as="full" />,
  },
  {
    name: 'retires',
    label: 'Not accepted from',
    isUsual: true,
    card: 'labelled',
    render: ({ retires_at: at }) => (at === null ? NONE : <Time at={at} as="full" />),
  },
];

/** What the upstream signs its webhooks with, and where they go. */
export function WebhookKeys({ account }: { readonly account: Account }) {
  const mayWrite = useMay('connector_accounts.write');
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  const done = useDone();
  const path = { id: account.id };
  const valid = account.webhook_keys.filter(({ retires_at: at }) => at === null).length;
  const replace = async (given: Given): Promise<void> => {
    const told = await perform('POST connector-accounts/{id}/replace-webhook-address', given, { path });
    setAddress(told.webhook_address);
    await done('The address is replaced.');
  };
  return (
    <>
      <RowsSection
        title="Webhook keys"
        rows={account.webhook_keys.map((key) => ({ ...key, id: key.created_at }))}
        columns={COLUMNS}
        nothing="None: webhooks of the upstream are not believed, it is asked instead."
        actions={
          mayWrite && (
            <>
              <ActButton
                label="Add a key"
                obstacle={valid >= 2 ? 'Two are accepted already: retire the older one first' : null}
                onClick={() => setOpen(true)}
              />
              <ReasonedAct
                label="Retire the older key"
                explanation={['Webhooks signed with the older key are refused from now on.']}
                isFinal
                obstacle={valid < 2 ? 'There is no older one' : null}
                of={account}
                onDo={async (given) => {
                  await perform('POST connector-accounts/{id}/retire-webhook-key', given, { path });
                  await done('The older key has ended.');
                }}
              />
              <ReasonedAct
                label="Replace the address"
                explanation={[
                  'The address that webhooks go to ends within five seconds.',
                  'The new one is shown once: set it up at the upstream at once.',
                ]}
                isFinal
                of={account}
                onDo={replace}
              />
            </>
          )
        }
      />
      {isOpen && <NewKey account={account} onClose={() => setOpen(false)} />}
      {address !== null && (
        <SecretDialog
          title="Where the upstream’s webhooks go"
          told={{ 'Webhook address': address }}
          onClose={() => setAddress(null)}
        />
      )}
    </>
  );
}

function NewKey({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const [key, setKey] = useState('');
  const done = useDone();
  const add = async (given: Given): Promise<void> => {
    const body = { key: key.trim() };
    await perform('POST connector-accounts/{id}/webhook-keys', given, { path: { id: account.id }, body });
    await done('Webhooks signed with this key are accepted.');
    onClose();
  };
  return (
    <ActDialog
      title="Add a webhook key"
      label="Add"
      explanation={['It is accepted beside the present one, until you retire that.']}
      of={account}
      onDo={add}
      onClose={onClose}
    >
      <TextInput
        label="Key"
        names={['key', 'webhook_key']}
        type="password"
        value={key}
        onChange={setKey}
        isRequired
        hint="It is sealed as soon as it arrives. Nobody sees it again."
        attributes={{ minLength: 8, maxLength: 500, autoComplete: 'off' }}
      />
    </ActDialog>
  );
}
