/** Whether a message is still owed, was taken, or was given up. */
export type CallbackState = 'due' | 'delivered' | 'dead';

/** What is known of a message when it is to be sent once more. */
export interface LastCallback {
  readonly id: string;
  readonly state: CallbackState;
  readonly nextTryAt: Date | null;
  readonly claimedUntil: Date | null;
  readonly resendAt: Date | null;
}

/** Whether a message is about to be sent in any case. */
export const isUnderWay = ({ nextTryAt, resendAt }: Pick<LastCallback, 'nextTryAt' | 'resendAt'>, now: Date): boolean =>
  resendAt !== null || (nextTryAt !== null && nextTryAt <= now);

/** Whether somebody sends it just now, or tells of its delivery. */
export const isClaimed = ({ claimedUntil }: Pick<LastCallback, 'claimedUntil'>, now: Date): boolean =>
  claimedUntil !== null && claimedUntil > now;
