import { cardIn } from '../format/card-number';
import { isWanted } from '../session/activity';
import { ApiError } from './api-error';

const BASE = '/admin/api';

/** The server reads it beside the cookie when something is to change: a page of another origin cannot know it. */
let csrfToken: string | null = null;

/** Sign-in and `auth/me` tell the token; it lives in this page's memory alone. */
export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
}

export interface Call {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Makes a repeated call the same call. */
  readonly idempotencyKey?: string;
}

/**
 * Calls the admin API as the operator who is signed in.
 * @param path below `/admin/api`; its parts must be encoded already (`pathTo`)
 * @returns the parsed answer, or null where it has no body
 * @throws ApiError
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: Call = {},
): Promise<T> {
  const response = await send(method, path, options);
  const body = await bodyOf(response);
  if (!response.ok) throw refusal(response, body);
  return body as T;
}

/** Joins parts to a path; whatever an id holds, it stays one part. */
export const pathTo = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');

/** The address of a resource of the API, for links that the browser follows itself (downloads). */
export const addressOf = (path: string, query: NonNullable<Call['query']> = {}): string =>
  `${BASE}/${path}${queryString(query)}`;

async function send(
  method: string,
  path: string,
  { query = {}, body, signal, idempotencyKey }: Call,
): Promise<Response> {
  // Whatever is between us and the server may write addresses down.
  if (Object.values(query).some((value) => cardIn(String(value)))) throw new ApiError(422, ['card_number_in_address']);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== null) headers['x-csrf-token'] = csrfToken;
  // What the page does by itself does not keep a session alive at which nobody is.
  if (!isWanted()) headers['x-background'] = '1';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  try {
    return await fetch(addressOf(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    // Who stopped waiting knows why.
    if (signal?.aborted) throw error;
    throw new ApiError(0, ['unreachable']);
  }
}

function queryString(query: NonNullable<Call['query']>): string {
  const set = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    // Something between us and the server answered in its own words.
    throw new ApiError(response.status, ['answer_not_understood']);
  }
}

function refusal(response: Response, body: unknown): ApiError {
  const { error_codes: codes, request_id: requestId } = (body ?? {}) as { error_codes?: string[]; request_id?: string };
  const wait = Number(response.headers.get('retry-after'));
  return new ApiError(response.status, codes ?? [], requestId ?? null, wait > 0 ? wait : null, body);
}
