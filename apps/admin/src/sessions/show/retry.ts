import { act } from '../../providers/acts';
import { call, pathTo } from '../../providers/http';

/** What trying a session again would do. */
export interface RetryPlan {
  readonly kind: 'drive_on' | 'new_session' | 'not_possible';
  readonly code: string | null;
  /** Sentence by sentence. */
  readonly explanation: readonly string[];
  /** How long the link of a new session may live. */
  readonly link_hours: { readonly least: number; readonly most: number; readonly usual: number } | null;
  readonly retry_of: string | null;
  readonly retried_as: string | null;
}

/** What came of it. */
export interface Retried {
  readonly kind: 'drive_on' | 'new_session';
  readonly session_id: string;
  /** To send to the cardholder. */
  readonly hosted_url: string | null;
  readonly link_ends_at: string | null;
}

export const explainRetry = (id: string, signal: AbortSignal): Promise<RetryPlan> =>
  call<RetryPlan>('GET', `sessions/${pathTo(id, 'retry')}`, { signal });

/** `idempotencyKey`: one for each intent. */
export const retrySession = (
  id: string,
  body: { readonly link_hours?: number; readonly reason?: string },
  idempotencyKey: string,
): Promise<Retried> => act<Retried>({ resource: 'sessions', id, act: 'retry', body, idempotencyKey });

/** Lives of a link to choose from, in hours, within what the server allows. */
export const LINK_LIVES: readonly { readonly hours: number; readonly label: string }[] = [
  { hours: 1, label: '1 hour' },
  { hours: 4, label: '4 hours' },
  { hours: 24, label: '1 day' },
  { hours: 72, label: '3 days' },
  { hours: 168, label: '7 days' },
];
