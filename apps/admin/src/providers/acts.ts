import { request, send } from '../api/request';
import type { Answer, Body, PathOf, Route } from '../api/routes';
import { because, type Given } from '../ui/given';
import type { ListFilter } from './list-query';

/** What changes something. */
type Deed = Exclude<Route, `GET ${string}`>;

/** A body without what the dialog gives. */
type Rest<R extends Deed> = [NonNullable<Body<R>>] extends [never]
  ? object
  : Omit<NonNullable<Body<R>>, 'reason' | 'version'>;

/** What a deed is about. */
type About<R extends Deed> = (keyof PathOf<R> extends never ? object : { readonly path: PathOf<R> }) &
  (Record<string, never> extends Rest<R> ? { readonly body?: Rest<R> } : { readonly body: Rest<R> });

/**
 * Does what was decided in a dialog: with its reason, about the version that it showed, and once, however often it is sent.
 * @returns what the API says: the thing as it is now, with what is told this once
 * @throws ApiError
 */
export function perform<R extends Deed>(route: R, given: Given, about: About<R>): Promise<Answer<R>> {
  const { body = {}, path = {} } = about as {
    readonly body?: object;
    readonly path?: Readonly<Record<string, string>>;
  };
  return send(route, { path, body: { ...body, ...because(given) }, idempotencyKey: given.idempotencyKey });
}

/** Work that goes on at the server, and what came of it so far. */
export type Job = Answer<'GET jobs/{id}'>;

/** What nothing could be done for, and why. */
export type JobFailure = Job['failures'][number];

/** What is to be done with many sessions or callbacks: with `ids`, or with all that `filter`, as of a list, finds now. */
export type JobRequest = Omit<Body<'POST jobs'>, 'filter'> & { readonly filter?: ListFilter };

/** Does something with many at once. */
export const startJob = (body: JobRequest, idempotencyKey: string): Promise<Job> =>
  send('POST jobs', { body, idempotencyKey });

/** Counts what a job would be about; nothing is done. */
export const previewJob = (body: JobRequest, signal: AbortSignal): Promise<Answer<'POST jobs/preview'>> =>
  send('POST jobs/preview', { body, signal });

/** How far a job is. */
export const showJob = (id: string, signal: AbortSignal): Promise<Job> =>
  request('GET jobs/{id}', { path: { id }, signal });
