/** The outside world's handles: the simulator's faults, what its issuer saw, what its shop received. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Body } from './api';
import type { Product } from './product';

/** A callback as the shop keeps it; `verified` tells whether its signature was right. */
export interface ReceivedCallback {
  verified: boolean | null;
  headers: Record<string, string>;
  body: Body;
}

/** One RReq as it was sent, and the answer to it. */
export interface SentResult {
  rreq: Body;
  answer: { status: number | null; messageType: string | null; body: Body };
}

async function control(product: Product, method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${product.simulatorUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Body;
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Replaces the active faults; parts left out are without fault. */
export async function setFaults(product: Product, faults: object): Promise<void> {
  await control(product, 'PUT', '/control/faults', faults);
}

/** Nothing is wrong any more. */
export async function resetFaults(product: Product): Promise<void> {
  await control(product, 'DELETE', '/control/faults');
}

/** How often the RReq fault will strike yet. */
export async function faultsLeft(product: Product): Promise<number> {
  return Number((await control(product, 'GET', '/control/faults'))['rreq']?.['times']);
}

/** The simulator's view of a transaction, by the session's `transaction_id`. */
export function transactionOf(product: Product, transactionId: string): Promise<Body> {
  return control(product, 'GET', `/control/transactions/${transactionId}`);
}

/** Where the directory server was told to deliver the result. */
export async function resultAddressOf(product: Product, transactionId: string): Promise<string> {
  const { areq } = await transactionOf(product, transactionId);
  return String(areq?.['threeDSServerURL']);
}

/** Sends one RReq of a transaction now. `overrides` replaces members; null removes one. */
export async function sendResult(
  product: Product,
  transactionId: string,
  overrides: Record<string, unknown> = {},
): Promise<SentResult> {
  const record = await control(product, 'POST', `/control/transactions/${transactionId}/rreq`, overrides);
  return record as unknown as SentResult;
}

/** The RReqs of a transaction so far, with their answers. */
export async function resultsSent(product: Product, transactionId: string): Promise<SentResult[]> {
  return (await transactionOf(product, transactionId))['rreqs'] as unknown as SentResult[];
}

/** The shop's own callback address. */
export const callbackUrl = (product: Product): string => `${product.simulatorUrl}/shop/callbacks`;

/** What the shop received for a session. */
export async function callbacksOf(product: Product, sessionId: string): Promise<ReceivedCallback[]> {
  const { data } = await control(product, 'GET', `/shop/callbacks?session_id=${sessionId}`);
  return data as unknown as ReceivedCallback[];
}

/** Waits until `look` gives something other than undefined, and gives it back. Throws after `withinMs`. */
export async function eventually<T>(look: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`Not seen within ${withinMs} ms`);
    await sleep(50);
  }
}
