import { countryWords } from '../format/country';
import { dateAndTime } from '../format/time';
import {
  CARD_TYPE_NAMES,
  CHANNEL_NAMES,
  COMPONENT_NAMES,
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

const labels = (words: Readonly<Record<string, { readonly label: string }>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(words).map(([value, { label }]) => [value, label]));

const withCode = (names: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).map(([code, name]) => [code, `${code} · ${name}`]));

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  connector: CONNECTOR_NAMES,
  scheme: SCHEME_NAMES,
  status: labels(STATUS_WORDS),
  verdict: labels(LIABILITY_WORDS),
  card_type: CARD_TYPE_NAMES,
  flow: FLOW_NAMES,
  device_channel: CHANNEL_NAMES,
  trans_status: withCode(TRANS_STATUSES),
  reason: withCode(TRANS_STATUS_REASONS),
  failed_component: COMPONENT_NAMES,
};

/** Whose values are ids, or names that others gave. */
const AS_IT_IS: ReadonlySet<string> = new Set(['channel', 'merchant', 'issuer', 'acs', 'acs_operator']);

/** A dimension's value in words. */
export function valueWords(by: string, value: string | null): string {
  if (value === null) return 'Unknown';
  if (AS_IT_IS.has(by)) return value;
  if (by === 'issuer_country') return countryWords(value);
  const known = NAMES[by];
  return known === undefined ? value.replaceAll('_', ' ') : wordFor(known, value);
}

export const percent = (value: number | undefined): string =>
  value === undefined ? '–' : `${(value * 100).toFixed(1)} %`;

const NUMBER = new Intl.NumberFormat('en');
export const count = (value: number): string => NUMBER.format(value);

/** When something begins and ends, for whoever compares it with logs. */
export const utcWords = ({ gte, lt }: { readonly gte: string; readonly lt: string }): string =>
  `${dateAndTime(gte, 'UTC')} – ${dateAndTime(lt, 'UTC')} UTC`;
