/** How a session is counted. Pure; `persistence/counting.sql.ts` says the same to Postgres, and a test holds them together. */

import { SESSION_COUNTS, type SessionCount } from '@app/platform';

/** What counting looks at, as it is stored. */
export interface ReportedSession {
  readonly status: string;
  readonly statusReason: string | null;
  readonly refusalCode: string | null;
  readonly isFinal: boolean;
  /** Whether the cardholder was challenged; null until the issuer side has finished. */
  readonly challenged: boolean | null;
  readonly transStatus: string | null;
  readonly liabilityShift: string | null;
  readonly attempts: number;
  readonly challengeIndicator: string | null;
  /** As an upstream named it. */
  readonly exemptionApplied: string | null;
  /** A page of ours told that the challenge was on it. */
  readonly isChallengeSeen: boolean;
  /** Its deadline ended it: by itself, or by what the question that is asked then found. */
  readonly isEndedByUs: boolean;
}

/** Where every session stands, in exactly one of them. */
export const PHASES = [
  'awaiting',
  'not_submitted',
  'frictionless',
  'challenge_requested',
  'failed_before_answer',
] as const;

export type Phase = (typeof PHASES)[number];

/** Wishes about the challenge that are exemptions. */
export const EXEMPTION_INDICATORS = [
  'low_value',
  'trusted_listing',
  'trusted_listing_prompt',
  'transaction_risk_assessment',
] as const;

const is = (value: string | null, ...wanted: readonly string[]): boolean => value !== null && wanted.includes(value);

/** The phase of a session. The first rule that fits decides, so that there is always one and never two. */
export function phaseOf(session: ReportedSession): Phase {
  const { status, transStatus, challenged } = session;
  // An upstream may turn a session down by its own rules, before it asks an issuer.
  const isTurnedDown = status === 'declined' && session.statusReason === 'risk_declined';
  if (session.refusalCode !== null || status === 'expired' || isTurnedDown) return 'not_submitted';
  if (challenged === true || is(status, 'challenged', 'challenge_abandoned') || is(transStatus, 'C', 'D'))
    return 'challenge_requested';
  if (!session.isFinal) return 'awaiting';
  return status === 'unavailable' && transStatus === null ? 'failed_before_answer' : 'frictionless';
}

const isDataOnly = ({ status, transStatus }: ReportedSession): boolean => status === 'attempted' && transStatus === 'I';

function isSubmitted(session: ReportedSession): boolean {
  const phase = phaseOf(session);
  return phase === 'awaiting' ? session.status === 'processing' : phase !== 'not_submitted';
}

const isExempted = ({ exemptionApplied, transStatus, challengeIndicator }: ReportedSession): boolean =>
  exemptionApplied !== null
    ? !is(exemptionApplied, '', 'none')
    : transStatus === 'I' && challengeIndicator === 'transaction_risk_assessment';

const isChallengeDone = (session: ReportedSession): boolean =>
  phaseOf(session) === 'challenge_requested' && is(session.status, 'approved', 'attempted', 'declined', 'rejected');

/** When a session counts, by the name of the count. */
export const COUNTING = {
  sessions: () => true,
  open: ({ isFinal }) => !isFinal,
  awaiting: (session) => phaseOf(session) === 'awaiting',
  not_submitted: (session) => phaseOf(session) === 'not_submitted',
  refused: ({ refusalCode }) => refusalCode !== null,
  submitted: isSubmitted,
  submitted_for_authentication: (session) => isSubmitted(session) && !isDataOnly(session),
  frictionless: (session) => phaseOf(session) === 'frictionless',
  frictionless_for_authentication: (session) => phaseOf(session) === 'frictionless' && !isDataOnly(session),
  frictionless_succeeded: (session) =>
    phaseOf(session) === 'frictionless' && is(session.status, 'approved', 'attempted') && !isDataOnly(session),
  failed_before_answer: (session) => phaseOf(session) === 'failed_before_answer',
  challenge_requested: (session) => phaseOf(session) === 'challenge_requested',
  challenge_shown: (session) =>
    phaseOf(session) === 'challenge_requested' && (session.isChallengeSeen || isChallengeDone(session)),
  challenge_completed: isChallengeDone,
  challenge_succeeded: (session) => phaseOf(session) === 'challenge_requested' && session.status === 'approved',
  approved: ({ status }) => status === 'approved',
  attempted: (session) => session.status === 'attempted' && !isDataOnly(session),
  data_only: isDataOnly,
  declined: ({ status }) => status === 'declined',
  rejected: ({ status }) => status === 'rejected',
  issuer_declined: (session) => isSubmitted(session) && is(session.status, 'declined', 'rejected'),
  unavailable: ({ status }) => status === 'unavailable',
  challenge_abandoned: ({ status }) => status === 'challenge_abandoned',
  expired: ({ status }) => status === 'expired',
  technical_failure: (session) =>
    phaseOf(session) === 'failed_before_answer' ||
    (session.refusalCode === null &&
      session.status === 'unavailable' &&
      is(session.statusReason, 'ares_error', 'rreq_error')),
  exemption_requested: ({ challengeIndicator }) => is(challengeIndicator, ...EXEMPTION_INDICATORS),
  exemption_applied: isExempted,
  exemption_granted: (session) => is(session.challengeIndicator, ...EXEMPTION_INDICATORS) && isExempted(session),
  liability_shifted: (session) => isSubmitted(session) && session.liabilityShift === 'yes',
  failed_over: ({ attempts }) => attempts > 1,
  recovered_late: ({ isFinal, isEndedByUs }) => isFinal && isEndedByUs,
} as const satisfies Record<SessionCount, (session: ReportedSession) => boolean>;

export type CountId = SessionCount;

export const COUNT_IDS = SESSION_COUNTS;

export type Counts = Readonly<Record<CountId, number>>;

/** Adds a set of sessions up. */
export function countSessions(sessions: readonly ReportedSession[]): Counts {
  const counts = COUNT_IDS.map((id) => [id, sessions.filter((session) => COUNTING[id](session)).length] as const);
  return Object.fromEntries(counts) as Counts;
}

/** Adds slices up. */
export function addCounts(slices: readonly Counts[]): Counts {
  const counts = COUNT_IDS.map((id) => [id, slices.reduce((sum, slice) => sum + slice[id], 0)] as const);
  return Object.fromEntries(counts) as Counts;
}
