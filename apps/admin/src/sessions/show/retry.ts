import type { Schemas } from '../../api/admin-api';
import { request } from '../../api/request';

/** What trying a session again would do. */
export type RetryPlan = Schemas['RetryPlan'];

/** What came of it. */
export type Retried = Schemas['Retried'];

export const explainRetry = (id: string, signal: AbortSignal): Promise<RetryPlan> =>
  request('GET sessions/{id}/retry', { path: { id }, signal });

/** `idempotencyKey`: one for each intent. */
export const retrySession = (
  id: string,
  body: { readonly link_hours?: number; readonly reason?: string },
  idempotencyKey: string,
): Promise<Retried> => request('POST sessions/{id}/retry', { path: { id }, body, idempotencyKey });

/** Lives of a link to choose from, in hours, within what the server allows. */
export const LINK_LIVES: readonly { readonly hours: number; readonly label: string }[] = [
  { hours: 1, label: '1 hour' },
  { hours: 4, label: '4 hours' },
  { hours: 24, label: '1 day' },
  { hours: 72, label: '3 days' },
  { hours: 168, label: '7 days' },
];
