/** From a session of the upstream to what the attempt learned (sessions-api.md section 6). Pure. */
import type {
  AcsFacts,
  AttemptIdentity,
  ConnectorState,
  ErrorFacts,
  Facts,
  LearnedStep,
  StartedAttempt,
  TransStatus,
  UpstreamFacts,
} from '@app/authentication-port';
import { defined, type UpstreamAcs, type UpstreamSession } from './checkout.wire';

/** What this connector keeps on an attempt. */
export interface CheckoutState {
  /** UUID of the account that the attempt runs through. */
  accountId?: string;
  /** `sid_…` there; absent while the answer to the creation is not known. */
  upstreamId?: string;
  /** The id was told by somebody and not yet confirmed by our own reference in an answer. */
  hearsay?: true;
  /** The upstream was told that the session is completed. */
  closed?: true;
}

/** The part of a step that an answer decides; the connector adds the exchanges. */
export type Learned = Omit<LearnedStep, 'exchanges'>;

type Known = Pick<StartedAttempt, 'facts' | 'state'>;
type Verdict = Pick<Learned, 'next'> & Partial<Pick<Learned, 'failure' | 'ended'>> & { letter?: TransStatus };
type Failure = NonNullable<Learned['failure']>;

/** What the letter beside a final status must be to be believed (choices, "letter to status"). */
const LETTERS: Readonly<Record<string, readonly TransStatus[]>> = {
  approved: ['Y', 'I'],
  attempted: ['A', 'I'],
  declined: ['N'],
  rejected: ['R'],
};

const UNDECIDED: ReadonlySet<string> = new Set(['unavailable', 'challenge_abandoned', 'expired']);

/** A status that says how it ended, and a letter that says something else. */
const CONTRADICTION: ErrorFacts = {
  code: '203',
  component: 'S',
  description: 'Format of one or more elements is invalid',
  detail: 'status and response_code contradict each other',
};

/** Said by the status alone, where no letter came: never a success. */
const IMPLIED: Readonly<Record<string, TransStatus>> = { declined: 'N', rejected: 'R' };

const REASONS: Readonly<Record<string, Failure>> = {
  ares_error: 'ares_error',
  ares_status: 'ares_status',
  rreq_error: 'rreq_error',
  rreq_status: 'rreq_status',
  risk_declined: 'risk_declined',
};

/**
 * What a session there means here. A success needs a final status that says so and a letter that agrees; what is not
 * understood waits, and what contradicts itself ends without a result.
 */
export function toStep(attempt: Known, session: UpstreamSession): Learned {
  const { letter, ...verdict } = verdictOf(attempt, session);
  const facts = factsOf(attempt, session, letter);
  const identity = identityOf(session);
  return {
    ...verdict,
    facts,
    ...(Object.keys(identity).length > 0 ? { identity } : {}),
    state: stateWith(attempt.state, { upstreamId: session.id, hearsay: undefined }),
    correlationKeys: [sessionKey(session.id)],
  };
}

/** Under what name notices know a session of the upstream. */
export const sessionKey = (upstreamId: string): string => `session:${upstreamId}`;

/** The state with some members changed; undefined takes one out. */
export function stateWith(
  state: ConnectorState,
  change: { [Key in keyof CheckoutState]: CheckoutState[Key] | undefined },
): ConnectorState {
  return defined<Record<string, unknown>>({ ...state, ...change });
}

function verdictOf(attempt: Known, session: UpstreamSession): Verdict {
  switch (session.status) {
    case 'pending':
      return pendingVerdict(attempt, session);
    case 'processing':
      return { next: 'waiting' };
    case 'challenged':
      return challengeVerdict(attempt, session);
    case 'challenge_abandoned':
      return { next: 'final', ended: session.status, ...lossOf(session) };
    case 'expired':
      return { next: 'final', ended: session.status };
    case 'unavailable':
      return unavailableVerdict(attempt, session);
    case 'approved':
    case 'attempted':
    case 'declined':
    case 'rejected':
      return decidedVerdict(attempt, session);
    default:
      return { next: 'waiting' };
  }
}

/** Asking for what it has had already is a word from the past: answers may overtake each other. */
function pendingVerdict({ facts }: Known, { nextActions }: UpstreamSession): Verdict {
  if (facts.transStatus !== undefined) return { next: 'waiting' };
  if (nextActions.includes('collect_channel_data')) return { next: 'need_channel_data' };
  if (nextActions.includes('issuer_fingerprint')) return { next: 'need_method' };
  return { next: 'waiting' };
}

/** A challenge that nobody can go to is none yet; one that was handed out is not handed out again. */
function challengeVerdict({ facts }: Known, { acs, challengeRequest }: UpstreamSession): Verdict {
  const forBrowser = acs?.url !== undefined && challengeRequest !== undefined;
  const isUsable = forBrowser || acs?.signedContent !== undefined;
  return isUsable && facts.transStatus !== 'C' ? { next: 'challenge', letter: 'C' } : { next: 'waiting' };
}

/** The issuer's letter for a challenge that was left; a success beside that is none. */
function lossOf({ responseCode }: UpstreamSession): { letter?: TransStatus } {
  return responseCode === 'N' || responseCode === 'U' ? { letter: responseCode } : {};
}

function decidedVerdict(attempt: Known, session: UpstreamSession): Verdict {
  const { status, statusReason, responseCode } = session;
  if (statusReason === 'risk_declined') {
    return status === 'declined'
      ? { next: 'final', failure: 'risk_declined' }
      : { next: 'final', failure: errorOf(attempt, session) };
  }
  if (responseCode === undefined) {
    const letter = IMPLIED[status];
    return letter === undefined ? { next: 'waiting' } : { next: 'final', letter };
  }
  const letter = LETTERS[status]?.find((one) => one === responseCode);
  return letter === undefined ? { next: 'final', failure: errorOf(attempt, session) } : { next: 'final', letter };
}

/** An error is nobody's word: a letter beside it is not kept. */
function unavailableVerdict(attempt: Known, session: UpstreamSession): Verdict {
  const told = REASONS[session.statusReason ?? ''];
  const isStatus = told === 'ares_status' || told === 'rreq_status' || told === undefined;
  if (session.responseCode === 'U' && isStatus) {
    const failure = told ?? (sourceOf(attempt, session) === 'RReq' ? 'rreq_status' : 'ares_status');
    return { next: 'final', failure, letter: 'U' };
  }
  const failure = told === undefined || told === 'risk_declined' ? errorOf(attempt, session) : told;
  return { next: 'final', failure };
}

function contradicts({ status, responseCode, statusReason }: UpstreamSession): boolean {
  const letters = LETTERS[status];
  if (letters === undefined || statusReason === 'risk_declined') return false;
  return responseCode !== undefined && !letters.some((letter) => letter === responseCode);
}

function errorOf(attempt: Known, session: UpstreamSession): Failure {
  return sourceOf(attempt, session) === 'RReq' ? 'rreq_error' : 'ares_error';
}

/** Which message decided there: after a challenge it was the result request. */
function sourceOf({ facts }: Known, { challenged, members, status }: UpstreamSession): 'ARes' | 'RReq' {
  if (status === 'challenged') return 'ARes';
  const wasChallenged = challenged ?? (members['flow_type'] === 'challenged' || facts.transStatus === 'C');
  return wasChallenged ? 'RReq' : 'ARes';
}

function factsOf(attempt: Known, session: UpstreamSession, letter: TransStatus | undefined): Facts {
  const { status, acs, ds } = session;
  const isSuccess = letter === 'Y' || letter === 'A' || letter === 'I';
  const decides = letter !== undefined || UNDECIDED.has(status) || session.statusReason === 'risk_declined';
  return defined<Facts>({
    dsTransactionId: ds.transactionId,
    dsReferenceNumber: ds.referenceNumber,
    acs: acs && acsFacts(acs, attempt.facts.acs),
    transStatus: letter,
    transStatusReason: session.responseStatusReason,
    resultSource: decides ? sourceOf(attempt, session) : undefined,
    // A value that comes with anything but a success proves nothing.
    eci: letter === undefined ? undefined : session.eci,
    authenticationValue: isSuccess ? session.cryptogram : undefined,
    challengeRequest: session.challengeRequest && base64url(session.challengeRequest),
    challengeCancel: acs?.cancelReasonCode?.padStart(2, '0'),
    interactionCounter: session.interactionCounter,
    cardholderInfo: session.cardholderInfo,
    error: session.error ?? (contradicts(session) ? CONTRADICTION : undefined),
    challenged: session.challenged,
    upstream: upstreamFacts(session),
  });
}

/** What an earlier answer told of the server and this one does not stays. */
function acsFacts(acs: UpstreamAcs, known: AcsFacts | undefined): AcsFacts {
  const { cancelReason: _reason, cancelReasonCode: _code, ...told } = acs;
  return known?.transactionId === acs.transactionId ? { ...known, ...told } : told;
}

function upstreamFacts(session: UpstreamSession): UpstreamFacts {
  return defined<UpstreamFacts>({
    sessionId: session.id,
    status: session.status,
    statusReason: session.statusReason,
    instrumentId: session.instrumentId,
    members: session.members,
  });
}

/** Where the method URL is not told any more, the one that was told before stands. */
function identityOf(session: UpstreamSession): AttemptIdentity {
  return defined<AttemptIdentity>({
    scheme: session.scheme,
    protocolVersion: session.protocolVersion,
    transactionId: session.transactionId,
    methodUrl: session.nextActions.includes('issuer_fingerprint') ? session.methodUrl : undefined,
    directoryServerId: session.ds.id,
  });
}

function base64url(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
