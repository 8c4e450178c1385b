/** The enumerations of the specification as tables: code to meaning (emv-3ds.md sections 3 and 4.1). */
import type { Scheme } from '@app/kernel';

/** Meaning of each error code (section 4.1). Receivers accept codes outside this table. */
export const ERROR_CODES: Readonly<Record<string, string>> = {
  101: 'Message received invalid',
  102: 'Message version number not supported',
  103: 'Sent messages limit exceeded',
  201: 'Required data element missing',
  202: 'Critical message extension not recognised',
  203: 'Format of one or more data elements is invalid according to the specification',
  204: 'Duplicate data element',
  205: 'Card range overlap',
  206: 'Invalid action indicator for the card range',
  207: 'Reserved value used',
  301: 'Transaction ID not recognised',
  302: 'Data decryption failure',
  303: 'Access denied, invalid endpoint',
  304: 'ISO code not valid',
  305: 'Transaction data not valid',
  306: 'Merchant category code not valid for the payment system',
  307: 'Serial number not valid',
  308: 'Signature verification failure',
  309: 'Content security policy failure',
  310: 'Unsupported cryptographic algorithm',
  311: 'Key identifier not recognised',
  312: 'Duplicate RReq message',
  313: 'RReq message without a challenge',
  314: 'Multiple CReq messages not supported',
  315: 'CReq message after the RReq message',
  402: 'Transaction timed out',
  403: 'Transient system failure',
  404: 'Permanent system failure',
  405: 'System connection failure',
};

/** Meaning of each `transStatus` (section 3.1). */
export const TRANS_STATUSES = {
  Y: 'authenticated',
  N: 'not authenticated',
  U: 'could not be performed',
  A: 'attempt proved',
  C: 'challenge required',
  R: 'rejected, do not authorise',
  D: 'challenge by decoupled authentication',
  I: 'informational, challenge preference acknowledged',
} as const;

/** The values of `transStatus` that each message may carry in 2.2.0 (section 3.1). */
export const TRANS_STATUS_BY_MESSAGE = {
  ARes: ['Y', 'N', 'U', 'A', 'C', 'R', 'D', 'I'],
  RReq: ['Y', 'N', 'U', 'A', 'R'],
  CRes: ['Y', 'N'],
} as const;

/** Meaning of each `transStatusReason` of EMVCo; 80 to 99 belong to the directory servers (section 3.2). */
export const TRANS_STATUS_REASONS: Readonly<Record<string, string>> = {
  '01': 'card authentication failed',
  '02': 'unknown device',
  '03': 'unsupported device',
  '04': 'exceeds authentication frequency limit',
  '05': 'expired card',
  '06': 'invalid card number',
  '07': 'invalid transaction',
  '08': 'no card record',
  '09': 'security failure',
  '10': 'stolen card',
  '11': 'suspected fraud',
  '12': 'transaction not permitted to cardholder',
  '13': 'cardholder not enrolled in service',
  '14': 'transaction timed out at the ACS',
  '15': 'low confidence',
  '16': 'medium confidence',
  '17': 'high confidence',
  '18': 'very high confidence',
  '19': 'exceeds ACS maximum challenges',
  '20': 'non-payment transaction not supported',
  '21': '3RI transaction not supported',
  '22': 'ACS technical issue',
  '23': 'decoupled authentication required by ACS but not requested',
  '24': 'decoupled maximum expiry time exceeded',
  '25': 'decoupled authentication was provided insufficient time',
  '26': 'authentication attempted but not performed by the cardholder',
  '27': 'preferred authentication method not supported',
  '28': 'content security policy check failed',
  '29': 'decoupled fallback',
  '30': 're-initiate decoupled authentication',
};

/** Challenge window sizes in CSS pixels; `null` is the whole screen (section 3.4). */
export const WINDOW_SIZES: Readonly<Record<string, { width: number; height: number } | null>> = {
  '01': { width: 250, height: 400 },
  '02': { width: 390, height: 400 },
  '03': { width: 500, height: 600 },
  '04': { width: 600, height: 400 },
  '05': null,
};

/** Meaning of each `challengeCancel` (section 3.4); 80 to 99 belong to the directory servers. */
export const CHALLENGE_CANCELS: Readonly<Record<string, string>> = {
  '01': 'cardholder selected cancel',
  '03': 'decoupled authentication timed out',
  '04': 'timed out at the ACS',
  '05': 'first challenge request never came',
  '06': 'transaction error',
  '07': 'unknown',
  '08': 'timed out at the SDK',
  '09': 'error in response to the challenge response',
  '10': 'error in response to the challenge request',
};

/** Meaning of each `authenticationType` (section 3.4). */
export const AUTHENTICATION_TYPES: Readonly<Record<string, string>> = {
  '01': 'static',
  '02': 'dynamic',
  '03': 'out of band',
  '04': 'decoupled',
};

/** Meaning of each `resultsStatus` (section 3.4). */
export const RESULTS_STATUSES: Readonly<Record<string, string>> = {
  '01': 'result received',
  '02': 'challenge request not sent, requestor declined',
  '03': 'challenge not delivered to the requestor',
};

/** What an issuer can decide, as far as the ECI tells it apart. */
export type EciOutcome = 'authenticated' | 'attempted' | 'none' | 'informational';

const GENERAL_ECI = { authenticated: '05', attempted: '06', none: '07', informational: '07' } as const;
const MASTERCARD_ECI = { authenticated: '02', attempted: '01', none: '00', informational: '06' } as const;

/** The ECI of a payment per scheme and outcome (section 3.6). Cartes Bancaires uses the series of its co-badge. */
export const ECI_BY_SCHEME: Readonly<
  Record<Exclude<Scheme, 'cartes_bancaires'>, Readonly<Record<EciOutcome, string>>>
> = {
  visa: GENERAL_ECI,
  mastercard: MASTERCARD_ECI,
  amex: GENERAL_ECI,
  jcb: GENERAL_ECI,
  diners: GENERAL_ECI,
  discover: GENERAL_ECI,
};
