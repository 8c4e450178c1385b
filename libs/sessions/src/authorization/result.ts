import type { Secret, Scheme } from '@app/kernel';
import type { TransStatus } from '@app/authentication-port';
import { AUTHENTICATION_VALUE_HOURS, minutesAfter } from '../domain/deadlines';
import type { KnownFacts } from '../domain/facts';
import { responseCode, responseReason } from '../domain/response-code';
import type { Session } from '../domain/session';

/**
 * What an authentication that may be authorized has proved, in our own words: what every gateway's shape is made of.
 * Absent means that the issuer side did not say it.
 */
export interface AuthenticationResult {
  scheme: Scheme;
  category: 'payment' | 'non_payment';
  /** For example `2.2.0`. */
  version: string;
  threeDsServerTransactionId: string;
  dsTransactionId?: string;
  /** What an upstream says to authorize with; by protocol the directory server's transaction id. */
  xid?: string;
  acsTransactionId?: string;
  /** CAVV or AAV, base64, in clear. */
  authenticationValue?: string;
  /** As the directory server said it: two characters. */
  eci?: string;
  /** The letter that decided. */
  transStatus?: TransStatus;
  transStatusReason?: string;
  /** The letter of the ARes: C where a challenge followed, whatever came of it. */
  aresTransStatus?: TransStatus;
  challenged: boolean;
  challengeCancel?: string;
  /** How the cardholder was authenticated (EMV authenticationType). */
  authenticationType?: string;
  trustedListStatus?: string;
  trustedListSource?: string;
  dsReferenceNumber?: string;
  acsReferenceNumber?: string;
  acsOperatorId?: string;
  /** The contract's `authentication_date`: what an upstream says, else when the session was made. */
  authenticatedAt: Date;
  amountMinor: number;
  /** An exemption that the issuer side acknowledged. */
  exemption?: Exemption;
  /** What only Cartes Bancaires says, in its message extensions. */
  cartesBancaires: CartesBancaires;
  /** `sid_…` at an upstream of our own contract. */
  upstreamSessionId?: string;
}

export type Exemption = 'low_value' | 'transaction_risk_assessment' | 'trusted_listing';

/** CB-AVALGO (one character), CB-SCORE (0 to 99), CB-EXEMPTION (three bytes in base64); emv-3ds.md section 3.8. */
export interface CartesBancaires {
  algorithm?: string;
  score?: number;
  exemption?: string;
}

/** As the contract writes an instant; the session shows no other form either. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/;

const EXEMPTIONS: Readonly<Record<string, Exemption>> = {
  low_value: 'low_value',
  transaction_risk_assessment: 'transaction_risk_assessment',
  trusted_listing: 'trusted_listing',
};

/** The result of a session that was approved or attempted, with its authentication value while it may be read. */
export function resultOf(session: Session, value: Secret | null): AuthenticationResult {
  const { attempt, details } = session;
  const { facts } = attempt;
  const challenged = session.challenged ?? false;
  const transStatus = responseCode(session);
  return present({
    scheme: attempt.scheme,
    category: details.purchase.authenticationCategory,
    version: attempt.protocolVersion,
    threeDsServerTransactionId: attempt.transactionId,
    dsTransactionId: facts.dsTransactionId,
    xid: textIn(facts.upstream?.members, 'xid') ?? facts.dsTransactionId,
    acsTransactionId: facts.acs?.transactionId,
    authenticationValue: value?.expose(),
    eci: facts.eci,
    transStatus,
    transStatusReason: responseReason(session),
    aresTransStatus: challenged ? 'C' : transStatus,
    challenged,
    challengeCancel: facts.challengeCancel,
    authenticationType: facts.acs?.authenticationType,
    trustedListStatus: facts.whiteListStatus,
    trustedListSource: facts.whiteListStatusSource,
    dsReferenceNumber: facts.dsReferenceNumber,
    acsReferenceNumber: facts.acs?.referenceNumber,
    acsOperatorId: facts.acs?.operatorId,
    authenticatedAt: dateIn(facts.upstream?.members, 'authentication_date') ?? session.createdAt,
    amountMinor: session.amountMinor,
    exemption: exemptionOf(session),
    cartesBancaires: cartesBancairesOf(facts),
    upstreamSessionId: facts.upstream?.sessionId,
  });
}

/** Until when the result of a session can be read: not included. */
export function readableUntil(session: Pick<Session, 'createdAt'>): Date {
  return minutesAfter(session.createdAt, AUTHENTICATION_VALUE_HOURS * 60);
}

/**
 * An upstream names what was applied. By protocol the letter I acknowledges the challenge indicator of the request, of which
 * the risk analysis (05) is the only exemption (emv-3ds.md section 3.1).
 */
function exemptionOf({ attempt, details }: Session): Exemption | undefined {
  const applied = textIn(attempt.facts.upstream?.members?.['exemption'], 'applied');
  if (applied !== undefined) return EXEMPTIONS[applied];
  const asked = details.purchase.challengeIndicator;
  return attempt.facts.transStatus === 'I' && asked === 'transaction_risk_assessment' ? asked : undefined;
}

function cartesBancairesOf({ upstream }: KnownFacts): CartesBancaires {
  const scheme = upstream?.members?.['scheme_info'];
  const score = textIn(scheme, 'score');
  const algorithm = textIn(scheme, 'avalgo');
  const exemption = textIn(upstream?.members?.['exemption'], 'code');
  return present({
    algorithm: algorithm !== undefined && /^[0-4A]$/.test(algorithm) ? algorithm : undefined,
    score: score !== undefined && /^\d{1,2}$/.test(score) ? Number(score) : undefined,
    exemption: exemption !== undefined && /^[A-Za-z0-9+/]{4}$/.test(exemption) ? exemption : undefined,
  });
}

/** A member that an upstream wrote as text or as a number, as text. */
function textIn(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const member = (value as Readonly<Record<string, unknown>>)[name];
  return typeof member === 'string' || typeof member === 'number' ? String(member) : undefined;
}

function dateIn(value: unknown, name: string): Date | undefined {
  const told = textIn(value, name) ?? '';
  const date = new Date(INSTANT.test(told) ? told : NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Without members that are undefined. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
