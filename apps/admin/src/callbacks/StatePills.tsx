import { Pill } from '../ui/Pill';
import { CALLBACK_STATES, type CallbackLine } from './types';

/** Where a message stands, and whether one that is delivered is on its way once more. */
export function StatePills({ message }: { readonly message: Pick<CallbackLine, 'state' | 'resend_at'> }) {
  const { tone, label } = CALLBACK_STATES[message.state];
  return (
    <>
      <Pill tone={tone}>{label}</Pill>
      {message.resend_at !== null && (
        <>
          {' '}
          <Pill tone="busy">Being sent again</Pill>
        </>
      )}
    </>
  );
}
