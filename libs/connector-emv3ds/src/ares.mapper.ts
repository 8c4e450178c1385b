/** From what a directory server answered to an AReq to what the attempt learned. Pure. */
import type { Attempt, ErrorFacts, Facts, Step } from '@app/authentication-port';
import { encodeMessage, maskedText, type AReq, type ARes, type CReq, type Erro, type ProtocolError } from '@app/emv3ds';
import { Secret } from '@app/kernel';
import { CHALLENGE_WINDOW_SIZE } from './emv3ds.settings';

/** The part of a step that an answer decides. */
export type Outcome = Pick<Extract<Step, { facts: Facts }>, 'next' | 'facts' | 'failure'>;

/** What an ARes says: a challenge to go through, or the issuer's word. It has been checked against its AReq. */
export function aresOutcome(areq: AReq, ares: ARes): Outcome {
  const facts = aresFacts(ares);
  if (ares.transStatus === 'C') {
    return { next: 'challenge', facts: { ...facts, challengeRequest: challengeRequest(areq, ares) } };
  }
  // A non-payment may come without a status: no word of the issuer, so never a success.
  const undecided = ares.transStatus === undefined || ares.transStatus === 'U';
  return { next: 'final', facts, ...(undecided ? { failure: 'ares_status' as const } : {}) };
}

function aresFacts(ares: ARes): Facts {
  return defined<Facts>({
    resultSource: 'ARes',
    dsTransactionId: ares.dsTransID,
    dsReferenceNumber: ares.dsReferenceNumber,
    acs: defined({
      transactionId: ares.acsTransID,
      referenceNumber: ares.acsReferenceNumber,
      operatorId: ares.acsOperatorID,
      url: ares.acsURL,
      challengeMandated: ares.acsChallengeMandated === undefined ? undefined : ares.acsChallengeMandated === 'Y',
      authenticationType: ares.authenticationType,
    }),
    transStatus: ares.transStatus,
    transStatusReason: ares.transStatusReason,
    eci: ares.eci,
    authenticationValue: ares.authenticationValue === undefined ? undefined : new Secret(ares.authenticationValue),
    cardholderInfo: ares.cardholderInfo,
    whiteListStatus: ares.whiteListStatus,
    whiteListStatusSource: ares.whiteListStatusSource,
  });
}

function challengeRequest(areq: AReq, ares: ARes): string {
  const creq: CReq = {
    messageType: 'CReq',
    messageVersion: areq.messageVersion,
    threeDSServerTransID: areq.threeDSServerTransID,
    acsTransID: ares.acsTransID,
    challengeWindowSize: CHALLENGE_WINDOW_SIZE,
  };
  return encodeMessage(creq);
}

/** An attempt that ends without an issuer's word because the exchange of AReq and ARes failed. */
export function aresFailure(error: ErrorFacts): Outcome {
  return { next: 'final', facts: { error }, failure: 'ares_error' };
}

/** The fields of a received Erro; what its sender wrote freely is masked. */
export function errorFacts(erro: Erro): ErrorFacts {
  return defined({
    code: erro.errorCode,
    component: erro.errorComponent,
    description: maskedText(erro.errorDescription),
    detail: maskedText(erro.errorDetail),
    messageType: erro.errorMessageType,
  });
}

/** A message that we found wrong. */
export function protocolErrorFacts(error: ProtocolError): ErrorFacts {
  return defined({
    code: error.code,
    component: error.component,
    description: error.description,
    detail: error.detail,
    messageType: error.messageType,
  });
}

/** The ids of the attempt's ARes, or of the RReq that came before it, as far as known: for comparing with an RReq. */
export function knownIds({ facts }: Pick<Attempt, 'facts'>): { dsTransID?: string; acsTransID?: string } {
  return defined({ dsTransID: facts.dsTransactionId, acsTransID: facts.acs?.transactionId });
}

/** The object without its undefined members: facts are merged, and an absent member says nothing. */
export function defined<T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
