/** Calls as they are kept and shown. Pure. */
import type { Exchange } from '@app/authentication-port';
import type { Try, UpstreamCall } from './checkout.client';
import { masked } from './masking';
import { messageTypeOf } from './verbs';

/** What was sent, and what each try brought. */
export function exchangesOf(
  { verb, body }: Pick<UpstreamCall, 'verb' | 'body'>,
  tries: readonly Try[],
  sentAt: Date,
  now: Date,
): Exchange[] {
  const messageType = messageTypeOf(verb);
  const sent: Exchange = { direction: 'sent', messageType, at: sentAt, body: body ? masked(body) : null };
  return [sent, ...tries.map((one) => received(messageType, one, now))];
}

function received(messageType: string, { reply, latencyMs }: Try, at: Date): Exchange {
  const common = { direction: 'received', at, latencyMs: Math.round(latencyMs) } as const;
  if (reply.outcome === 'failed') return { ...common, messageType, body: null, problem: reply.detail };
  const { status, json } = reply;
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return {
    ...common,
    messageType: `${messageType} ${status}`,
    body: isObject ? masked(json as Readonly<Record<string, unknown>>) : null,
    ...(status >= 400 || (json === undefined && status !== 204) ? { problem: `HTTP ${status}` } : {}),
  };
}
