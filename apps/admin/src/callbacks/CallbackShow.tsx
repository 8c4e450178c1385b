import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { duration } from '../format/time';
import type { Column } from '../list/column';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { useMay } from '../session/me';
import { MerchantLink } from '../merchants/MerchantLink';
import { Raw } from '../sessions/show/Raw';
import { NONE } from '../ui/cells';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Found } from '../ui/Found';
import { IdLink } from '../ui/IdLink';
import { Page } from '../ui/Page';
import { ReasonedAct } from '../ui/ReasonedAct';
import { RowsSection } from '../ui/RowsSection';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import { Request } from './Request';
import { StatePills } from './StatePills';
import { outcomeOf, type CallbackMessage, type Delivery } from './types';

const BACK = { to: '/callbacks', label: 'Callbacks' };

/** One message to a merchant: what it says, and every try at it. */
export function CallbackShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('callbacks', id)} what="callback" back={BACK}>
      {(message) => <Shown message={message} />}
    </Found>
  );
}

type DeliveryRow = Delivery & { readonly id: string };

const COLUMNS: readonly Column<DeliveryRow>[] = [
  { name: 'try', label: 'Try', isUsual: true, card: 'labelled', render: (row) => row.try },
  { name: 'at', label: 'When', isUsual: true, card: 'line', render: ({ at }) => <Time at={at} as="full" /> },
  {
    name: 'latency',
    label: 'Answered after',
    isUsual: true,
    card: 'labelled',
    render: ({ latency_ms: ms }) => duration(ms),
  },
  { name: 'outcome', label: 'Answer', isUsual: true, card: 'lead', render: (row) => outcomeOf(row) || NONE },
];

function Shown({ message }: { readonly message: CallbackMessage }) {
  const mayAct = useMay('callbacks.act');
  return (
    <Page
      title="Callback"
      heading={
        <>
          Callback <StatePills message={message} />
        </>
      }
      back={BACK}
      actions={mayAct && <Replay message={message} />}
    >
      <Section title="What is owed">
        <Facts
          facts={[
            ['Merchant', <MerchantLink key="merchant" id={message.merchant_id} />],
            [
              'Session',
              <IdLink key="session" id={message.session_id} name="session id" isWhole>
                {message.session_id}
              </IdLink>,
            ],
            ['To', message.url],
            ['Kind', message.kind.replaceAll('_', ' ')],
            ['Owed since', <Time key="since" at={message.created_at} as="full" />],
            ['Delivered', message.delivered_at && <Time key="delivered" at={message.delivered_at} as="full" />],
            ['Being sent again since', message.resend_at && <Time key="again" at={message.resend_at} as="relative" />],
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
      <Request message={message} />
      <Section title="What it says" isFlush>
        <Raw value={message.payload} />
      </Section>
    </Page>
  );
}

function Replay({ message }: { readonly message: CallbackMessage }) {
  const done = useDone();
  const [key] = useState(() => crypto.randomUUID());
  return (
    <ReasonedAct
      label="Send again"
      explanation={[
        `It is sent to ${message.url} at once, and you are told what the merchant answers.`,
        'It is the same message with the same id, so a merchant who has it already can tell.',
        message.state === 'delivered'
          ? 'It stays delivered, whatever comes of this try.'
          : 'Where it is not taken, its schedule goes on.',
      ]}
      onDo={async (given) => {
        // Every try that is shown is one more; what was shown when it was wanted is this wish.
        const wish = { ...given, idempotencyKey: `${key}-${message.tries}` };
        const outcome = await perform('POST callbacks/{id}/replay', wish, { path: { id: message.id } });
        await done(outcome.delivered ? 'The merchant has taken it.' : `It was not taken: ${outcomeOf(outcome)}.`);
      }}
    />
  );
}
