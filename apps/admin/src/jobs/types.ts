import type { Job } from '../providers/acts';
import type { BulkAct } from './bulk-acts';

/** A job, as `GET /admin/api/jobs` tells. */
export interface JobLine extends Omit<Job, 'failures'> {
  readonly act: BulkAct;
  readonly stop_code: string | null;
  readonly reason: string | null;
  readonly by: { readonly id: string; readonly name: string };
  readonly created_at: string;
  readonly ended_at: string | null;
}

/** One of its sessions or callbacks. */
export interface JobItem {
  readonly id: string;
  readonly number: number;
  readonly session_id: string | null;
  readonly message_id?: string | null;
  readonly state: keyof Job['counts'];
  readonly code: string | null;
}
