import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { ACCESS_KEY_COLUMNS } from '../access-keys/columns';
import { IssueKey } from '../access-keys/IssueKey';
import { CHANNEL_COLUMNS } from '../channels/columns';
import { NewChannel } from '../channels/NewChannel';
import { ACCOUNT_COLUMNS } from '../connector-accounts/columns';
import { NewAccount } from '../connector-accounts/NewAccount';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { useMay } from '../session/me';
import { sessionsWith } from '../sessions/sessions-with';
import { ActDialog } from '../ui/ActDialog';
import { Copyable } from '../ui/Copyable';
import type { Given } from '../ui/given';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { RowsSection } from '../ui/RowsSection';
import { TextInput } from '../ui/TextInput';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import { Endpoints } from './Endpoints';
import { Health } from './Health';
import type { AccessKey, AccountLine, ChannelLine, Merchant } from './types';
import { useOfMerchant } from './use-of-merchant';
import { MERCHANT_STATES } from './words';

const BACK = { to: '/merchants', label: 'Merchants' };

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 16px',
  fontSize: 13,
  color: theme.tokens.soft,
}));

const Heading = styled('span')({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 10 });

/** A merchant: what it is called, and everything that it has. */
export function MerchantShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('merchants', id)} what="merchant" back={BACK}>
      {(merchant) => <Shown merchant={merchant} />}
    </Found>
  );
}

const without =
  (name: string) =>
  <Row extends { readonly name: string }>(columns: readonly Row[]): readonly Row[] =>
    columns.filter((column) => column.name !== name);
/** Whose it is stands above. */
const own = without('merchant');

type New = 'channel' | 'key' | 'account' | null;

function Shown({ merchant }: { readonly merchant: Merchant }) {
  const filter = { merchant_id: merchant.id };
  const [wanted, setWanted] = useState<New>(null);
  const channels = useOfMerchant<ChannelLine>('channels', filter);
  const keys = useOfMerchant<AccessKey>('access-keys', filter, useMay('access_keys.read'));
  const accounts = useOfMerchant<AccountLine>('connector-accounts', filter, useMay('connector_accounts.read'));
  const mayLook = useMay('overview.read');
  const mayWrite = useMay('merchants.write');
  const mayIssue = useMay('access_keys.write');
  const mayConnect = useMay('connector_accounts.write');
  const { tone, label } = MERCHANT_STATES[merchant.status];
  const close = (): void => setWanted(null);
  return (
    <Page
      title={merchant.name}
      heading={
        <Heading>
          {merchant.name} <Pill tone={tone}>{label}</Pill>
        </Heading>
      }
      back={BACK}
      actions={<Acts merchant={merchant} />}
    >
      <Line>
        <Copyable text={merchant.id} name="merchant id" />
        <span>
          since <Time at={merchant.created_at} as="full" />
        </span>
        <Link to={sessionsWith({ merchant_id: [merchant.id] })}>Its sessions</Link>
      </Line>
      {mayLook && <Health merchantId={merchant.id} />}
      <RowsSection
        title="Channels"
        {...channels}
        columns={own(CHANNEL_COLUMNS)}
        pathOf={(row) => `/channels/${row.id}`}
        nothing="None yet. Every session comes through a channel."
        actions={mayWrite && <Button onClick={() => setWanted('channel')}>New channel</Button>}
      />
      <RowsSection
        title="Access keys"
        {...keys}
        columns={own(ACCESS_KEY_COLUMNS)}
        pathOf={(row) => `/access-keys/${row.id}`}
        nothing="None yet. The merchant’s backend signs in with one."
        actions={mayIssue && <Button onClick={() => setWanted('key')}>Issue a key</Button>}
      />
      <RowsSection
        title="Connector accounts"
        {...accounts}
        columns={own(ACCOUNT_COLUMNS)}
        pathOf={(row) => `/connector-accounts/${row.id}`}
        nothing="None. They are needed where an upstream such as Checkout.com authenticates."
        actions={mayConnect && <Button onClick={() => setWanted('account')}>New account</Button>}
      />
      <Endpoints merchantId={merchant.id} />
      {wanted === 'channel' && <NewChannel merchantId={merchant.id} onClose={close} />}
      {wanted === 'key' && <IssueKey merchantId={merchant.id} channels={channels} onClose={close} />}
      {wanted === 'account' && <NewAccount merchantId={merchant.id} onClose={close} />}
    </Page>
  );
}

function Acts({ merchant }: { readonly merchant: Merchant }) {
  const [isOpen, setOpen] = useState(false);
  const done = useDone();
  const mayWrite = useMay('merchants.write');
  const maySuspend = useMay('merchants.suspend');
  const carryOut = async (name: 'suspend' | 'resume', given: Given, words: string): Promise<void> => {
    await perform(`POST merchants/{id}/${name}`, given, { path: { id: merchant.id } });
    await done(words);
  };
  return (
    <>
      {mayWrite && <Button onClick={() => setOpen(true)}>Rename</Button>}
      {maySuspend &&
        (merchant.status === 'active' ? (
          <ReasonedAct
            key="suspend"
            label="Suspend"
            explanation={[
              'Its access keys, tokens and public keys stop within five seconds.',
              'Sessions under way go on, and their callbacks are sent.',
              'You can resume it at any time.',
            ]}
            isFinal
            of={merchant}
            onDo={(given) => carryOut('suspend', given, 'The merchant is suspended.')}
          />
        ) : (
          <ReasonedAct
            key="resume"
            label="Resume"
            explanation={['Its keys work again within five seconds, as they did before.']}
            of={merchant}
            onDo={(given) => carryOut('resume', given, 'The merchant goes on.')}
          />
        ))}
      {isOpen && <Rename merchant={merchant} onClose={() => setOpen(false)} />}
    </>
  );
}

function Rename({ merchant, onClose }: { readonly merchant: Merchant; readonly onClose: () => void }) {
  const [name, setName] = useState(merchant.name);
  const done = useDone();
  const rename = async (given: Given): Promise<void> => {
    await perform('PATCH merchants/{id}', given, { path: { id: merchant.id }, body: { name: name.trim() } });
    await done('The merchant is renamed.');
    onClose();
  };
  return (
    <ActDialog title="Rename the merchant" label="Rename" of={merchant} onDo={rename} onClose={onClose}>
      <TextInput
        label="Name"
        names={['name']}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
    </ActDialog>
  );
}
