import type { Doer, Listing, Permission, Queryable } from '@app/platform';
import { SESSION_ACTS, type SessionAct } from './session-acts';

/** What can be done to many: acts on sessions, and callbacks that are sent again. */
export const JOB_ACTS = [...SESSION_ACTS, 'replay_callback'] as const;
export type JobAct = SessionAct | 'replay_callback';

/** What somebody must be allowed to do for each of them. */
export const permissionFor = (act: JobAct): Permission =>
  act === 'replay_callback' ? 'callbacks.act' : 'sessions.act';

/** `done`: every session has its outcome; `cancelled` by somebody; `stopped`, because who wanted it may not any more. */
export const JOB_STATES = ['running', 'done', 'cancelled', 'stopped'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What may come of one session: what was not reached before the end was skipped. */
export const ITEM_STATES = ['waiting', 'done', 'failed', 'skipped'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** Why a job was stopped. */
export type StopCode = 'actor_not_active' | 'permission_missing' | 'merchant_scope_insufficient';

/** An act over many sessions or callbacks. Ids are UUIDs. */
export interface BulkJob {
  readonly id: string;
  readonly act: JobAct;
  readonly state: JobState;
  readonly stopCode: StopCode | null;
  readonly reason: string | null;
  readonly actor: {
    readonly kind: Exclude<Doer['kind'], 'command_line'>;
    readonly id: string;
    readonly name: string;
    readonly origin: Doer['origin'];
  };
  readonly merchantIds: readonly string[];
  readonly total: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** One of a job's sessions or callbacks, as somebody has claimed it. */
export interface ClaimedItem {
  readonly jobId: string;
  readonly number: number;
  readonly sessionId: string;
  /** Of a callback. */
  readonly messageId: string | null;
  readonly merchantId: string;
  readonly fence: number;
  /** An act that may be repeated without harm is in the audit log already: whoever noted it did not come to its end. */
  readonly isNoted: boolean;
}

/** One that failed. A callback that was not found has no session. */
export interface FailedItem {
  readonly sessionId: string | null;
  readonly messageId: string | null;
  readonly code: string;
}

/** One of a job's sessions or callbacks, with what came of it. */
export interface JobItem extends Omit<FailedItem, 'code'> {
  readonly number: number;
  readonly state: ItemState;
  readonly code: string | null;
}

/** How many of a job's items are in each state. */
export type JobCounts = Readonly<Record<ItemState, number>>;

/** How far a job is. */
export interface JobProgress {
  readonly counts: JobCounts;
  /** The first ones, in the job's order. */
  readonly failures: readonly FailedItem[];
}

/** The place of an act in a job. */
export interface JobStep {
  /** Wire id. */
  readonly job: string;
  /** Makes the item the act's own, within its transaction; throws where it is no longer to be done. */
  readonly taken: (tx: Queryable) => Promise<void>;
}

/** What may be asked of the list of jobs. */
export const JOB_LISTING = {
  filters: {
    act: { type: 'word', words: JOB_ACTS },
    state: { type: 'word', words: JOB_STATES },
    created_at: { type: 'time' },
    is_mine: { type: 'flag' },
  },
  sorts: { created_at: 'id' },
  defaultSort: '-created_at',
  members: ['act', 'state', 'stop_code', 'reason', 'by', 'total', 'counts', 'created_at', 'ended_at'],
} as const satisfies Listing;

export type JobFilter = keyof typeof JOB_LISTING.filters;
export type JobSort = keyof typeof JOB_LISTING.sorts;

/** What may be asked of a job's items, which are in the job's order. */
export const ITEM_LISTING = {
  filters: { state: { type: 'word', words: ITEM_STATES } },
  sorts: { number: 'integer' },
  defaultSort: 'number',
  members: ['number', 'session_id', 'message_id', 'state', 'code'],
} as const satisfies Listing;

export type ItemFilter = keyof typeof ITEM_LISTING.filters;
export type ItemSort = keyof typeof ITEM_LISTING.sorts;
