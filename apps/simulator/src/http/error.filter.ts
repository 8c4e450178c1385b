/** Errors of the simulator's own endpoints in the shape the product uses, with a sentence for the reader. */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CountersignError, type ErrorKind } from '@app/kernel';
import type { FastifyReply } from 'fastify';
import { pino } from 'pino';

const STATUS: Partial<Record<ErrorKind, number>> = {
  malformed: 400,
  not_found: 404,
  invalid_request: 422,
  unavailable: 503,
};

/** Maps an error to `{error_type, error_codes, message}`. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = pino({ name: 'simulator' });

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof CountersignError) {
      const body = { error_type: error.kind, error_codes: error.codes, message: error.message };
      void reply.code(STATUS[error.kind] ?? 500).send(body);
    } else if (error instanceof HttpException) {
      void reply
        .code(error.getStatus())
        .send({ error_type: 'http', error_codes: ['request_invalid'], message: error.message });
    } else {
      this.logger.error({ err: error }, 'unexpected error');
      void reply
        .code(500)
        .send({ error_type: 'internal', error_codes: ['unknown_error'], message: 'Unexpected error' });
    }
  }
}
