import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Section } from '../ui/Section';
import type { CallbackMessage } from './types';

/** How it is sent (Standard Webhooks): the same in every try but for the time and the signature over it. */
export function Request({ message }: { readonly message: CallbackMessage }) {
  return (
    <Section title="How it is sent">
      <Facts
        facts={[
          ['Request', `POST ${message.url}`],
          ['content-type', 'application/json'],
          ['webhook-id', <Copyable key="id" text={message.id} name="webhook-id" />],
          ['webhook-timestamp', 'The second of each try'],
          ['webhook-signature', 'Made anew for each try with the channel’s webhook secret, where it has one'],
          [
            'Taken by',
            'Any 2xx. A try is given up after 7 seconds, on a busy server a little later. Of the answer only its status is kept.',
            'line',
          ],
        ]}
      />
    </Section>
  );
}
