/** The field table of the specification in words, for whoever reads a message. */
import {
  AUTHENTICATION_TYPES,
  CHALLENGE_CANCELS,
  ERROR_CODES,
  RESULTS_STATUSES,
  TRANS_STATUS_REASONS,
  TRANS_STATUSES,
} from '../codes';
import { DESCRIPTIONS } from './descriptions';
import document from './emv-3ds-messages.json';

/** What there is to know of a field. */
export interface FieldExplanation {
  /** What it is. */
  readonly description: string;
  readonly format: string;
  /** When it is there, and what holds then. */
  readonly rule: string;
  /** What its values mean, by the value; those without words are left out. */
  readonly values: Readonly<Record<string, string>>;
}

/** Messages that are kept with a session, and so are read by people. */
export const EXPLAINED_MESSAGES = ['AReq', 'ARes', 'RReq', 'RRes', 'Erro'] as const;
export type ExplainedMessage = (typeof EXPLAINED_MESSAGES)[number];

interface Row {
  readonly name: string;
  readonly format: string;
  readonly inclusion: Readonly<Record<string, string>>;
  readonly condition: string;
  readonly values?: readonly string[];
}

const tables = document.messages as unknown as Record<ExplainedMessage, { fields: readonly Row[] }>;
const inclusionCodes: Readonly<Record<string, string>> = document.inclusionCodes;

/** Where the table has the bare codes, and their meaning is known elsewhere. */
const MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  transStatus: TRANS_STATUSES,
  transStatusReason: TRANS_STATUS_REASONS,
  authenticationType: AUTHENTICATION_TYPES,
  challengeCancel: CHALLENGE_CANCELS,
  resultsStatus: RESULTS_STATUSES,
  errorCode: ERROR_CODES,
  deviceChannel: { '01': 'in an app', '02': 'at a browser', '03': 'not there (3RI)' },
  messageCategory: { '01': 'payment', '02': 'non-payment' },
  threeDSCompInd: {
    Y: 'ran to its end',
    N: 'did not run to its end in time',
    U: 'the issuer has none, or it was not tried',
  },
  threeDSRequestorChallengeInd: {
    '01': 'no preference',
    '02': 'no challenge wanted',
    '03': 'challenge wanted',
    '04': 'challenge mandated',
    '05': 'no challenge: transaction risk analysis was done',
    '06': 'no challenge: data share only',
    '07': 'no challenge: strong authentication was done',
    '08': 'no challenge: the merchant is trusted',
    '09': 'challenge wanted, to be trusted',
  },
};

const YES_NO = { Y: 'yes', N: 'no' };

/** Every field of the messages that are kept, by message and name. */
export function explainFields(): Readonly<Record<ExplainedMessage, Readonly<Record<string, FieldExplanation>>>> {
  return Object.fromEntries(
    EXPLAINED_MESSAGES.map((type) => [
      type,
      Object.fromEntries(tables[type].fields.map((row) => [row.name, explainRow(row)])),
    ]),
  ) as Record<ExplainedMessage, Record<string, FieldExplanation>>;
}

function explainRow({ name, format, inclusion, condition, values = [] }: Row): FieldExplanation {
  return {
    description: DESCRIPTIONS[name] ?? name,
    format,
    rule: [inclusionWords(inclusion), condition].filter((part) => part !== '').join('; '),
    values: { ...meaningsIn(values), ...MEANINGS[name] },
  };
}

/** One answer for all channels and categories, or that it depends on them. */
function inclusionWords(inclusion: Row['inclusion']): string {
  const codes = [...new Set(Object.values(inclusion))];
  const [only = ''] = codes;
  return codes.length === 1 ? (inclusionCodes[only] ?? only) : 'depends on channel and category';
}

/** `01 payment`, `07 billing agreement (2.3.1)`; a bare Y or N speaks for itself. */
function meaningsIn(values: readonly string[]): Readonly<Record<string, string>> {
  const told = values.flatMap((entry) => {
    const [, code, words] = /^([A-Z]|\d{2,3}) (.+)$/.exec(entry) ?? [];
    return code === undefined || words === undefined || words.startsWith('(') ? [] : [[code, words] as const];
  });
  const isFlag = values.includes('Y') && values.includes('N');
  return { ...(isFlag ? YES_NO : {}), ...Object.fromEntries(told) };
}
