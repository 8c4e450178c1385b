import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Column } from '../list/column';
import type { PublicKey } from '../merchants/types';
import { useOfMerchant } from '../merchants/use-of-merchant';
import { KEY_STATES } from '../merchants/words';
import { perform } from '../providers/acts';
import { useMay } from '../session/me';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { NONE } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { RowsSection } from '../ui/RowsSection';
import { TextInput } from '../ui/TextInput';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';

const COLUMNS: readonly Column<PublicKey>[] = [
  {
    name: 'id',
    label: 'Key',
    isUsual: true,
    card: 'lead',
    render: ({ id }) => <Copyable text={id} name="public key" />,
  },
  {
    name: 'status',
    label: 'Status',
    isUsual: true,
    card: 'side',
    render: ({ status }) => <Pill tone={KEY_STATES[status].tone}>{KEY_STATES[status].label}</Pill>,
  },
  {
    name: 'origins',
    label: 'For pages of',
    isUsual: true,
    maxWidth: 260,
    card: 'line',
    render: ({ allowed_origins: origins }) => (origins.length === 0 ? 'any origin' : origins.join(', ')),
  },
  {
    name: 'used',
    label: 'Last used',
    isUsual: true,
    card: 'labelled',
    render: ({ last_used_at: at }) => (at === null ? NONE : <Time at={at} as="relative" />),
  },
];

const END: Column<PublicKey> = {
  name: 'end',
  label: '',
  isUsual: true,
  isRight: true,
  card: 'act',
  render: (key) => (key.status === 'ended' ? null : <Revoke publicKey={key} />),
};

/** What merchants’ pages name a channel by. */
export function PublicKeys({ channelId }: { readonly channelId: string }) {
  const mayWrite = useMay('access_keys.write');
  const [isOpen, setOpen] = useState(false);
  const keys = useOfMerchant<PublicKey>('public-keys', { channel_id: channelId }, useMay('access_keys.read'));
  return (
    <>
      <RowsSection
        title="Public keys"
        {...keys}
        columns={mayWrite ? [...COLUMNS, END] : COLUMNS}
        nothing="None. A page needs one to hand a card over to us instead of to the merchant’s server."
        actions={mayWrite && <Button onClick={() => setOpen(true)}>New public key</Button>}
      />
      {isOpen && <NewKey channelId={channelId} onClose={() => setOpen(false)} />}
    </>
  );
}

function Revoke({ publicKey }: { readonly publicKey: PublicKey }) {
  const done = useDone();
  return (
    <ReasonedAct
      label="Revoke"
      explanation={['Pages that use this key can hand over no more cards, within five seconds.', 'This is for good.']}
      isFinal
      onDo={async (given) => {
        await perform('POST public-keys/{id}/revoke', given, { path: { id: publicKey.id } });
        await done('The public key has ended.');
      }}
    />
  );
}

function NewKey({ channelId, onClose }: { readonly channelId: string; readonly onClose: () => void }) {
  const [origins, setOrigins] = useState('');
  const done = useDone();
  const make = async (given: Given): Promise<void> => {
    const data = { channel_id: channelId, allowed_origins: origins.split(/[\s,]+/).filter((one) => one !== '') };
    await perform('POST public-keys', given, { body: data });
    await done('The public key is there.');
    onClose();
  };
  return (
    <ActDialog
      title="New public key"
      label="Create"
      explanation={['It is no secret: whoever sees the page knows it. It is good for handing over cards and no more.']}
      onDo={make}
      onClose={onClose}
    >
      <TextInput
        label="Pages that may use it"
        names={['allowed_origins']}
        value={origins}
        onChange={setOrigins}
        lines={2}
        hint="Origins such as https://shop.example, one a line. None: any page."
        attributes={{ spellCheck: false }}
      />
    </ActDialog>
  );
}
