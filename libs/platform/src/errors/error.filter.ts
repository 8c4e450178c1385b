import { CountersignError } from '@app/kernel';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger';
import { isDatabaseGone } from './database-gone';
import { toErrorResponse } from './error-body';

/** What Fastify and Nest throw by themselves, in our kinds. */
const BY_CODE: Record<string, CountersignError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new CountersignError('too_large', ['body_too_large'], 'The body is too large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupportedMediaType(),
  FST_ERR_CTP_INVALID_JSON_BODY: malformedBody(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: malformedBody(),
  FST_ERR_BAD_URL: routeNotFound(),
  FST_ERR_MAX_PARAM_LENGTH: routeNotFound(),
};

/** The body could not be read as the JSON (or form) that it claims to be. */
export function malformedBody(): CountersignError {
  return new CountersignError('malformed', ['body_malformed'], 'The body could not be parsed');
}

function unsupportedMediaType(): CountersignError {
  return new CountersignError('unsupported_media_type', ['content_type_invalid'], 'The content type is not supported');
}

/** No such route, or no such method on it. */
export function routeNotFound(): CountersignError {
  return new CountersignError('not_found', ['not_found'], 'No such route');
}

/** Every thrown thing in our own terms; what nobody foresaw is `internal`, without detail. */
export function toCountersignError(error: unknown): CountersignError {
  if (error instanceof CountersignError) return error;
  const known = BY_CODE[(error as { code?: string } | null)?.code ?? ''];
  if (known) return known;
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  if (status === 404 || status === 405) return routeNotFound();
  if (status === 413) return BY_CODE['FST_ERR_CTP_BODY_TOO_LARGE'] ?? malformedBody();
  if (status === 415) return unsupportedMediaType();
  if (status !== undefined && status >= 400 && status < 500) return malformedBody();
  if (isDatabaseGone(error)) {
    return new CountersignError('unavailable', ['service_not_available'], 'The database cannot be reached', {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
  return new CountersignError('internal', ['unknown_error'], 'Unexpected error', { cause: error });
}

/** How an error is told where the contract's own body is not what the caller reads: `text` is HTML. */
export type ErrorAnswer = {
  status: number;
  headers?: Readonly<Record<string, string>>;
} & ({ body: object } | { text: string });

/** Another standard's error body, for the paths that owe it; null leaves the error to the contract's own. */
export type ErrorDialect = (error: CountersignError, request: ErredRequest) => ErrorAnswer | null;

/** What is known of a request that went wrong, however early. `path` has no query. */
export interface ErredRequest {
  id: string;
  method: string;
  path: string;
  headers: FastifyRequest['headers'];
}

/** The one filter: kinds to statuses, JSON but for the dialects of some routes, never a stack. The first dialect that answers counts. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly dialects: readonly ErrorDialect[] = [],
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const error = toCountersignError(thrown);
    if (error.kind === 'internal') this.log.error({ err: error.cause ?? error }, 'unexpected error');
    else if (error.kind === 'unavailable' && error.cause !== undefined)
      this.log.warn({ err: error.cause }, 'no database');
    else this.log.debug({ kind: error.kind, codes: error.codes }, 'request refused');
    const answer = this.inDialect(error, request) ?? toErrorResponse(error, request.id);
    if (error.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(error.retryAfterSeconds));
    if ('headers' in answer && answer.headers) void reply.headers(answer.headers);
    void reply.status(answer.status);
    if ('text' in answer) void reply.type('text/html; charset=utf-8').send(answer.text);
    else void reply.type('application/json; charset=utf-8').send(answer.body);
  }

  private inDialect(error: CountersignError, { id, method, url, headers }: FastifyRequest): ErrorAnswer | null {
    const asked = { id, method, path: url.split('?', 1)[0] ?? '', headers };
    for (const dialect of this.dialects) {
      const answer = dialect(error, asked);
      if (answer) return answer;
    }
    return null;
  }
}
