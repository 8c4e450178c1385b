import { useParams } from 'react-router-dom';
import { Merchants } from '../operators/words';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { ROLES, useMay } from '../session/me';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import type { ServiceAccount } from './types';

const BACK = { to: '/service-accounts', label: 'Service accounts' };

/** A program that uses the admin API, and its end. */
export function ServiceAccountShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('service-accounts', id)} what="service account" back={BACK}>
      {(account) => (
        <Page
          title={account.name}
          heading={
            <>
              {account.name}{' '}
              {account.revoked_at === null ? <Pill tone="good">In use</Pill> : <Pill tone="neutral">Revoked</Pill>}
            </>
          }
          back={BACK}
          actions={<Revoke account={account} />}
        >
          <Section title="What it is">
            <Facts
              facts={[
                ['Client id', <Copyable key="id" text={account.id} name="client id" />],
                ['Role', `${ROLES[account.role].name}: ${ROLES[account.role].may.toLowerCase()}`],
                ['Merchants', <Merchants key="merchants" grant={account} />],
                ['Since', <Time key="since" at={account.created_at} as="full" />],
                [
                  'Last used',
                  account.last_used_at === null ? 'Never' : <Time key="used" at={account.last_used_at} as="relative" />,
                ],
                ['Revoked', account.revoked_at && <Time key="revoked" at={account.revoked_at} as="full" />],
              ]}
            />
          </Section>
        </Page>
      )}
    </Found>
  );
}

function Revoke({ account }: { readonly account: ServiceAccount }) {
  const mayWrite = useMay('service_accounts.write');
  const done = useDone();
  if (!mayWrite) return null;
  return (
    <ReasonedAct
      label="Revoke"
      explanation={['Its secret and its tokens are good for nothing from now on.', 'This is for good.']}
      isFinal
      obstacle={account.revoked_at === null ? null : 'It is revoked already'}
      onDo={async (given) => {
        await perform('POST service-accounts/{id}/revoke', given, { path: { id: account.id } });
        await done('The service account is revoked.');
      }}
    />
  );
}
