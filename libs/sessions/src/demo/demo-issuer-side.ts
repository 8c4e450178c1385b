/** What connectors would have learned of a made-up session: facts, and the messages as they are kept. Pure. */
import type { BrowserData, Exchange, Facts, LearnedStep, TransStatus } from '@app/authentication-port';
import { currencyOf, Secret } from '@app/kernel';
import type { Session } from '../domain/session';
import type { Chance } from './chance';
import type { DemoIssuer } from './demo-cast';

/** What the issuer side of one session is called throughout. */
export interface IssuerSide {
  readonly issuer: DemoIssuer;
  readonly dsTransactionId: string;
  readonly acsTransactionId: string;
}

/** What an answer says beside its letter. */
export interface Answer {
  readonly letter: TransStatus;
  readonly reason?: string;
  readonly challengeCancel?: string;
  readonly cardholderInfo?: string;
}

const MASTERCARD_ECI: Partial<Record<TransStatus, string>> = { Y: '02', A: '01' };
const GENERAL_ECI: Partial<Record<TransStatus, string>> = { Y: '05', A: '06' };
/** As `Pan` shows a number, for one that never was. */
const maskedNumber = ({ bin, digits }: DemoIssuer, lastFour: string): string =>
  bin + '*'.repeat(digits - bin.length - lastFour.length) + lastFour;

const eciOf = ({ scheme }: DemoIssuer, letter: TransStatus): string | undefined =>
  (scheme === 'mastercard' ? MASTERCARD_ECI : GENERAL_ECI)[letter];

/** First bytes of the values (emv-3ds.md section 3.7): Mastercard's begin with `k` or `j` in base64, the others have a status byte. */
const VALUE_HEADS: Partial<Record<TransStatus, { mastercard: number; general: number }>> = {
  Y: { mastercard: 0x90, general: 0x02 },
  A: { mastercard: 0x8c, general: 0x07 },
};

/** Twenty bytes as a value has them; who decodes it reads that it proves nothing. */
function valueOf({ scheme }: DemoIssuer, letter: TransStatus): Secret | undefined {
  const heads = VALUE_HEADS[letter];
  if (heads === undefined) return undefined;
  const head = scheme === 'mastercard' ? heads.mastercard : heads.general;
  return new Secret(Buffer.from([head, ...Buffer.from('DEMO, NO REAL VALUE')]).toString('base64'));
}

const defined = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

/** What an answer to the request teaches. A directory server that stands in names itself twice (A). */
export function answerFacts(side: IssuerSide, answer: Answer, session: Session): Facts {
  const { issuer, dsTransactionId } = side;
  const isStandIn = answer.letter === 'A';
  const asksForChallenge = answer.letter === 'C';
  return defined<Facts>({
    resultSource: 'ARes',
    dsTransactionId,
    dsReferenceNumber: 'DEMO_DS_020200_00001',
    acs: defined<NonNullable<Facts['acs']>>({
      transactionId: isStandIn ? dsTransactionId : side.acsTransactionId,
      referenceNumber: issuer.acsReference,
      operatorId: issuer.operatorId,
      url: asksForChallenge ? CHALLENGE_URL : undefined,
      challengeMandated: asksForChallenge ? true : undefined,
      authenticationType: asksForChallenge ? '02' : undefined,
    }),
    transStatus: answer.letter,
    transStatusReason: answer.reason,
    eci: eciOf(issuer, answer.letter),
    authenticationValue: valueOf(issuer, answer.letter),
    cardholderInfo: answer.cardholderInfo,
    challengeRequest: asksForChallenge ? challengeRequest(side, session) : undefined,
  });
}

/** What a result request teaches. */
export function resultFacts(side: IssuerSide, answer: Answer, session: Session, interactions: number): Facts {
  return defined<Facts>({
    resultSource: 'RReq',
    dsTransactionId: side.dsTransactionId,
    acs: session.attempt.facts.acs,
    transStatus: answer.letter,
    transStatusReason: answer.reason,
    eci: eciOf(side.issuer, answer.letter),
    authenticationValue: valueOf(side.issuer, answer.letter),
    challengeCancel: answer.challengeCancel,
    interactionCounter: String(interactions).padStart(2, '0'),
    resultsStatus: '01',
  });
}

const CHALLENGE_URL = 'https://acs.example/challenge';

function challengeRequest(side: IssuerSide, { attempt }: Session): string {
  const creq = {
    messageType: 'CReq',
    messageVersion: attempt.protocolVersion,
    threeDSServerTransID: attempt.transactionId,
    acsTransID: side.acsTransactionId,
    challengeWindowSize: '05',
  };
  return Buffer.from(JSON.stringify(creq)).toString('base64url');
}

/** The three ids that every message of a transaction carries. */
const idsOf = (side: IssuerSide, { attempt }: Session): Record<string, string> => ({
  messageVersion: attempt.protocolVersion,
  threeDSServerTransID: attempt.transactionId,
  dsTransID: side.dsTransactionId,
  acsTransID: side.acsTransactionId,
});

/** The answer to a request, by the connector that asked; `problem` in place of one that never came. */
export function askingExchanges(
  side: IssuerSide,
  session: Session,
  times: { readonly sentAt: Date; readonly at: Date },
  facts: Facts | null,
  problem?: string,
): Exchange[] {
  const latencyMs = times.at.getTime() - times.sentAt.getTime();
  const isNative = session.attempt.connector === 'emv3ds';
  const messageType = isNative ? 'AReq' : 'POST /sessions';
  const sent: Exchange = {
    direction: 'sent',
    messageType,
    at: times.sentAt,
    body: isNative ? areq(side, session, times.sentAt) : upstreamRequest(side, session),
  };
  const received = { direction: 'received', at: times.at, latencyMs } as const;
  if (facts === null) {
    return [
      sent,
      { ...received, messageType: isNative ? 'none' : messageType, body: null, problem: problem ?? 'no answer' },
    ];
  }
  if (!isNative) {
    const body = upstreamSession(side, session, facts);
    return [sent, { ...received, messageType: 'POST /sessions 201', body }];
  }
  return [sent, { ...received, messageType: 'ARes', body: ares(side, session, facts) }];
}

/** How a result came: pushed by the directory server, or fetched from the upstream. */
export function resultExchanges(side: IssuerSide, session: Session, at: Date, facts: Facts): Exchange[] {
  if (session.attempt.connector !== 'emv3ds') {
    const body = upstreamSession(side, session, facts);
    const sentAt = new Date(at.getTime() - 120);
    return [
      { direction: 'sent', messageType: 'GET /sessions/{id}', at: sentAt, body: null },
      { direction: 'received', messageType: 'GET /sessions/{id} 200', at, latencyMs: 120, body },
    ];
  }
  const ids = idsOf(side, session);
  const rreq = defined<Record<string, unknown>>({
    messageType: 'RReq',
    ...ids,
    messageCategory: '01',
    transStatus: facts.transStatus,
    transStatusReason: facts.transStatusReason,
    eci: facts.eci,
    authenticationValue: facts.eci === undefined ? undefined : '[masked]',
    authenticationType: '02',
    challengeCancel: facts.challengeCancel,
    interactionCounter: facts.interactionCounter,
  });
  return [
    { direction: 'received', messageType: 'RReq', at, body: rreq },
    { direction: 'sent', messageType: 'RRes', at, body: { messageType: 'RRes', ...ids, resultsStatus: '01' } },
  ];
}

/** An error message of the issuer side in place of an answer. */
export function errorExchanges(
  side: IssuerSide,
  session: Session,
  times: { readonly sentAt: Date; readonly at: Date },
  error: NonNullable<Facts['error']>,
): Exchange[] {
  const [sent] = askingExchanges(side, session, times, null);
  const { acsTransID: _notReached, ...ids } = idsOf(side, session);
  const body = {
    messageType: 'Erro',
    ...ids,
    errorCode: error.code,
    errorComponent: error.component,
    errorDescription: error.description,
    errorDetail: error.detail,
    errorMessageType: error.messageType,
  };
  const latencyMs = times.at.getTime() - times.sentAt.getTime();
  const received: Exchange = { direction: 'received', messageType: 'Erro', at: times.at, latencyMs, body };
  return sent === undefined ? [received] : [sent, received];
}

function areq({ issuer }: IssuerSide, session: Session, at: Date): Record<string, unknown> {
  const { attempt, device, lastFour, amountMinor, methodCompletion } = session;
  const currency = currencyOf(session.currency);
  return {
    messageType: 'AReq',
    messageVersion: attempt.protocolVersion,
    messageCategory: '01',
    deviceChannel: '02',
    threeDSServerTransID: attempt.transactionId,
    threeDSCompInd: methodCompletion ?? 'U',
    threeDSRequestorAuthenticationInd: '01',
    threeDSRequestorChallengeInd: '01',
    acctNumber: maskedNumber(issuer, lastFour ?? ''),
    acctType: '02',
    cardExpiryDate: '[masked]',
    purchaseAmount: String(amountMinor),
    purchaseCurrency: currency?.numeric,
    purchaseExponent: currency === null ? undefined : String(currency.exponent),
    purchaseDate: at.toISOString().replace(/\D/g, '').slice(0, 14),
    transType: '01',
    ...(device?.channel === 'browser' ? browserFields(device.browser) : {}),
  };
}

const browserFields = (browser: BrowserData): Record<string, unknown> => ({
  browserAcceptHeader: browser.acceptHeader,
  browserIP: '[masked]',
  browserJavaEnabled: false,
  browserJavascriptEnabled: browser.javascriptEnabled,
  browserLanguage: browser.language,
  browserColorDepth: browser.colorDepth,
  browserScreenHeight: browser.screenHeight,
  browserScreenWidth: browser.screenWidth,
  browserTZ: browser.timezone,
  browserUserAgent: browser.userAgent,
});

const ares = (side: IssuerSide, session: Session, facts: Facts): Record<string, unknown> =>
  defined<Record<string, unknown>>({
    messageType: 'ARes',
    ...idsOf(side, session),
    acsTransID: facts.acs?.transactionId,
    acsReferenceNumber: facts.acs?.referenceNumber,
    acsOperatorID: facts.acs?.operatorId,
    dsReferenceNumber: facts.dsReferenceNumber,
    acsChallengeMandated: facts.transStatus === 'C' ? 'Y' : undefined,
    acsURL: facts.acs?.url,
    authenticationType: facts.acs?.authenticationType,
    transStatus: facts.transStatus,
    transStatusReason: facts.transStatusReason,
    eci: facts.eci,
    authenticationValue: facts.eci === undefined ? undefined : '[masked]',
    cardholderInfo: facts.cardholderInfo,
  });

const upstreamRequest = ({ issuer }: IssuerSide, session: Session): Record<string, unknown> => ({
  source: {
    type: 'card',
    number: maskedNumber(issuer, session.lastFour ?? ''),
    expiry_month: '[masked]',
    expiry_year: '[masked]',
  },
  amount: session.amountMinor,
  currency: session.currency,
  reference: session.reference,
  completion: { type: 'non_hosted' },
});

const upstreamSession = (side: IssuerSide, session: Session, facts: Facts): Record<string, unknown> =>
  defined<Record<string, unknown>>({
    transaction_id: session.attempt.transactionId,
    scheme: side.issuer.scheme,
    amount: session.amountMinor,
    currency: session.currency,
    reference: session.reference ?? undefined,
    protocol_version: session.attempt.protocolVersion,
    response_code: facts.transStatus,
    eci: facts.eci,
    cryptogram: facts.eci === undefined ? undefined : '[masked]',
    ds: { transaction_id: side.dsTransactionId },
    acs: { transaction_id: facts.acs?.transactionId, reference_number: facts.acs?.referenceNumber },
  });

/** A step with what was learned. */
export function learned(
  next: LearnedStep['next'],
  facts: Facts,
  exchanges: readonly Exchange[],
  more: Partial<LearnedStep> = {},
): LearnedStep {
  return { next, facts, state: {}, exchanges, ...more };
}

const USER_AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
];
const LANGUAGES = ['en-GB', 'de-CH', 'fr-FR', 'en-US', 'ja-JP'];

/** Somebody's browser; its address is one of those that documentation is written with. */
export function aCardholdersBrowser(chance: Chance): BrowserData {
  return {
    acceptHeader: 'text/html,application/xhtml+xml',
    javaEnabled: false,
    javascriptEnabled: true,
    language: chance.pick(LANGUAGES),
    colorDepth: '24',
    screenHeight: chance.pick(['844', '915', '1080', '1440']),
    screenWidth: chance.pick(['390', '412', '1920', '2560']),
    timezone: chance.pick(['-60', '-120', '0', '300', '-540']),
    userAgent: chance.pick(USER_AGENTS),
    ipAddress: `203.0.113.${chance.between(1, 254)}`,
  };
}
