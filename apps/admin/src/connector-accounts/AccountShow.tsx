import { useParams } from 'react-router-dom';
import type { Column } from '../list/column';
import type { Account } from '../merchants/types';
import { ACCOUNT_STATES } from '../merchants/words';
import { useOne } from '../providers/use-one';
import { useMay } from '../session/me';
import { MerchantLink } from '../merchants/MerchantLink';
import { CONNECTOR_NAMES, wordFor } from '../sessions/words';
import { NONE } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { RowsSection } from '../ui/RowsSection';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { useNow } from '../ui/now';
import { AccountActs } from './AccountActs';
import { Expiry } from './Expiry';
import { SetExpiry } from './SetExpiry';
import { WebhookKeys } from './WebhookKeys';

const BACK = { to: '/connector-accounts', label: 'Connector accounts' };

/** A connector account: where it leads, its credentials, and how they are replaced. */
export function AccountShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('connector-accounts', id)} what="connector account" back={BACK}>
      {(account) => <Shown account={account} />}
    </Found>
  );
}

type CredentialRow = Account['credentials'][number] & { readonly id: string };

const COLUMNS: readonly Column<CredentialRow>[] = [
  {
    name: 'client',
    label: 'Client id there',
    isUsual: true,
    maxWidth: 260,
    card: 'lead',
    render: ({ client_id: id }) => <Copyable text={id} name="client id" />,
  },
  { name: 'state', label: 'State', isUsual: true, card: 'side', render: (row) => <State credential={row} /> },
  {
    name: 'since',
    label: 'Since',
    isUsual: true,
    card: 'labelled',
    render: ({ valid_from: at }) => <Time at={at} />,
  },
  {
    name: 'used',
    label: 'Last used',
    isUsual: true,
    card: 'labelled',
    render: ({ last_used_at: at }) => (at === null ? 'never' : <Time at={at} as="relative" />),
  },
  {
    name: 'expires',
    label: 'Expires there',
    isUsual: true,
    card: 'labelled',
    render: ({ expires_at: at }) => <Expiry at={at} />,
  },
  {
    name: 'retires',
    label: 'Not used from',
    isUsual: true,
    render: ({ retires_at: at }) => (at === null ? NONE : <Time at={at} />),
  },
];

function State({ credential: { retires_at: at } }: { readonly credential: CredentialRow }) {
  const now = useNow();
  if (at === null) return <Pill tone="good">In use</Pill>;
  return new Date(at) > now ? <Pill tone="warn">Overlapping</Pill> : <Pill tone="neutral">Ended</Pill>;
}

function Shown({ account }: { readonly account: Account }) {
  const mayWrite = useMay('connector_accounts.write');
  const { tone, label } = ACCOUNT_STATES[account.status];
  return (
    <Page
      title={account.name}
      heading={
        <>
          {account.name} <Pill tone={tone}>{label}</Pill>
        </>
      }
      back={BACK}
      actions={mayWrite && <AccountActs account={account} />}
    >
      <Section title="Where it leads">
        <Facts
          facts={[
            ['Merchant', <MerchantLink key="merchant" id={account.merchant_id} />],
            ['Upstream', wordFor(CONNECTOR_NAMES, account.connector)],
            ['Environment', account.environment],
            ['API address', account.api_url],
            ['Token address', account.token_url],
            ['Scopes', account.scopes.join(', ')],
            [
              'Processing channel there',
              account.upstream_channel_id && (
                <Copyable key="there" text={account.upstream_channel_id} name="processing channel there" />
              ),
            ],
            ['Made', <Time key="made" at={account.created_at} as="full" />],
            ['Account id', <Copyable key="id" text={account.id} name="account id" />],
          ]}
        />
      </Section>
      <RowsSection
        title="Credentials"
        rows={account.credentials.map((one) => ({ ...one, id: String(one.version) }))}
        columns={COLUMNS}
        actions={mayWrite && <SetExpiry account={account} />}
        nothing="None is left: nothing can be authenticated through this account."
      />
      <WebhookKeys account={account} />
    </Page>
  );
}
