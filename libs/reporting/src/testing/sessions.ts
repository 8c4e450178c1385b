/** Sessions for property tests: whatever the columns can hold together, whether or not a machine would. */
import fc from 'fast-check';
import { EXEMPTION_INDICATORS, type ReportedSession } from '../domain/reported-session';

const OPEN = ['pending', 'processing', 'challenged'];
const FINAL = ['approved', 'attempted', 'declined', 'rejected', 'unavailable', 'challenge_abandoned', 'expired'];

const orNull = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...values);

/** Only what would break a rule of the tables is left out: a final status is one, and what was turned away is. */
export const anySession: fc.Arbitrary<ReportedSession> = fc
  .record({
    status: fc.constantFrom(...OPEN, ...FINAL),
    statusReason: orNull(['ares_error', 'ares_status', 'rreq_error', 'rreq_status', 'risk_declined']),
    refusalCode: fc.option(fc.constant('card_not_enrolled'), { freq: 6 }),
    challenged: orNull([true, false]),
    transStatus: orNull(['Y', 'N', 'U', 'A', 'C', 'D', 'R', 'I', 'S']),
    liabilityShift: orNull(['yes', 'no', 'unknown']),
    attempts: fc.integer({ min: 0, max: 3 }),
    challengeIndicator: orNull(['no_preference', 'data_share', ...EXEMPTION_INDICATORS]),
    exemptionApplied: orNull(['', 'none', 'low_value']),
    isChallengeSeen: fc.boolean(),
    isEndedByUs: fc.boolean(),
  })
  .map((session) => {
    const status = session.refusalCode === null ? session.status : 'unavailable';
    return { ...session, status, isFinal: FINAL.includes(status) };
  });
