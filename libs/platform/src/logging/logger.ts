import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** DI token of the pino `Logger`. */
export const LOG = Symbol('LOG');

const correlation = new AsyncLocalStorage<{ requestId: string }>();

/** Runs `work` so that every log line inside it carries `requestId`. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return correlation.run({ requestId }, work);
}

/**
 * The JSON logger: one line each, with the id of the request being served. It logs facts (ids, codes, durations), never
 * bodies; what is secret masks itself by its type.
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => errorFacts(error) },
    // A copy: pino merges each line's fields into what it gets here.
    mixin: () => ({ ...correlation.getStore() }),
  };
  return destination ? pino(options, destination) : pino(options);
}

/** How many errors deep causes are told. */
const MAX_CAUSES = 5;

/**
 * What a log may say of an error. Not its other members: Postgres' `detail` and `where` hold the contents of rows, and
 * those of HTTP clients whole messages.
 */
function errorFacts(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(error.cause === undefined || depth === MAX_CAUSES ? {} : { cause: errorFacts(error.cause, depth + 1) }),
  };
}

/** Lets Nest's own messages go through pino. */
@Injectable()
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }

  fatal(message: unknown, context?: string): void {
    this.logger.fatal({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
