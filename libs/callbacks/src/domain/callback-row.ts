import type { NewCallback } from './callback-message';

/** The columns of a row of `callback_message` that stands for a new message; the others have their defaults. */
export const CALLBACK_COLUMNS = [
  'id',
  'merchant_id',
  'environment',
  'channel_id',
  'session_id',
  'kind',
  'url',
  'payload',
  'next_try_at',
  'created_at',
] as const;

/** A row of `callback_message` by column name, fit for JSON. */
export type CallbackRow = Readonly<Record<(typeof CALLBACK_COLUMNS)[number], unknown>>;

/** The row of a new message; `id` is a uuid. */
export function callbackRow(id: string, message: NewCallback, createdAt: Date): CallbackRow {
  return {
    id,
    merchant_id: message.merchantId,
    environment: message.environment,
    channel_id: message.channelId,
    session_id: message.sessionId,
    kind: message.kind,
    url: message.url,
    payload: message.payload,
    next_try_at: message.dueAt,
    created_at: createdAt,
  };
}
