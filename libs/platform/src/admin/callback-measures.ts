import { SCHEMES } from '@app/kernel';
import type { ConditionSql } from '../listing/list-sql';
import type { FieldRule } from '../listing/listing';
import { ISSUER_FRAME } from './issuer-frame';

/** What a callback can count as: the counts that reports tell of callbacks. */
export const CALLBACK_COUNTS = ['due', 'first_try', 'delivered', 'backlog', 'dead'] as const;

export type CallbackCount = (typeof CALLBACK_COUNTS)[number];

/** What of sessions reports are narrowed by, beside merchant and channel: named as in the list of sessions. */
export const SESSION_FRAME = {
  scheme: { type: 'word', words: SCHEMES },
  bin: { type: 'digits', least: 6, most: 8 },
  ...ISSUER_FRAME,
  acs: { type: 'text', maxLength: 32 },
  connector: { type: 'word', words: ['emv3ds', 'checkout'] },
  currency: { type: 'text', maxLength: 3 },
  amount: { type: 'integer' },
  flow: { type: 'word', words: ['hosted', 'non_hosted'] },
  device_channel: { type: 'word', words: ['browser', 'app', 'merchant_initiated'] },
} as const satisfies Readonly<Record<string, FieldRule>>;

/** What callbacks can be narrowed by, of the sessions that they are about: all that a report is about. */
export const CALLBACK_FRAME = {
  session_created_at: { type: 'time' },
  ...SESSION_FRAME,
  is_last_of_purchase: { type: 'flag' },
  is_demo: { type: 'flag' },
} as const satisfies Readonly<Record<string, FieldRule>>;

/** Callbacks one by one in the definitions of reports, for libs that list them: SQL over `m`, a row of `callback_message`. */
export interface CallbackMeasures {
  /** Whether one counts. */
  countsAs(count: CallbackCount): string;
  /** Whether the session that one is about is one of those. */
  readonly about: Readonly<Record<keyof typeof CALLBACK_FRAME, ConditionSql>>;
}

/** DI token of `CallbackMeasures`. */
export const CALLBACK_MEASURES = Symbol('CALLBACK_MEASURES');
