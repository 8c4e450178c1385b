import type { Facts } from '@app/authentication-port';
import type { SessionStatus } from './session.machine';

const MINUTE_MS = 60_000;

/** A request whose answer was lost is settled after this long: time enough for an issuer that gave up to say so. */
export const PROCESSING_MINUTES = 3;

/** The hard end of a challenge, should no result ever come (emv-3ds.md section 1.8; choices, "life of a session"). */
export const CHALLENGE_MINUTES = 30;

/** Readable this long from creation, then gone for good (choices, "cryptogram"). */
export const AUTHENTICATION_VALUE_HOURS = 24;

/** The session secret outlives the final status by this long (choices, "session secret"). */
export const SECRET_MINUTES_AFTER_FINAL = 15;

/** A merchant that has not completed a final session by then is told without being asked (choices, "callback without complete"). */
export const AUTOMATIC_COMPLETION_MINUTES = 5;

/** `at` plus a number of minutes. */
export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS);
}

/**
 * When a session that enters `status` now must be settled at the latest; null for final ones. `proposed` is the issuer
 * side's own end of a challenge, or the end of what a merchant has for its turn.
 */
export function deadlineFor(status: SessionStatus, now: Date, present: Date | null, proposed?: Date): Date | null {
  switch (status) {
    case 'pending':
      return proposed ?? present;
    case 'processing':
      return minutesAfter(now, PROCESSING_MINUTES);
    case 'challenged':
      return earlier(minutesAfter(now, CHALLENGE_MINUTES), proposed);
    default:
      return null;
  }
}

function earlier(own: Date, proposed: Date | undefined): Date {
  return proposed !== undefined && proposed < own ? proposed : own;
}

/** Tells whether a challenge took place, from the facts of a settled attempt. */
export function wasChallenged(facts: Pick<Facts, 'challenged' | 'resultSource' | 'challengeRequest'>): boolean {
  if (facts.challenged !== undefined) return facts.challenged;
  return facts.resultSource === 'RReq' || facts.challengeRequest !== undefined;
}
