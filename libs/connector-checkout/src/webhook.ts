/** Workflow webhooks (sessions-api.md section 8): whose they are, what they say, and a known way of being broken. Pure. */
import type { Secret } from '@app/kernel';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { sessionOfReference } from './reference';

type Json = Readonly<Record<string, unknown>>;

/** What a webhook tells, as far as it concerns us. */
export type WebhookReading =
  | {
      is: 'event';
      eventId: string;
      type: string;
      /** `sid_…` there. */
      upstreamId?: string;
      /** Our session (UUID), where the reference is ours. */
      sessionId?: string;
      body: Json;
    }
  /** Of another kind than authentication, or about a session that names neither itself nor us. */
  | { is: 'of_no_concern'; type: string }
  | { is: 'unreadable' };

/**
 * Whether `signature` is the lower-case hex HMAC-SHA256 of the body under one of the keys. Compares in constant time, and
 * every key, whichever fits.
 */
export function isSigned(body: Uint8Array, signature: string, keys: readonly Secret[]): boolean {
  const isHex = /^[0-9a-f]{64}$/.test(signature);
  const shown = isHex ? Buffer.from(signature, 'hex') : Buffer.alloc(32);
  const fits = keys.map((key) => timingSafeEqual(createHmac('sha256', key.expose()).update(body).digest(), shown));
  return isHex && fits.includes(true);
}

/** Reads a body whose signature was checked. */
export function readWebhook(bytes: Uint8Array): WebhookReading {
  const text = Buffer.from(bytes).toString('utf8');
  const body = parsed(text) ?? parsed(repaired(text));
  const type = body?.['type'];
  if (!body || typeof type !== 'string') return { is: 'unreadable' };
  const data = objectOf(body['data']);
  const { id } = body;
  if (!/^authentication_\w{1,40}$/.test(type)) return { is: 'of_no_concern', type: type.slice(0, 60) };
  if (typeof id !== 'string' || !/^\w{1,64}$/.test(id)) return { is: 'unreadable' };
  const upstreamId =
    typeof data?.['session_id'] === 'string' && /^sid_\w{26}$/.test(data['session_id'])
      ? data['session_id']
      : undefined;
  const sessionId = sessionOfReference(data?.['reference']) ?? undefined;
  if (upstreamId === undefined && sessionId === undefined) return { is: 'of_no_concern', type };
  return {
    is: 'event',
    eventId: id,
    type,
    ...(upstreamId === undefined ? {} : { upstreamId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    body,
  };
}

const FAILED_EVENT = /"type"\s*:\s*"authentication_failed"/;
/** From the end of `created_on` to the first member of what should be `data`; stray bytes may stand between. */
const GAP = /("created_on"\s*:\s*"[^"]{0,64}"\s*,)[\s\uFFFD]*(?:\{[\s\uFFFD]*)?(?=")/;

/**
 * Some `authentication_failed` bodies lack the `"data": {` after `created_on`, with stray bytes in its place (issue 408 of the
 * Node SDK). Its closing brace is there.
 */
function repaired(text: string): string {
  if (!FAILED_EVENT.test(text) || /"data"\s*:/.test(text)) return text;
  return text.replace(GAP, '$1"data":{').replaceAll('\uFFFD', '');
}

function parsed(text: string): Json | null {
  try {
    return objectOf(JSON.parse(text)) ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
