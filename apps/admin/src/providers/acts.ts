import { call, pathTo } from './http';

/** What an operator does with something, and why. */
export interface ActRequest {
  readonly resource: string;
  readonly id: string;
  /** As the API calls it: `re-sync`. */
  readonly act: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** One for each intent: repeated after a lost answer it has its effect once. */
  readonly idempotencyKey?: string;
}

/** Does something that is no change of fields. @returns what the API says: the thing as it is now, or a job */
export const act = <T>({ resource, id, act: name, body = {}, idempotencyKey }: ActRequest): Promise<T> =>
  call<T>('POST', `${resource}/${pathTo(id, name)}`, {
    body,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });

/** Makes something. @returns it, with what is told this once */
export const create = <T>(resource: string, body: Readonly<Record<string, unknown>>): Promise<T> =>
  call<T>('POST', resource, { body });

/** Changes fields of something. @returns it as it is now */
export const change = <T>(resource: string, id: string, body: Readonly<Record<string, unknown>>): Promise<T> =>
  call<T>('PATCH', `${resource}/${pathTo(id)}`, { body });

/** Work that goes on at the server. */
export interface Job {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** Does something with many at once: `ids`, or all that a filter finds. */
export const bulkAct = (
  resource: string,
  name: string,
  body: Readonly<Record<string, unknown>>,
  idempotencyKey: string,
): Promise<Job> => call<Job>('POST', `${resource}/bulk/${pathTo(name)}`, { body, idempotencyKey });

/** How far a job is. */
export const showJob = (id: string, signal: AbortSignal): Promise<Job> =>
  call<Job>('GET', `jobs/${pathTo(id)}`, { signal });
