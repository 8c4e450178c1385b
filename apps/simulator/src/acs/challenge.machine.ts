/** The challenge as a table of results and one pure step: what the cardholder did in, what follows out. */
import type { ListedStatus } from '../cards/card-table';
import { CHALLENGE_PASSWORD } from '../cards/card-table';

/** How many passwords a cardholder may try. */
export const MAX_TRIES = 3;

/** The final decision of a challenge, in the words of the RReq (emv-3ds.md section 2.6). */
export interface ChallengeResult {
  readonly transStatus: 'Y' | 'A' | 'N' | 'R' | 'U';
  readonly transStatusReason?: string;
  readonly challengeCancel?: string;
  /** The RReq leaves out the proof that its status needs, so that the 3DS Server must refuse it. */
  readonly malformed?: true;
}

/** Where a challenge stands: `creq` is the first CReq as it came, so that a reload can be told from a forgery. */
export interface ChallengeState {
  readonly phase: 'awaiting_creq' | 'open' | 'ended';
  /** Wrong passwords so far. */
  readonly tries: number;
  readonly creq: string | null;
  /** Whether the end was a timeout. */
  readonly timedOut?: boolean;
}

/** What the cardholder sent. */
export interface ChallengeInput {
  readonly action: 'submit' | 'cancel';
  readonly password: string;
}

/** What follows: the page again, or the end. */
export type ChallengeStep =
  | { readonly kind: 'again'; readonly tries: number; readonly triesLeft: number }
  | { readonly kind: 'end'; readonly tries: number; readonly result: ChallengeResult };

/** The result that a card's listed status becomes once the password was right. */
export const LISTED_RESULTS: Record<Exclude<ListedStatus, 'error'>, ChallengeResult> = {
  approved: { transStatus: 'Y' },
  attempted: { transStatus: 'A' },
  declined: { transStatus: 'N', transStatusReason: '01' },
  rejected: { transStatus: 'R', transStatusReason: '11' },
  unavailable: { transStatus: 'U', transStatusReason: '22' },
};

/** Results that do not depend on the card (emv-3ds.md sections 1.8 and 3.4). */
export const OTHER_RESULTS = {
  /** 26: attempted, but not performed by the cardholder. */
  cancelled: { transStatus: 'N', transStatusReason: '26', challengeCancel: '01' },
  tooManyTries: { transStatus: 'N', transStatusReason: '19' },
  noCReq: { transStatus: 'N', transStatusReason: '14', challengeCancel: '05' },
  idle: { transStatus: 'N', transStatusReason: '14', challengeCancel: '04' },
  badCReq: { transStatus: 'U', transStatusReason: '07', challengeCancel: '06' },
  proofMissing: { transStatus: 'Y', malformed: true },
} as const satisfies Record<string, ChallengeResult>;

/** One step of an open challenge. `listed` is the result that the right password brings. */
export function stepChallenge(tries: number, input: ChallengeInput, listed: ChallengeResult): ChallengeStep {
  if (input.action === 'cancel') return { kind: 'end', tries, result: OTHER_RESULTS.cancelled };
  if (input.password === CHALLENGE_PASSWORD) return { kind: 'end', tries: tries + 1, result: listed };
  const spent = tries + 1;
  return spent >= MAX_TRIES
    ? { kind: 'end', tries: spent, result: OTHER_RESULTS.tooManyTries }
    : { kind: 'again', tries: spent, triesLeft: MAX_TRIES - spent };
}
