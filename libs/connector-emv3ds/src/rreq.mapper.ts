/** From an RReq and the attempt it names to its effect and its answer (emv-3ds.md sections 4.3 and 5.2). Pure. */
import type {
  AcsFacts,
  ConnectorState,
  Facts,
  NoticeAnswer,
  NoticeSecrets,
  StartedAttempt,
} from '@app/authentication-port';
import {
  checkRReq,
  ProtocolError,
  serializeMessage,
  type Erro,
  type RReq,
  type RRes,
  type TransactionIds,
} from '@app/emv3ds';
import { messageCategory } from './areq.mapper';
import { defined, knownIds, protocolErrorFacts, type Outcome } from './ares.mapper';
import { MESSAGE_CONTENT_TYPE } from './emv3ds.settings';

/** An RReq that could not be read; the controller hands it on so that the attempt it names can end. */
export interface InvalidRReq {
  messageType: 'RReq';
  invalid: { code: string; description: string; detail: string };
  ids: TransactionIds;
}

/** What an RReq does. Without an outcome it leaves the attempt as it is. */
export interface RReqEffect {
  outcome: Outcome | null;
  state: ConnectorState;
  answer: RRes | Erro;
}

/** What the attempt expects of an RReq, decided by where it stands. */
type Expectation = 'result' | 'late' | 'undelivered' | 'second' | 'frictionless' | 'none';

function expectation(attempt: StartedAttempt): Expectation {
  const { facts, progress } = attempt;
  if (progress === 'planned') return 'none';
  if (facts.resultSource === 'RReq' || attempt.state['resultRefused'] === true) return 'second';
  const awaitsResult = facts.transStatus === 'C' || facts.transStatus === 'D';
  if (facts.transStatus !== undefined && !awaitsResult) return 'frictionless';
  if (progress === 'asked') return 'result';
  if (progress === 'answered') return awaitsResult ? 'result' : 'frictionless';
  return awaitsResult ? 'late' : 'undelivered';
}

/** Erro of 2.2.0 where the state has no place for an RReq; 312 and 313 exist only from 2.3.1 (section 4.1). */
const REFUSED: Partial<Record<Expectation, { code: string; detail: string }>> = {
  none: { code: '301', detail: 'threeDSServerTransID' },
  second: { code: '305', detail: 'A result was already received' },
  frictionless: { code: '305', detail: 'No challenge was requested' },
};

/** resultsStatus of an RRes: what became of the challenge on our side (section 3.4). */
function resultsStatus(attempt: StartedAttempt, expected: Expectation): string {
  if (expected === 'undelivered') return '03';
  return attempt.state['declined'] === true ? '02' : '01';
}

/** The effect of a well-formed RReq. */
export function rreqEffect(attempt: StartedAttempt, rreq: RReq, secrets: NoticeSecrets): RReqEffect {
  const expected = expectation(attempt);
  const unchanged = { outcome: null, state: attempt.state };
  try {
    checkRReq(
      {
        threeDSServerTransID: attempt.transactionId,
        messageVersion: attempt.protocolVersion,
        messageCategory: messageCategory(attempt.request.purchase),
        ...knownIds(attempt),
      },
      rreq,
    );
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // Another transaction's ids must never end this one.
    const foreign = error.code === '301' || !sameIds(attempt, rreq);
    return foreign || expected !== 'result' ? { ...unchanged, answer: error.toErro() } : refusedResult(attempt, error);
  }
  const refusal = REFUSED[expected];
  if (refusal) {
    const error = new ProtocolError({ ...refusal, component: 'S', ...originOf(rreq) });
    return { ...unchanged, answer: error.toErro() };
  }
  const status = resultsStatus(attempt, expected);
  const answer = rres(rreq, status);
  if (expected !== 'result') return { ...unchanged, answer };
  return {
    outcome: resultOutcome(attempt, rreq, secrets, status),
    state: attempt.state,
    answer,
  };
}

/** The effect of an RReq that could not be read: it ends the attempt only when all its ids are the attempt's. */
export function invalidRReqEffect(attempt: StartedAttempt, notice: InvalidRReq): RReqEffect {
  const error = new ProtocolError({
    ...notice.invalid,
    component: 'S',
    messageType: 'RReq',
    messageVersion: attempt.protocolVersion,
    ids: notice.ids,
  });
  const ends = expectation(attempt) === 'result' && sameIds(attempt, notice.ids);
  return ends ? refusedResult(attempt, error) : { outcome: null, state: attempt.state, answer: error.toErro() };
}

/** "3DSS, bad RReq: Erro S instead of RRes; transaction failed" (section 4.3). */
function refusedResult(attempt: StartedAttempt, error: ProtocolError): RReqEffect {
  return {
    outcome: { next: 'final', facts: { error: protocolErrorFacts(error) }, failure: 'rreq_error' },
    state: { ...attempt.state, resultRefused: true },
    answer: error.toErro(),
  };
}

function resultOutcome(attempt: StartedAttempt, rreq: RReq, secrets: NoticeSecrets, status: string): Outcome {
  const facts = defined<Facts>({
    resultSource: 'RReq',
    dsTransactionId: rreq.dsTransID,
    // Where the answer is still to come, its ids are adopted.
    acs: defined<AcsFacts>({
      ...(attempt.facts.acs ?? { transactionId: rreq.acsTransID }),
      authenticationType: rreq.authenticationType ?? attempt.facts.acs?.authenticationType,
    }),
    transStatus: rreq.transStatus,
    transStatusReason: rreq.transStatusReason,
    eci: rreq.eci,
    authenticationValue: secrets.authenticationValue,
    challengeCancel: rreq.challengeCancel,
    interactionCounter: rreq.interactionCounter,
    whiteListStatus: rreq.whiteListStatus,
    whiteListStatusSource: rreq.whiteListStatusSource,
    resultsStatus: status,
  });
  const undecided = rreq.transStatus === undefined || rreq.transStatus === 'U';
  return { next: 'final', facts, ...(undecided ? { failure: 'rreq_status' as const } : {}) };
}

/** Whether all three ids are known and the same. Ids that are not known yet prove nothing. */
function sameIds(attempt: StartedAttempt, ids: TransactionIds): boolean {
  const { dsTransID, acsTransID } = knownIds(attempt);
  return (
    sameId(attempt.transactionId, ids.threeDSServerTransID) &&
    sameId(dsTransID, ids.dsTransID) &&
    sameId(acsTransID, ids.acsTransID)
  );
}

/** UUIDs come in lower and upper case (section 2.1). */
function sameId(known: string | undefined, given: string | undefined): boolean {
  return known !== undefined && known.toLowerCase() === given?.toLowerCase();
}

function originOf(rreq: RReq): { messageType: 'RReq'; messageVersion: string; ids: TransactionIds } {
  const { threeDSServerTransID, acsTransID, dsTransID } = rreq;
  return {
    messageType: 'RReq',
    messageVersion: rreq.messageVersion,
    ids: { threeDSServerTransID, acsTransID, dsTransID },
  };
}

function rres(rreq: RReq, status: string): RRes {
  const { messageVersion, threeDSServerTransID, acsTransID, dsTransID } = rreq;
  return { messageType: 'RRes', messageVersion, threeDSServerTransID, acsTransID, dsTransID, resultsStatus: status };
}

/** A message as the HTTP answer of the RReq endpoint: an Erro too travels with 200 (section 1.2). */
export function messageAnswer(message: RRes | Erro): NoticeAnswer {
  return { status: 200, contentType: MESSAGE_CONTENT_TYPE, body: serializeMessage(message) };
}
