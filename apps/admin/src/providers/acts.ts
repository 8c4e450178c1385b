import type { Act, Changed, Made } from '../api/routes';
import { call, pathTo } from './http';
import type { ListFilter } from './list-query';

/** What an operator does with something, and why. */
export type ActRequest = Act & {
  readonly id: string;
  /** One for each intent: repeated after a lost answer it has its effect once. */
  readonly idempotencyKey?: string;
};

/** Does something that is no change of fields. @returns what the API says: the thing as it is now, or a job */
export const act = <T>({ resource, id, act: name, body = {}, idempotencyKey }: ActRequest): Promise<T> =>
  call<T>('POST', `${resource}/${pathTo(id, name)}`, {
    body,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });

/** Makes something. @returns it, with what is told this once */
export const create = <T>(resource: Made, body: Readonly<Record<string, unknown>>): Promise<T> =>
  call<T>('POST', resource, { body });

/** Changes fields of something. @returns it as it is now */
export const change = <T>(resource: Changed, id: string, body: Readonly<Record<string, unknown>>): Promise<T> =>
  call<T>('PATCH', `${resource}/${pathTo(id)}`, { body });

/** Changes fields of a part of something, such as a channel's `branding`. @returns the whole as it is now */
export const changePart = <T>(
  resource: string,
  id: string,
  part: string,
  body: Readonly<Record<string, unknown>>,
): Promise<T> => call<T>('PATCH', `${resource}/${pathTo(id, part)}`, { body });

/** What nothing could be done for, and why. */
export interface JobFailure {
  readonly session_id: string | null;
  /** Of a callback. */
  readonly message_id?: string | null;
  readonly code: string;
}

/** Work that goes on at the server, and what came of it so far. */
export interface Job {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'stopped';
  readonly total: number;
  readonly counts: Readonly<Record<'waiting' | 'done' | 'failed' | 'skipped', number>>;
  /** The first ones. */
  readonly failures: readonly JobFailure[];
}

/** What is to be done with many sessions or callbacks: with `ids`, or with all that `filter` finds now. */
export interface JobRequest {
  readonly act: string;
  readonly ids?: readonly string[];
  readonly filter?: ListFilter;
  readonly reason?: string;
}

/** Does something with many at once. */
export const startJob = (body: JobRequest, idempotencyKey: string): Promise<Job> =>
  call<Job>('POST', 'jobs', { body: { ...body }, idempotencyKey });

/** How many a job would be about. */
export interface JobPreview {
  readonly total: number;
  readonly merchants: readonly { readonly merchant_id: string; readonly total: number }[];
}

/** Counts what a job would be about; nothing is done. */
export const previewJob = (body: JobRequest, signal: AbortSignal): Promise<JobPreview> =>
  call<JobPreview>('POST', 'jobs/preview', { body: { ...body }, signal });

/** How far a job is. */
export const showJob = (id: string, signal: AbortSignal): Promise<Job> =>
  call<Job>('GET', `jobs/${pathTo(id)}`, { signal });

/** Ends a job: what is not begun is not done. */
export const cancelJob = (id: string): Promise<Job> => call<Job>('POST', `jobs/${pathTo(id, 'cancel')}`, { body: {} });
