import type { Facts } from '@app/authentication-port';
import { speaksAgainstShift } from './liability';
import type { Session } from './session';
import { isFinal, type SessionStatus } from './session.machine';

/** Who settled the question. */
export type DecidedBy = 'issuer' | 'directory_server' | 'cardholder' | 'nobody';

/** What the merchant can do next, in the words of the API. */
export const ADVICE = [
  'authorize',
  'authorize_without_shift',
  'do_not_authorize',
  'retry_or_authorize_without_shift',
  'retry',
] as const;
export type Advice = (typeof ADVICE)[number];

/** What a result means to the merchant, in three answers. */
export interface Verdict {
  decidedBy: DecidedBy;
  /** Whether fraud liability moves to the issuer: scheme rules may still except a transaction. */
  liabilityShift: 'yes' | 'no' | 'unknown';
  /** What the merchant can do next. */
  advice: Advice;
  /** One sentence for people. */
  text: string;
}

type Known = Pick<
  Facts,
  'cancelled' | 'endedByOperator' | 'transStatus' | 'acs' | 'dsTransactionId' | 'eci' | 'upstream'
>;

/** What a verdict rests on. */
type Judged = Pick<Session, 'status'> & {
  details: { purchase: Pick<Session['details']['purchase'], 'authenticationCategory'> };
  attempt: Pick<Session['attempt'], 'scheme'> & { facts: Known };
};

type FinalStatus = Exclude<SessionStatus, 'pending' | 'processing' | 'challenged'>;

const TABLE: Record<FinalStatus, Pick<Verdict, 'liabilityShift' | 'advice' | 'text'> & { decidedBy: DecidedBy }> = {
  approved: {
    decidedBy: 'issuer',
    liabilityShift: 'yes',
    advice: 'authorize',
    text: 'The issuer authenticated the cardholder. Authorize with the cryptogram and ECI.',
  },
  attempted: {
    decidedBy: 'issuer',
    liabilityShift: 'yes',
    advice: 'authorize',
    text: 'Authentication was attempted and proved. Authorize with the cryptogram and ECI.',
  },
  declined: {
    decidedBy: 'issuer',
    liabilityShift: 'no',
    advice: 'do_not_authorize',
    text: 'The issuer did not authenticate the cardholder. Do not authorize with this result.',
  },
  rejected: {
    decidedBy: 'issuer',
    liabilityShift: 'no',
    advice: 'do_not_authorize',
    text: 'The issuer rejected the authentication and asks not to authorize.',
  },
  unavailable: {
    decidedBy: 'nobody',
    liabilityShift: 'no',
    advice: 'retry_or_authorize_without_shift',
    text: 'Authentication could not be performed. Try again, or authorize at your own risk.',
  },
  challenge_abandoned: {
    decidedBy: 'cardholder',
    liabilityShift: 'no',
    advice: 'retry',
    text: 'The cardholder left the challenge or ran out of time. Ask them to try again.',
  },
  expired: {
    decidedBy: 'nobody',
    liabilityShift: 'no',
    advice: 'retry',
    text: 'Time ran out before anything was asked of the issuer. Start a new session.',
  },
};

/** What was only shared with the issuer: transStatus I. */
const DATA_ONLY = {
  liabilityShift: 'no',
  advice: 'authorize_without_shift',
  text: 'The data was shared with the issuer; no authentication took place and liability does not shift.',
} as const satisfies Partial<Verdict>;

/** What a cardholder ended on our page: nobody waited in vain. */
const CANCELLED: Record<NonNullable<Facts['cancelled']>, Verdict> = {
  before_request: {
    decidedBy: 'cardholder',
    liabilityShift: 'no',
    advice: 'retry',
    text: 'The cardholder cancelled before anything was asked of the issuer. Start a new session when they want to pay.',
  },
  before_challenge: {
    decidedBy: 'cardholder',
    liabilityShift: 'no',
    advice: 'retry',
    text: 'The cardholder did not take on the challenge that the issuer asks for. Ask them to try again.',
  },
};

/** What an operator ended in the place of its deadline: nobody decided anything. */
const ENDED_BY_OPERATOR: Partial<Record<SessionStatus, string>> = {
  expired: 'An operator ended the session before anything was asked of the issuer. Start a new session.',
  unavailable: 'An operator ended the session before the issuer answered. Try again, or authorize at your own risk.',
  challenge_abandoned: 'An operator ended the session before its challenge was done. Ask the cardholder to try again.',
};

/**
 * Turns the truth that was kept into three answers: who decided, does liability shift, what now. Null while the session
 * is open. What is no payment carries no liability to shift; transStatus I is data shared, without shift; and no shift is
 * promised that an ECI or an exemption contradicts.
 */
export function verdictOf({ status, details, attempt }: Judged): Verdict | null {
  if (!isFinal(status)) return null;
  const { facts, scheme } = attempt;
  if (facts.cancelled !== undefined) return CANCELLED[facts.cancelled];
  const row = TABLE[status as keyof typeof TABLE];
  const ended = facts.endedByOperator && ENDED_BY_OPERATOR[status];
  if (ended) return { ...row, decidedBy: 'nobody', text: ended };
  if (facts.transStatus === 'I' && status === 'attempted') {
    return { decidedBy: decider(row.decidedBy, facts), ...DATA_ONLY };
  }
  const isDoubtful = details.purchase.authenticationCategory === 'non_payment' || speaksAgainstShift(scheme, facts);
  const liabilityShift = row.liabilityShift === 'yes' && isDoubtful ? 'unknown' : row.liabilityShift;
  return { ...row, decidedBy: decider(row.decidedBy, facts), liabilityShift };
}

/**
 * Which sessions have a verdict with one of `advice`, by what lists know of them: those with one of the statuses, and whether
 * those whose data was only shared (attempted, transStatus I), which have an advice of their own.
 */
export function advisedBy(advice: readonly Advice[]): {
  readonly statuses: readonly SessionStatus[];
  readonly isDataOnly: boolean;
} {
  const statuses = (Object.keys(TABLE) as FinalStatus[]).filter((status) => advice.includes(TABLE[status].advice));
  return { statuses, isDataOnly: advice.includes(DATA_ONLY.advice) };
}

/** The directory server answers in the issuer's place when both transaction ids are the same (emv-3ds.md section 2.3). */
function decider(usual: DecidedBy, facts: Known): DecidedBy {
  const standIn = facts.acs !== undefined && facts.acs.transactionId === facts.dsTransactionId;
  return usual === 'issuer' && standIn ? 'directory_server' : usual;
}
