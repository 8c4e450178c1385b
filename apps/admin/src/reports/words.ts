import type { ListFilter } from '../providers/list-query';
import {
  CHANNEL_NAMES,
  CONNECTOR_NAMES,
  FLOW_NAMES,
  LIABILITY_WORDS,
  SCHEME_NAMES,
  STATUS_WORDS,
  TRANS_STATUS_REASONS,
  TRANS_STATUSES,
  wordFor,
} from '../sessions/words';

/** Data only (transStatus I) ends attempted as well, and is counted apart. */
const ATTEMPTED: ListFilter = { status: ['attempted'], trans_status: ['A'] };

/** How the rows that a count counts are found in the list of sessions; what is not here cannot be asked of it. */
export const ROWS_OF_COUNT: Readonly<Record<string, ListFilter>> = {
  sessions: {},
  open: { status: ['pending', 'processing', 'challenged'] },
  refused: { is_refused: true },
  approved: { status: ['approved'] },
  attempted: ATTEMPTED,
  declined: { status: ['declined'] },
  rejected: { status: ['rejected'] },
  unavailable: { status: ['unavailable'] },
  challenge_abandoned: { status: ['challenge_abandoned'] },
  expired: { status: ['expired'] },
  data_only: { trans_status: ['I'] },
  liability_shifted: { liability_shift: ['yes'] },
};

/** The rows of a rate's numerator; what is not here cannot be asked of the list of sessions. */
export const ROWS_OF_RATE: Readonly<Record<string, ListFilter>> = {
  authentication: { status: ['approved', 'attempted'], trans_status: ['Y', 'A'] },
  full_authentication: { status: ['approved'] },
  challenge_abandonment: { status: ['challenge_abandoned'] },
  attempts: ATTEMPTED,
  issuer_decline: { status: ['declined', 'rejected'] },
  liability_shift: { liability_shift: ['yes'] },
};

const labels = (words: Readonly<Record<string, { readonly label: string }>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(words).map(([value, { label }]) => [value, label]));

const withCode = (names: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).map(([code, name]) => [code, `${code} · ${name}`]));

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  connector: CONNECTOR_NAMES,
  scheme: SCHEME_NAMES,
  status: labels(STATUS_WORDS),
  verdict: labels(LIABILITY_WORDS),
  flow: FLOW_NAMES,
  device_channel: CHANNEL_NAMES,
  trans_status: withCode(TRANS_STATUSES),
  reason: withCode(TRANS_STATUS_REASONS),
  failed_component: { C: '3DS SDK', S: '3DS Server', D: 'Directory server', A: 'ACS' },
};

/** A dimension's value in words. */
export function valueWords(by: string, value: string | null): string {
  if (value === null) return 'Unknown';
  const known = NAMES[by];
  return known === undefined ? value.replaceAll('_', ' ') : wordFor(known, value);
}

export const percent = (value: number | undefined): string =>
  value === undefined ? '–' : `${(value * 100).toFixed(1)} %`;

const NUMBER = new Intl.NumberFormat('en');
export const count = (value: number): string => NUMBER.format(value);
