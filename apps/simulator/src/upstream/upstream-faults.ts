/** The faults that can be asked of the scripted upstream, and the reading of a request for them. */
import type { FieldReader } from '../control/field-reader';

/** The calls that a fault can strike. */
export const ENDPOINTS = ['token', 'create', 'get', 'collect_data', 'issuer_fingerprint', 'complete'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** Strike before anything was done, or `after` it was. */
export const INTERRUPTIONS = [
  'slow',
  'hang',
  'reset',
  'status400',
  'status401',
  'status403',
  'status404',
  'status409',
  'status422',
  'status429',
  'status500',
  'status502',
  'status503',
] as const;

/** Always strike what was done. */
export const DISTORTIONS = [
  'lost_answer',
  'cut_body',
  'html',
  'truncated_json',
  'wrong_types',
  'empty',
  'unknown_status',
  'unknown_next_action',
] as const;

/** Change what happens. */
export const TWISTS = ['revoke_token', 'never_final', 'clock_skew'] as const;

/** What can become of a webhook. */
export const WEBHOOK_MODES = [
  'drop',
  'duplicate',
  'late',
  'out_of_order',
  'malformed',
  'bad_signature',
  'unsigned',
] as const;

export const CALL_MODES = [...INTERRUPTIONS, ...DISTORTIONS, ...TWISTS] as const;

export type Interruption = (typeof INTERRUPTIONS)[number];
export type Distortion = (typeof DISTORTIONS)[number];
export type CallMode = (typeof CALL_MODES)[number];
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

/** When a fault strikes: `skip` lets the first ones pass, `times` counts down, `probability` is drawn from the seed. */
interface Occasion {
  readonly clientId: string | null;
  readonly skip: number;
  readonly times: number | null;
  readonly probability: number;
}

/** A fault of a call. */
export interface CallFault extends Occasion {
  readonly on: Endpoint | 'any';
  readonly mode: CallMode;
  /** An interruption strikes after the work was done. */
  readonly after: boolean;
  readonly delayMs: number;
  readonly retryAfterSeconds: number | null;
  readonly errorCodes: readonly string[] | null;
  readonly skewMs: number;
}

/** A fault of a webhook; `event` limits it to one type. */
export interface WebhookFault extends Occasion {
  readonly on: 'webhook';
  readonly mode: WebhookMode;
  readonly event: string | null;
  readonly delayMs: number;
}

export type UpstreamFault = CallFault | WebhookFault;

const DEFAULT_DELAY_MS = 5000;
const MAX_MS = 120_000;
const MAX_COUNT = 1_000_000;
const YEAR_MS = 366 * 24 * 60 * 60 * 1000;
const OCCASION = ['on', 'mode', 'clientId', 'skip', 'times', 'probability', 'delayMs'] as const;

/** Reads one fault; what is wrong with it is left with the reader. */
export function readFault(reader: FieldReader): UpstreamFault {
  const occasion: Occasion = {
    clientId: reader.text('clientId', null),
    skip: reader.integer('skip', [0, MAX_COUNT], 0),
    times: reader.integer('times', [0, MAX_COUNT], null),
    probability: reader.share('probability', 1),
  };
  const delayMs = reader.integer('delayMs', [0, MAX_MS], DEFAULT_DELAY_MS);
  const on = reader.oneOf('on', [...ENDPOINTS, 'any', 'webhook'] as const, 'any');
  reader.require('mode');
  if (on === 'webhook') {
    reader.only(...OCCASION, 'event');
    const mode = reader.oneOf('mode', WEBHOOK_MODES, 'drop');
    return { ...occasion, on, mode, event: reader.text('event', null), delayMs };
  }
  reader.only(...OCCASION, 'after', 'retryAfterSeconds', 'errorCodes', 'skewMs');
  return {
    ...occasion,
    on,
    mode: reader.oneOf('mode', CALL_MODES, 'slow'),
    after: reader.flag('after', false),
    delayMs,
    retryAfterSeconds: reader.integer('retryAfterSeconds', [0, 3600], null),
    errorCodes: reader.texts('errorCodes', null),
    skewMs: reader.integer('skewMs', [-YEAR_MS, YEAR_MS], 0),
  };
}
