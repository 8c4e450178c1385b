import { COUNTRIES, countryWords } from '../format/country';
import type { Choice, FilterField } from '../list/filter-field';
import { LIABILITY_SHIFTS, STATUSES } from './types';
import {
  ADVICE_WORDS,
  BROWSER_FAMILIES,
  CARD_TYPE_NAMES,
  CATEGORY_NAMES,
  CHANNEL_NAMES,
  COMPONENT_NAMES,
  CONNECTOR_NAMES,
  COUNT_NAMES,
  DEVICE_CLASSES,
  FLOW_NAMES,
  LEG_NAMES,
  LIABILITY_WORDS,
  SCHEME_NAMES,
  SERVER_NAMES,
  STATUS_WORDS,
  TRANS_STATUS_REASONS,
  TRANS_STATUSES,
} from './words';

const fromNames = (names: Readonly<Record<string, string>>): readonly Choice[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

const fromCodes = (names: Readonly<Record<string, string>>): readonly Choice[] =>
  Object.entries(names)
    .map(([value, label]) => ({ value, label: `${value} · ${label}` }))
    .sort((one, other) => one.value.localeCompare(other.value));

/** What of that a report can be about, and callbacks can be found by as well; beside merchant and time. */
export const ABOUT_SESSIONS: readonly string[] = [
  'channel_id',
  'scheme',
  'bin',
  'issuer',
  'issuer_country',
  'card_type',
  'acs',
  'connector',
  'flow',
  'device_channel',
  'amount',
];

function fieldsWith(merchant: FilterField): readonly FilterField[] {
  return [
    {
      kind: 'words',
      name: 'status',
      label: 'Status',
      choices: STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].label })),
    },
    { kind: 'time', name: 'created_at', label: 'Created' },
    { kind: 'text', name: 'reference', label: 'Reference', maxLength: 100 },
    { kind: 'text', name: 'id', label: 'Session id', hint: 'sid_ and 26 letters', maxLength: 30 },
    merchant,
    { kind: 'text', name: 'channel_id', label: 'Channel id', hint: 'pc_ and 26 letters', maxLength: 29 },
    { kind: 'words', name: 'environment', label: 'Environment', choices: fromNames({ live: 'Live', test: 'Test' }) },
    { kind: 'words', name: 'scheme', label: 'Scheme', choices: fromNames(SCHEME_NAMES) },
    { kind: 'text', name: 'bin', label: 'BIN', hint: 'The first 6 to 8 digits', maxLength: 8, isNumeric: true },
    { kind: 'text', name: 'last_four', label: 'Last four', maxLength: 4, isNumeric: true },
    { kind: 'text', name: 'issuer', label: 'Issuer', operator: 'contains', hint: 'A part of its name', maxLength: 100 },
    {
      kind: 'words',
      name: 'issuer_country',
      label: 'Issuer country',
      choices: COUNTRIES.map((value) => ({ value, label: countryWords(value) })),
    },
    { kind: 'words', name: 'card_type', label: 'Kind of card', choices: fromNames(CARD_TYPE_NAMES) },
    { kind: 'words', name: 'trans_status', label: 'transStatus', choices: fromCodes(TRANS_STATUSES) },
    {
      kind: 'words',
      name: 'trans_status_reason',
      label: 'Reason',
      choices: fromCodes(TRANS_STATUS_REASONS),
    },
    { kind: 'text', name: 'acs', label: 'ACS', hint: 'Its reference number', maxLength: 32 },
    { kind: 'words', name: 'connector', label: 'Connector', choices: fromNames(CONNECTOR_NAMES) },
    { kind: 'words', name: 'advice', label: 'Verdict', choices: fromNames(ADVICE_WORDS) },
    {
      kind: 'words',
      name: 'liability_shift',
      label: 'Liability',
      choices: LIABILITY_SHIFTS.map((value) => ({ value, label: LIABILITY_WORDS[value].label })),
    },
    { kind: 'words', name: 'flow', label: 'Flow', choices: fromNames(FLOW_NAMES) },
    { kind: 'words', name: 'device_channel', label: 'Device channel', choices: fromNames(CHANNEL_NAMES) },
    {
      kind: 'words',
      name: 'authentication_category',
      label: 'Category',
      choices: fromNames(CATEGORY_NAMES),
    },
    { kind: 'text', name: 'protocol_version', label: 'Version', hint: '2.2.0', maxLength: 8 },
    { kind: 'text', name: 'acs_operator', label: 'ACS operator' },
    { kind: 'text', name: 'eci', label: 'ECI', hint: '05', maxLength: 2 },
    { kind: 'text', name: 'amount_band', label: 'Amount band', hint: 'EUR 1000-4999', maxLength: 20 },
    { kind: 'text', name: 'authentication_type', label: 'Authentication type', hint: 'recurring', maxLength: 40 },
    { kind: 'text', name: 'challenge_indicator', label: 'Challenge indicator', hint: 'no_preference', maxLength: 60 },
    { kind: 'text', name: 'exemption_requested', label: 'Exemption requested', hint: 'low_value', maxLength: 60 },
    { kind: 'text', name: 'exemption_applied', label: 'Exemption applied', hint: 'low_value', maxLength: 60 },
    { kind: 'words', name: 'failed_component', label: 'Component that failed', choices: fromNames(COMPONENT_NAMES) },
    { kind: 'words', name: 'device_class', label: 'Device class', choices: fromNames(DEVICE_CLASSES) },
    { kind: 'words', name: 'browser_family', label: 'Browser', choices: fromNames(BROWSER_FAMILIES) },
    { kind: 'amount', name: 'amount', currencyName: 'currency', label: 'Amount' },
    { kind: 'words', name: 'counts_as', label: 'Counts as', choices: fromNames(COUNT_NAMES) },
    { kind: 'words', name: 'leg', label: 'Took', choices: fromNames(LEG_NAMES) },
    { kind: 'flag', name: 'is_past_deadline', label: 'Deadline', yes: 'past', no: 'not past' },
    { kind: 'flag', name: 'is_unresolved', label: 'Settlement', yes: 'overdue', no: 'not overdue' },
    { kind: 'flag', name: 'is_last_of_purchase', label: 'Last of a purchase', yes: 'yes', no: 'no, tried again' },
    { kind: 'flag', name: 'is_callback_failed', label: 'Callback', yes: 'failed', no: 'not failed' },
    { kind: 'text', name: 'retry_of', label: 'Retry of', hint: 'sid_ and 26 letters', maxLength: 30 },
    { kind: 'text', name: 'transaction_id', label: 'Transaction id', hint: 'threeDSServerTransID', maxLength: 36 },
    { kind: 'words', name: 'directory_server', label: 'Directory server', choices: fromNames(SERVER_NAMES) },
    { kind: 'flag', name: 'is_areq_unanswered', label: 'ARes', yes: 'missing', no: 'not missing' },
    { kind: 'words', name: 'called_connector', label: 'Called', choices: fromNames(CONNECTOR_NAMES) },
    { kind: 'words', name: 'failed_connector', label: 'A call failed of', choices: fromNames(CONNECTOR_NAMES) },
    { kind: 'flag', name: 'is_inquiry_due', label: 'Inquiry', yes: 'due', no: 'not due' },
    { kind: 'flag', name: 'is_notice_left', label: 'Notice', yes: 'not acted upon', no: 'none left' },
    { kind: 'flag', name: 'is_demo', label: 'Demo data', yes: 'made up', no: 'real' },
    { kind: 'flag', name: 'is_refused', label: 'Creation', yes: 'turned away', no: 'accepted' },
  ];
}

/** By their values reports split sessions: for rows of what has none, and of all others, they can be asked for that. */
const UNLIKE: ReadonlySet<string> = new Set([
  'merchant_id',
  'channel_id',
  'status',
  'scheme',
  'bin',
  'issuer',
  'issuer_country',
  'card_type',
  'trans_status',
  'trans_status_reason',
  'acs',
  'acs_operator',
  'connector',
  'eci',
  'liability_shift',
  'flow',
  'device_channel',
  'amount_band',
  'authentication_category',
  'authentication_type',
  'protocol_version',
  'challenge_indicator',
  'exemption_requested',
  'exemption_applied',
  'failed_component',
  'device_class',
  'browser_family',
]);

/** All that the list of sessions can be narrowed by; by merchants as `merchant` says. */
export const sessionFields = (merchant: FilterField): readonly FilterField[] =>
  fieldsWith(merchant).map((field) => (UNLIKE.has(field.name) ? { ...field, unlike: true } : field));

/** Those of `names`, for lists of something else: they know no exclusions. */
export const fieldsAboutSessions = (merchant: FilterField, names: readonly string[]): readonly FilterField[] =>
  fieldsWith(merchant).filter(({ name }) => names.includes(name));
