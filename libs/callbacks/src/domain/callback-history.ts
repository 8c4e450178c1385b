import type { CallbackKind } from './callback-kind';
import { isUnderWay, type CallbackState } from './last-callback';
import type { DeliveryProblem } from './delivery-problem';

/** A message that a session's merchant is owed or has, with every try at it, the first one first. Ids are UUIDs. */
export interface CallbackHistory {
  readonly id: string;
  readonly kind: CallbackKind;
  readonly url: string;
  readonly state: CallbackState;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  /** Of one that is due. */
  readonly nextTryAt: Date | null;
  /** Since when one that was delivered is wanted once more. */
  readonly resendAt: Date | null;
  readonly deliveries: readonly CallbackDelivery[];
}

/** One try. */
export interface CallbackDelivery {
  readonly try: number;
  readonly at: Date;
  readonly latencyMs: number;
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
}

/** Whether a message can be sent once more: `under_way` when it is about to be sent in any case. */
export type ResendState = 'none' | 'under_way' | 'possible';

/** What `resend` would find of the last of these messages at `now`. */
export function resendState(messages: readonly CallbackHistory[], now: Date): ResendState {
  const last = messages.at(-1);
  if (!last) return 'none';
  return isUnderWay(last, now) ? 'under_way' : 'possible';
}
