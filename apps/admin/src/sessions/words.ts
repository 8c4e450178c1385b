import type { Tone } from '../theme/tokens';
import type { Advice, LiabilityShift, SessionLine, SessionStatus } from './types';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

/** A word, and one for where there is little room. */
interface LongWord extends Word {
  readonly short: string;
}

/** The states as they are called here, and what colour says them. */
export const STATUS_WORDS: Readonly<Record<SessionStatus, Word>> = {
  pending: { label: 'Pending', tone: 'neutral' },
  processing: { label: 'Processing', tone: 'info' },
  challenged: { label: 'Challenged', tone: 'busy' },
  approved: { label: 'Approved', tone: 'good' },
  attempted: { label: 'Attempted', tone: 'settled' },
  declined: { label: 'Declined', tone: 'bad' },
  rejected: { label: 'Rejected', tone: 'bad' },
  unavailable: { label: 'Unavailable', tone: 'warn' },
  challenge_abandoned: { label: 'Abandoned', tone: 'warn' },
  expired: { label: 'Expired', tone: 'neutral' },
};

export const LIABILITY_WORDS: Readonly<Record<LiabilityShift, LongWord>> = {
  yes: { label: 'Shifted to the issuer', short: 'Shifted', tone: 'good' },
  no: { label: 'Stays with the merchant', short: 'Not shifted', tone: 'bad' },
  unknown: { label: 'Not certain', short: 'Not certain', tone: 'warn' },
};

/** What the merchant can do next: what a verdict comes to. */
export const ADVICE_WORDS: Readonly<Record<Advice, string>> = {
  authorize: 'Authorize the payment',
  authorize_without_shift: 'Authorize, without liability shift',
  do_not_authorize: 'Do not authorize',
  retry_or_authorize_without_shift: 'Try again, or authorize at the merchant’s risk',
  retry: 'Try again',
};

export const SCHEME_NAMES: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  jcb: 'JCB',
  diners: 'Diners Club',
  discover: 'Discover',
};

/** Where there is little room. */
export const SHORT_SCHEME_NAMES: Readonly<Record<string, string>> = {
  ...SCHEME_NAMES,
  amex: 'Amex',
  cartes_bancaires: 'CB',
  diners: 'Diners',
};

export const CARD_TYPE_NAMES: Readonly<Record<NonNullable<SessionLine['card_type']>, string>> = {
  credit: 'Credit',
  debit: 'Debit',
  prepaid: 'Prepaid',
  charge: 'Charge',
  deferred_debit: 'Deferred debit',
};

export const CONNECTOR_NAMES: Readonly<Record<string, string>> = { emv3ds: '3DS Server', checkout: 'Checkout.com' };

export const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  browser: 'Browser',
  app: 'App',
  merchant_initiated: 'Merchant-initiated',
};

export const FLOW_NAMES: Readonly<Record<string, string>> = { hosted: 'Hosted', non_hosted: 'Non-hosted' };

export const CATEGORY_NAMES: Readonly<Record<string, string>> = { payment: 'Payment', non_payment: 'Non-payment' };

/** EMV 3DS transStatus. */
export const TRANS_STATUSES: Readonly<Record<string, string>> = {
  Y: 'Authenticated',
  A: 'Attempt proved',
  N: 'Not authenticated',
  R: 'Rejected',
  U: 'Could not be performed',
  C: 'Challenge required',
  D: 'Decoupled challenge',
  I: 'Informational',
};

/** EMV 3DS transStatusReason. */
export const TRANS_STATUS_REASONS: Readonly<Record<string, string>> = {
  '01': 'Card authentication failed',
  '02': 'Unknown device',
  '03': 'Unsupported device',
  '04': 'Exceeds authentication frequency limit',
  '05': 'Expired card',
  '06': 'Invalid card number',
  '07': 'Invalid transaction',
  '08': 'No card record',
  '09': 'Security failure',
  '10': 'Stolen card',
  '11': 'Suspected fraud',
  '12': 'Transaction not permitted to cardholder',
  '13': 'Cardholder not enrolled in service',
  '14': 'Transaction timed out at the ACS',
  '15': 'Low confidence',
  '16': 'Medium confidence',
  '17': 'High confidence',
  '18': 'Very high confidence',
  '19': 'Exceeds ACS maximum challenges',
  '20': 'Non-payment transaction not supported',
  '21': '3RI transaction not supported',
  '22': 'ACS technical issue',
  '23': 'Decoupled authentication required by ACS, not requested',
  '24': '3DS Requestor decoupled max expiry time exceeded',
  '25': 'Decoupled authentication had insufficient time',
  '26': 'Authentication attempted, not performed by the cardholder',
  '27': 'Preferred authentication method not supported',
  '28': 'Content security policy check failed',
  '29': 'Decoupled fallback',
  '30': 'Re-initiate decoupled authentication',
};

/** Diners is asked for at Discover's. */
export const SERVER_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SCHEME_NAMES).filter(([id]) => id !== 'diners'),
);

/** EMV 3DS errorComponent. */
export const COMPONENT_NAMES: Readonly<Record<string, string>> = {
  C: '3DS SDK',
  S: '3DS Server',
  D: 'Directory server',
  A: 'ACS',
};

/** What a browser says that it runs on. */
export const DEVICE_CLASSES: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  mobile: 'Mobile',
  tablet: 'Tablet',
};

export const BROWSER_FAMILIES: Readonly<Record<string, string>> = {
  Chrome: 'Chrome',
  Edge: 'Edge',
  Firefox: 'Firefox',
  Opera: 'Opera',
  Safari: 'Safari',
  other: 'Another one',
};

/** A known word, or the value itself where we have none. */
export const wordFor = (names: Readonly<Record<string, string>>, value: string): string => names[value] ?? value;

/** What a session counts as in reports, by the name of the count. */
export const COUNT_NAMES: Readonly<Record<string, string>> = {
  open: 'Open',
  awaiting: 'Awaiting an answer',
  submitted: 'Submitted',
  submitted_for_authentication: 'Submitted for authentication',
  not_submitted: 'Not submitted',
  refused: 'Turned away',
  frictionless: 'Frictionless',
  frictionless_for_authentication: 'Frictionless, for authentication',
  frictionless_succeeded: 'Frictionless success',
  failed_before_answer: 'Failed before an answer',
  challenge_requested: 'Challenge requested',
  challenge_shown: 'Challenge shown',
  challenge_completed: 'Challenge completed',
  challenge_succeeded: 'Challenge success',
  challenge_abandoned: 'Challenge abandoned',
  approved: 'Approved',
  attempted: 'Attempted',
  data_only: 'Data only',
  declined: 'Declined',
  rejected: 'Rejected',
  issuer_declined: 'Declined by the issuer',
  unavailable: 'Unavailable',
  expired: 'Expired',
  technical_failure: 'Technical failure',
  exemption_requested: 'Exemption requested',
  exemption_applied: 'Exemption applied',
  exemption_granted: 'Exemption granted',
  liability_shifted: 'Liability shifted',
  failed_over: 'Failed over',
  recovered_late: 'Settled late',
};

/** The parts of an authentication whose lengths reports tell. */
export const LEG_NAMES: Readonly<Record<string, string>> = {
  method_start: 'Created to method started',
  method: '3DS Method',
  request: 'Until the request',
  answer: 'Issuer’s answer',
  challenge_open: 'Challenge opened',
  first_input: 'First input',
  input_to_result: 'Input to result',
  challenge: 'Whole challenge',
  callback: 'Callback acknowledged',
  whole: 'Whole session',
};

/** Which way the issuer went; null where it was not asked, or did not answer. */
export function flowWords({
  challenged,
  trans_status: letter,
}: Pick<SessionLine, 'challenged' | 'trans_status'>): string | null {
  if (challenged === true) return 'Challenged';
  return challenged === null || letter === null ? null : 'Frictionless';
}
