import Button from '@mui/material/Button';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import type { Column } from '../list/column';
import type { AcquirerRecord, Channel } from '../merchants/types';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { PublicKeys } from '../public-keys/PublicKeys';
import { useMay } from '../session/me';
import { MerchantLink } from '../merchants/MerchantLink';
import { CONNECTOR_NAMES, SCHEME_NAMES, wordFor } from '../sessions/words';
import { NONE, textCell } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import type { Given } from '../ui/given';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { ReasonedAct } from '../ui/ReasonedAct';
import { RowsSection } from '../ui/RowsSection';
import { SecretDialog } from '../ui/SecretDialog';
import { Section } from '../ui/Section';
import { useDone } from '../ui/use-done';
import { Branding } from './Branding';
import { EditAcquirer } from './EditAcquirer';
import { EditChannel } from './EditChannel';

const BACK = { to: '/channels', label: 'Channels' };

/** A channel: how its sessions are authenticated, and who the merchant is to the schemes. */
export function ChannelShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('channels', id)} what="channel" back={BACK}>
      {(channel) => <Shown channel={channel} />}
    </Found>
  );
}

type AcquirerRow = AcquirerRecord & { readonly id: string };

const ACQUIRER_COLUMNS: readonly Column<AcquirerRow>[] = [
  { name: 'scheme', label: 'Scheme', isUsual: true, card: 'lead', render: (row) => wordFor(SCHEME_NAMES, row.scheme) },
  {
    name: 'bin',
    label: 'Acquirer BIN',
    isUsual: true,
    card: 'labelled',
    render: (row) => textCell(row.acquirer_bin, 'acquirer BIN'),
  },
  {
    name: 'merchant',
    label: 'Acquirer merchant id',
    isUsual: true,
    card: 'labelled',
    render: (row) => textCell(row.acquirer_merchant_id, 'acquirer merchant id'),
  },
  { name: 'mcc', label: 'MCC', isUsual: true, card: 'labelled', render: ({ mcc }) => mcc },
  { name: 'country', label: 'Country', isUsual: true, card: 'labelled', render: (row) => row.country_code },
  {
    name: 'name',
    label: 'Merchant name',
    isUsual: true,
    maxWidth: 200,
    card: 'labelled',
    render: (row) => row.merchant_name,
  },
  {
    name: 'requestor',
    label: 'Requestor id',
    isUsual: true,
    maxWidth: 200,
    card: 'labelled',
    render: (row) => (row.requestor_id === null ? NONE : textCell(row.requestor_id, 'requestor id')),
  },
];

function Shown({ channel }: { readonly channel: Channel }) {
  const mayWrite = useMay('merchants.write');
  const [isOpen, setOpen] = useState(false);
  return (
    <Page title={channel.name} back={BACK} actions={mayWrite && <Acts channel={channel} />}>
      <Section title="Settings">
        <Facts
          facts={[
            ['Merchant', <MerchantLink key="merchant" id={channel.merchant_id} />],
            ['Environment', channel.environment],
            ['Connectors, in order', channel.connectors.map((one) => wordFor(CONNECTOR_NAMES, one)).join(' → ')],
            ['Route', channel.route.some((entry) => 'when' in entry) ? 'With conditions' : 'Always'],
            [
              'For co-badged cards',
              channel.preferred_schemes.map((scheme) => wordFor(SCHEME_NAMES, scheme)).join(', ') || 'No preference',
            ],
            ['Life of an open session', `${channel.session_minutes} min`],
            ['Card number kept after the end', `${channel.card_retention_minutes} min`],
            ['Completes by itself', channel.auto_complete ? 'Yes, after 5 min' : 'No'],
            ['Channel id', <Copyable key="id" text={channel.id} name="channel id" />],
          ]}
        />
      </Section>
      <RowsSection
        title="Acquirer records"
        rows={channel.acquirers.map((record) => ({ ...record, id: record.scheme }))}
        columns={ACQUIRER_COLUMNS}
        nothing="None: no scheme knows this merchant yet, and its cards are refused by the 3DS Server."
        actions={mayWrite && <Button onClick={() => setOpen(true)}>Set a record</Button>}
      />
      <Branding channel={channel} />
      <PublicKeys channelId={channel.id} />
      {isOpen && <EditAcquirer channel={channel} onClose={() => setOpen(false)} />}
    </Page>
  );
}

function Acts({ channel }: { readonly channel: Channel }) {
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const done = useDone();
  const replace = async (given: Given): Promise<void> => {
    const told = await perform('POST channels/{id}/replace-webhook-secret', given, { path: { id: channel.id } });
    setSecret(told.webhook_secret);
    await done('The webhook secret is replaced.');
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      <ReasonedAct
        label="Replace the webhook secret"
        explanation={[
          'Callbacks are signed with a new secret from now on.',
          'The merchant’s server refuses them until it knows the new one.',
        ]}
        isFinal
        of={channel}
        onDo={replace}
      />
      {isOpen && <EditChannel channel={channel} onClose={() => setOpen(false)} />}
      {secret !== null && (
        <SecretDialog
          title="The new webhook secret"
          told={{ 'Webhook secret': secret }}
          onClose={() => setSecret(null)}
        />
      )}
    </>
  );
}
