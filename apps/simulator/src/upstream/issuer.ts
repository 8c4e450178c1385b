/** The issuer side of an upstream session: what an AReq brings, and what the result of a challenge means. Pure. */
import { encodeMessage, type RReq } from '@app/emv3ds';
import { cardholderInfoOf, decide, proofOf } from '../acs/decision';
import type { Settlement } from './account-request';
import type { Json, Outcome, UpstreamSession, UpstreamStatus } from './session';

/** The EMV indicators that change what the issuer does (emv-3ds.md section 3.3). */
const CHALLENGE_INDICATORS: Readonly<Record<string, string>> = { challenge_requested_mandate: '04', data_share: '06' };

const STATUS: Readonly<Record<string, UpstreamStatus>> = {
  Y: 'approved',
  A: 'attempted',
  I: 'attempted',
  N: 'declined',
  R: 'rejected',
  U: 'unavailable',
};

/** `challengeCancel` in the words of sessions-api.md section 6.3. */
const CANCEL_REASONS: Readonly<Record<string, string>> = {
  '01': 'cardholder_cancel',
  '03': 'transaction_timed_out',
  '04': 'challenge_timed_out',
  '05': 'transaction_timed_out',
  '06': 'transaction_error',
  '07': 'unknown',
  '08': 'sdk_timed_out',
};
/** A challenge that ended so was left, not lost; the others are technical. */
const ABANDONED: ReadonlySet<string> = new Set(['01', '03', '04', '05', '08']);

/** Asks the issuer. `acsUrl` is where a browser would be challenged. */
export function authenticate(session: UpstreamSession, acsUrl: string): Outcome {
  if (session.channel === 'app' && !session.readableAppData) {
    return { status: 'unavailable', responseCode: 'U', statusReason: 'ares_status', responseStatusReason: '22' };
  }
  const indicator = CHALLENGE_INDICATORS[String(session.request['challenge_indicator'])];
  const decision = decide(session.behaviour, indicator);
  if (decision.kind === 'error') {
    const error_details = {
      error_code: '403',
      error_component: 'A',
      error_description: 'Transient System Failure',
      error_detail: 'The issuer could not be reached',
    };
    return { status: 'unavailable', responseCode: 'U', statusReason: 'ares_error', threeDs: { error_details } };
  }
  if (decision.kind === 'challenge') {
    // Nobody is there to be challenged (emv-3ds.md section 1.7): 3RI is not supported for this card.
    if (session.channel === 'merchant_initiated') return resultOf(session, 'U', '21', 'ares_status');
    return challengeOf(session, decision.mandated, acsUrl);
  }
  return resultOf(session, decision.transStatus, decision.reason, 'ares_status');
}

/** What a result request from the ACS makes of a challenged session. */
export function settle(session: UpstreamSession, rreq: RReq): Outcome {
  const { transStatus = 'U', challengeCancel, transStatusReason, interactionCounter } = rreq;
  const cancel = challengeCancel === undefined ? undefined : CANCEL_REASONS[challengeCancel];
  const base = resultOf(session, transStatus, transStatusReason, 'rreq_status');
  const abandoned = challengeCancel !== undefined && ABANDONED.has(challengeCancel);
  return {
    ...base,
    ...(abandoned ? { status: 'challenge_abandoned' as const } : {}),
    challenged: true,
    acs: {
      ...session.outcome.acs,
      ...(cancel === undefined
        ? {}
        : { challenge_cancel_reason: cancel, challenge_cancel_reason_code: challengeCancel }),
    },
    ...(rreq.eci === undefined ? {} : { eci: rreq.eci }),
    ...(rreq.authenticationValue === undefined ? {} : { cryptogram: rreq.authenticationValue }),
    threeDs: {
      ...session.outcome.threeDs,
      ...(interactionCounter === undefined ? {} : { interaction_counter: interactionCounter }),
    },
  };
}

/** A result request that could not be read: no result, and no success. */
export function settleUnreadable(session: UpstreamSession, errorDetails: Json): Outcome {
  const base = resultOf(session, 'U', undefined, 'rreq_error');
  const threeDs = { ...session.outcome.threeDs, error_details: errorDetails };
  return { ...base, challenged: true, threeDs, ...(session.outcome.acs ? { acs: session.outcome.acs } : {}) };
}

/** An end, or `processing`, that control asks for. */
export function forced(session: UpstreamSession, status: Settlement): Outcome {
  const before = session.outcome;
  if (status === 'processing') return { status };
  const challenged = before.status === 'challenged';
  const acs = before.acs ? { acs: before.acs } : {};
  if (status === 'expired') return { status, ...acs };
  if (status === 'challenge_abandoned') {
    return { ...resultOf(session, 'N', '26', 'rreq_status'), status, challenged: true, ...acs };
  }
  const reason = status === 'declined' ? '01' : status === 'rejected' ? '11' : undefined;
  const source = challenged ? 'rreq_status' : 'ares_status';
  return { ...resultOf(session, LETTERS[status], reason, source), challenged, ...acs };
}

const LETTERS = { approved: 'Y', attempted: 'A', declined: 'N', rejected: 'R', unavailable: 'U' } as const;

function resultOf(
  session: UpstreamSession,
  transStatus: string,
  reason: string | undefined,
  unavailableReason: string,
): Outcome {
  const letter = transStatus in STATUS ? (transStatus as 'Y' | 'A' | 'I' | 'N' | 'R' | 'U') : 'U';
  const { eci, authenticationValue } = proofOf(session, letter);
  const cardholderInfo = cardholderInfoOf(letter);
  return {
    status: STATUS[letter] ?? 'unavailable',
    responseCode: letter,
    challenged: false,
    acs: acsOf(session),
    eci,
    ...(letter === 'Y' || reason === undefined ? {} : { responseStatusReason: reason }),
    ...(letter === 'U' ? { statusReason: unavailableReason } : {}),
    ...(authenticationValue === undefined ? {} : { cryptogram: authenticationValue }),
    ...(cardholderInfo === undefined ? {} : { cardholderInfo }),
  };
}

function challengeOf(session: UpstreamSession, mandated: boolean, acsUrl: string): Outcome {
  const acs = { ...acsOf(session), challenge_mandated: mandated, authentication_type: '02' };
  if (session.channel === 'app') {
    // A JWS in shape only: no app of ours checks it.
    const content = {
      acsTransID: session.acsTransactionId,
      acsURL: acsUrl,
      acsEphemPubKey: { kty: 'EC', crv: 'P-256' },
    };
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed_content = `${part({ alg: 'ES256' })}.${part(content)}.c2lnbmF0dXJl`;
    return {
      status: 'challenged',
      responseCode: 'C',
      acs: { ...acs, signed_content, interface: 'native_ui', ui_template: 'text' },
    };
  }
  const challenge_request = encodeMessage({
    messageType: 'CReq',
    messageVersion: '2.2.0',
    threeDSServerTransID: session.transactionId,
    acsTransID: session.acsTransactionId,
    challengeWindowSize: '03',
  });
  return { status: 'challenged', responseCode: 'C', acs: { ...acs, url: acsUrl }, threeDs: { challenge_request } };
}

function acsOf(session: UpstreamSession): Json {
  return {
    reference_number: '3DS_LOA_ACS_CSGN_020200_SIM',
    transaction_id: session.acsTransactionId,
    operator_id: 'COUNTERSIGN-SIMULATOR',
    challenge_mandated: false,
  };
}
