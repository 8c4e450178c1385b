import { call, type Call } from '../providers/http';
import type { Routes } from './admin-api';
import type { Answer, Body, PathOf, Route } from './routes';

type Method = Parameters<typeof call>[0];

/** What goes with a call: required where the route does. */
export type Wish<R extends Route> = Pick<Call, 'signal' | 'idempotencyKey'> & {
  readonly query?: Routes[R]['query'];
} & (keyof PathOf<R> extends never ? object : { readonly path: PathOf<R> }) &
  (undefined extends Body<R> ? { readonly body?: Body<R> } : { readonly body: Body<R> });

/**
 * Calls a route of the admin API by its name in the OpenAPI document: `request('GET jobs/{id}', { path: { id } })`.
 * @throws ApiError
 */
export function request<R extends Route>(
  route: R,
  ...[wish]: Record<string, never> extends Wish<R> ? [wish?: Wish<R>] : [wish: Wish<R>]
): Promise<Answer<R>> {
  return send(route, wish ?? {});
}

/** The same where what goes with the call has been checked by another type. */
export function send<R extends Route>(
  route: R,
  { path = {}, ...options }: { readonly path?: Readonly<Record<string, string>> } & Call,
): Promise<Answer<R>> {
  const [method = '', template = ''] = route.split(' ');
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  return call<Answer<R>>(method as Method, filled, options);
}
