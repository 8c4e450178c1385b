import { money } from '../../format/money';
import { Copyable } from '../../ui/Copyable';
import { Facts, type Fact } from '../../ui/Facts';
import { IdLink } from '../../ui/IdLink';
import { Time } from '../../ui/Time';
import { Card } from '../Card';
import { issuerFacts } from '../Issuer';
import { MerchantLink } from '../../merchants/MerchantLink';
import type { SessionStory } from '../types';
import { CHANNEL_NAMES, FLOW_NAMES, wordFor } from '../words';
import { flat } from './differences';
import { isId } from './ids';

/** `transactionType` as people write it: `transaction type`. */
const spaced = (name: string): string =>
  name
    .replaceAll(/[._]/g, ' · ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

const named = (name: string): string => {
  const words = spaced(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What the merchant asked for, without the card and the cardholder. */
export function RequestFacts({ session }: { readonly session: SessionStory }) {
  const told: readonly Fact[] = [
    ['Merchant', <MerchantLink key="m" id={session.merchant_id} />],
    ['Processing channel', <IdLink key="c" id={session.channel_id} name="channel id" />],
    ['Environment', session.environment],
    ['Created', <Time key="t" at={session.created_at} as="full" />],
    ['Reference', session.reference && <Copyable key="r" text={session.reference} name="reference" isWords isWhole />],
    ['Amount', money({ amountMinor: session.amount, currency: session.currency })],
    ['Card', <Card key="k" session={session} />],
    ...issuerFacts(session),
    ['Flow', wordFor(FLOW_NAMES, session.flow)],
    ['Device channel', session.device_channel && wordFor(CHANNEL_NAMES, session.device_channel)],
    ['Callback address', session.callback_url],
  ];
  const asked = [...flat(session.request)].map(([name, value]): Fact => [
    named(name),
    isId(value) ? <Copyable key={name} text={value} name={spaced(name)} isWhole /> : value.replaceAll('_', ' '),
  ]);
  return (
    <div style={{ padding: 16 }}>
      <Facts facts={[...told, ...asked]} />
    </div>
  );
}
