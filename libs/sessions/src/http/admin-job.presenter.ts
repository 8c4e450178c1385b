import { encodeId } from '@app/kernel';
import type { BulkJob } from '../admin/bulk-job';
import type { ShownJob } from '../admin/bulk-jobs.service';

/** A job as a line of a list. */
export function presentJob(job: BulkJob): Record<string, unknown> {
  const { kind, id, name } = job.actor;
  return {
    id: encodeId('job', job.id),
    act: job.act,
    state: job.state,
    stop_code: job.stopCode,
    reason: job.reason,
    by: { id: encodeId(kind === 'operator' ? 'operator' : 'serviceAccount', id), name },
    total: job.total,
    created_at: job.createdAt.toISOString(),
    ended_at: job.endedAt?.toISOString() ?? null,
  };
}

/** A job with how far it is. */
export function presentShownJob(job: ShownJob): Record<string, unknown> {
  return {
    ...presentJob(job),
    counts: job.counts,
    failures: job.failures.map(({ sessionId, code }) => ({ session_id: encodeId('session', sessionId), code })),
  };
}
