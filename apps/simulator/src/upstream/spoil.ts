/** How an answer goes out: whole, or spoilt in the way that a fault asks. */
import type { ServerResponse } from 'node:http';
import { newUuidV4 } from '@app/kernel';
import type { FastifyReply } from 'fastify';
import { sendBroken } from '../http/broken-reply';
import { errorAnswer, type UpstreamAnswer } from './answer';
import type { CallFault, Distortion, Endpoint } from './upstream-faults';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

type Json = Readonly<Record<string, unknown>>;

/** Headers of every answer. `date` is set where the clock is skewed. */
export interface AnswerHeaders {
  readonly date?: string;
}

/** Sends an answer as it is. */
export function sendAnswer(reply: FastifyReply, { status, body }: UpstreamAnswer, headers: AnswerHeaders): void {
  prepare(reply, status, headers);
  if (body === undefined) void reply.send();
  else void reply.type(JSON_TYPE).send(JSON.stringify(body));
}

/** Answers instead of the endpoint. `slow` is not sent here: it waits elsewhere. */
export function sendInterruption(
  reply: FastifyReply,
  endpoint: Endpoint,
  { mode, errorCodes, retryAfterSeconds }: CallFault,
  headers: AnswerHeaders,
): void {
  if (mode === 'hang') return sendBroken(reply, 'timeout');
  if (mode === 'reset' || mode === 'lost_answer') return sendBroken(reply, 'reset');
  const status = Number(/^status(\d{3})$/.exec(mode)?.[1] ?? '500');
  if (retryAfterSeconds !== null) void reply.header('retry-after', String(retryAfterSeconds));
  if (status === 502) {
    prepare(reply, status, headers);
    void reply.type(HTML_TYPE).send(HTML);
    return;
  }
  sendAnswer(reply, interruptionOf(endpoint, status, errorCodes), headers);
}

function interruptionOf(endpoint: Endpoint, status: number, codes: readonly string[] | null): UpstreamAnswer {
  if (endpoint === 'token') {
    const error = codes?.[0] ?? (status < 429 ? 'invalid_client' : 'temporarily_unavailable');
    return { status, body: { error } };
  }
  return errorAnswer(status, codes ?? [CODES[status] ?? 'unknown_error']);
}

/** What the sessions service would say (sessions-api.md section 9). */
const CODES: Readonly<Record<number, string>> = {
  400: 'request_invalid',
  403: 'operation_not_allowed',
  404: 'session_not_found',
  409: 'session_already_in_use',
  422: 'source_number_invalid',
  429: 'too_many_requests',
  503: 'service_not_available',
};

/** Sends an answer that an endpoint gave, spoilt. */
export function sendDistorted(
  reply: FastifyReply,
  mode: Distortion,
  answer: UpstreamAnswer,
  headers: AnswerHeaders,
): void {
  const text = JSON.stringify(answer.body ?? {});
  switch (mode) {
    case 'lost_answer':
      return sendBroken(reply, 'reset');
    case 'cut_body':
      reply.hijack();
      cutInTheMiddle(reply.raw, answer.status, text);
      return;
    case 'html':
      prepare(reply, answer.status === 204 ? 200 : answer.status, headers);
      void reply.type(HTML_TYPE).send(HTML);
      return;
    case 'truncated_json':
      prepare(reply, answer.status === 204 ? 200 : answer.status, headers);
      void reply.type(JSON_TYPE).send(text.slice(0, Math.max(1, Math.floor(text.length / 2))));
      return;
    case 'empty':
      prepare(reply, answer.status, headers);
      void reply.type(JSON_TYPE).send('');
      return;
    case 'wrong_types':
      return sendAnswer(reply, { ...answer, body: wrongTypes(answer.body ?? {}) }, headers);
    case 'unknown_status':
      return sendAnswer(reply, change(answer, { status: 'under_review' }), headers);
    case 'unknown_next_action':
      return sendAnswer(reply, change(answer, { next_actions: ['consult_issuer'] }), headers);
  }
}

function prepare(reply: FastifyReply, status: number, { date }: AnswerHeaders): void {
  void reply.code(status).headers({ 'Cko-Request-Id': newUuidV4(), 'Cko-Version': '1.0.0' });
  if (date !== undefined) void reply.header('date', date);
}

/** Replaces members of a session; an error stays what it is. */
function change(answer: UpstreamAnswer, members: Json): UpstreamAnswer {
  return answer.body?.['status'] === undefined ? answer : { ...answer, body: { ...answer.body, ...members } };
}

/** Every member has another type than before. */
function wrongTypes(body: Json): Json {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? 42 : `not ${typeof value}`]),
  );
}

/** Promises the whole body, sends half of it, and cuts the connection. */
function cutInTheMiddle(raw: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.from(text);
  raw.writeHead(status === 204 ? 200 : status, { 'content-type': JSON_TYPE, 'content-length': bytes.length + 1 });
  raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => raw.socket?.destroy());
}
