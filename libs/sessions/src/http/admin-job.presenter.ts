import { encodeId } from '@app/kernel';
import type { BulkJob, JobCounts, JobItem } from '../admin/bulk-job';
import type { JobPreview, ShownJob } from '../admin/bulk-jobs.service';

/** A job as a line of a list. */
export function presentJob(job: BulkJob & { readonly counts: JobCounts }): Record<string, unknown> {
  const { kind, id, name } = job.actor;
  return {
    id: encodeId('job', job.id),
    act: job.act,
    state: job.state,
    stop_code: job.stopCode,
    reason: job.reason,
    by: { id: encodeId(kind === 'operator' ? 'operator' : 'serviceAccount', id), name },
    total: job.total,
    counts: job.counts,
    created_at: job.createdAt.toISOString(),
    ended_at: job.endedAt?.toISOString() ?? null,
  };
}

/** A job with how far it is. */
export function presentShownJob(job: ShownJob): Record<string, unknown> {
  return {
    ...presentJob(job),
    failures: job.failures.map((failure) => ({ ...aboutOf(failure), code: failure.code })),
  };
}

/** One of its sessions or callbacks, with what came of it. */
export function presentItem(item: JobItem): Record<string, unknown> {
  const { number, state, code } = item;
  const about = aboutOf(item);
  return { id: about.message_id ?? about.session_id, number, ...about, state, code };
}

/** What a job would be about. */
export function presentPreview({ total, merchants }: JobPreview): Record<string, unknown> {
  return {
    total,
    merchants: [...merchants].map(([id, count]) => ({ merchant_id: encodeId('merchant', id), total: count })),
  };
}

function aboutOf({ sessionId, messageId }: Pick<JobItem, 'sessionId' | 'messageId'>) {
  return {
    session_id: sessionId && encodeId('session', sessionId),
    ...(messageId !== null && { message_id: encodeId('message', messageId) }),
  };
}
