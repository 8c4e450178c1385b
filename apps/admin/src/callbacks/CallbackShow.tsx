import { Link, useParams } from 'react-router-dom';
import { duration } from '../format/time';
import type { Column } from '../list/column';
import { useOne } from '../providers/use-one';
import { MerchantName } from '../sessions/MerchantName';
import { Raw } from '../sessions/show/Raw';
import { NONE } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { RowsSection } from '../ui/RowsSection';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { CALLBACK_STATES, outcomeOf, type CallbackMessage, type Delivery } from './types';

const BACK = { to: '/callbacks', label: 'Callbacks' };

/** One message to a merchant: what it says, and every try at it. */
export function CallbackShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne<CallbackMessage>('callbacks', id)} what="callback" back={BACK}>
      {(message) => <Shown message={message} />}
    </Found>
  );
}

type DeliveryRow = Delivery & { readonly id: string };

const COLUMNS: readonly Column<DeliveryRow>[] = [
  { name: 'try', label: 'Try', isUsual: true, card: 'lead', render: (row) => row.try },
  { name: 'at', label: 'When', isUsual: true, card: 'line', render: ({ at }) => <Time at={at} as="full" /> },
  {
    name: 'latency',
    label: 'Answered after',
    isUsual: true,
    card: 'line',
    render: ({ latency_ms: ms }) => duration(ms),
  },
  { name: 'outcome', label: 'Answer', isUsual: true, card: 'side', render: (row) => outcomeOf(row) || NONE },
];

function Shown({ message }: { readonly message: CallbackMessage }) {
  const { tone, label } = CALLBACK_STATES[message.state];
  return (
    <Page
      title="Callback"
      heading={
        <>
          Callback <Pill tone={tone}>{label}</Pill>
        </>
      }
      back={BACK}
    >
      <Section title="What is owed">
        <Facts
          facts={[
            ['Merchant', <MerchantName key="merchant" id={message.merchant_id} />],
            [
              'Session',
              <Link key="session" to={`/sessions/${message.session_id}`}>
                {message.session_id}
              </Link>,
            ],
            ['To', message.url],
            ['Kind', message.kind.replaceAll('_', ' ')],
            ['Owed since', <Time key="since" at={message.created_at} as="full" />],
            ['Delivered', message.delivered_at && <Time key="delivered" at={message.delivered_at} as="full" />],
            ['Next try', message.next_try_at && <Time key="next" at={message.next_try_at} as="relative" />],
            ['Message id', <Copyable key="id" text={message.id} name="message id" />],
          ]}
        />
      </Section>
      <RowsSection
        title="Tries"
        rows={message.deliveries.map((delivery) => ({ ...delivery, id: String(delivery.try) }))}
        columns={COLUMNS}
        nothing="It was not tried yet."
      />
      <Section title="What it says" isFlush>
        <Raw value={message.payload} />
      </Section>
    </Page>
  );
}
