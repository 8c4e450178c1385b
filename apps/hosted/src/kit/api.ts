/** The two calls of the kit, with the session's secret and nothing else that the browser holds. */
import { CountersignError } from './errors';
import { send } from './http';
import { pause } from './pause';
import type { MethodCompletion, Session, SessionHandle } from './types';

const REPORT_TRIES = 4;
const REPORT_PAUSE_MS = 500;

/** No answer, or one that asks to come again: `afterMs` is the least wait that was asked for. */
export interface Later {
  readonly afterMs: number;
}

/** Reads the session once. Throws `unauthorized` or `refused`, and `aborted`. */
export async function readSession(session: SessionHandle, signal?: AbortSignal): Promise<Session | Later> {
  return (await call('GET', session, '', undefined, signal)) as Session | Later;
}

/** Reads the session, again and again where there is no answer. Throws `network` in the end. */
export async function needSession(session: SessionHandle, signal?: AbortSignal): Promise<Session> {
  return (await persist(() => readSession(session, signal), signal)) as Session;
}

/** Tells how the 3DS Method went. A report that had arrived although its answer got lost counts as told. */
export async function reportMethod(
  session: SessionHandle,
  completion: MethodCompletion,
  signal?: AbortSignal,
): Promise<void> {
  const body = { three_ds_method_completion: completion };
  let isAgain = false;
  await persist(async () => {
    try {
      return await call('PUT', session, '/issuer-fingerprint', body, signal);
    } catch (error) {
      if (isAgain && (error as CountersignError).code === 'refused') return {};
      throw error;
    } finally {
      isAgain = true;
    }
  }, signal);
}

/** True for "come again". */
export function isLater(answer: object): answer is Later {
  return 'afterMs' in answer;
}

/** The address of this installation, from the session's own. */
export function baseOf({ id, _links }: SessionHandle): string {
  const { href } = _links.self;
  return href.slice(0, href.lastIndexOf(`/sessions/${id}`));
}

async function persist(ask: () => Promise<object>, signal?: AbortSignal): Promise<object> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (!isLater(answer)) return answer;
    if (tries === REPORT_TRIES) throw new CountersignError('network', 'The API does not answer');
    await pause(Math.max(answer.afterMs, REPORT_PAUSE_MS * 2 ** tries), signal);
  }
}

async function call(
  method: string,
  { _links, session_secret: authorization }: SessionHandle,
  path: string,
  body: object | undefined,
  signal: AbortSignal | undefined,
): Promise<object> {
  const reply = await send({ method, url: _links.self.href + path, authorization, body }, signal);
  if (reply === null || reply.body === null) return { afterMs: reply?.afterMs ?? 0 };
  const { status } = reply;
  const answer = reply.body as { error_codes?: string[] };
  if (status < 300) return answer;
  if (status === 401 || status === 404) {
    throw new CountersignError(
      'unauthorized',
      'The session secret is not valid here, or no longer',
      answer.error_codes,
    );
  }
  throw new CountersignError('refused', `The API answered ${status}`, answer.error_codes);
}
