import { request } from '../../api/request';
import { call, pathTo } from '../../providers/http';
import type { SessionStatus } from '../types';

/** What a reproduction in the simulator would replay, and what it would not. */
export interface ReproductionPlan {
  readonly kind: 'replay' | 'not_possible';
  readonly code: string | null;
  /** Sentence by sentence. */
  readonly explanation: readonly string[];
  readonly differences: readonly string[];
}

/** The session that replays, as it then stood. */
export interface Reproduced {
  readonly session_id: string;
  readonly status: SessionStatus;
  readonly trans_status: string | null;
  readonly trans_status_reason: string | null;
}

export const explainReproduction = (id: string, signal: AbortSignal): Promise<ReproductionPlan> =>
  call<ReproductionPlan>('GET', `sessions/${pathTo(id, 'reproduce')}`, { signal });

/** `idempotencyKey`: one for each intent. */
export const reproduceSession = (id: string, reason: string | null, idempotencyKey: string): Promise<Reproduced> =>
  request('POST sessions/{id}/reproduce', {
    path: { id },
    body: reason === null ? {} : { reason },
    idempotencyKey,
  });
