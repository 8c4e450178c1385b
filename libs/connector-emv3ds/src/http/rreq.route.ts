import type { CountersignError } from '@app/kernel';
import { inTurn } from '@app/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { MESSAGE_CONTENT_TYPE, RREQ_ROUTES } from '../emv3ds.settings';
import { ResultRequests } from '../result-requests';

/**
 * Where directory servers deliver results. Open to whoever reaches it: each result is believed at its own address only.
 *
 * A route of its own scope and not a controller, because the body must come as bytes whatever its content type says:
 * what the server's JSON parser refuses still has to be answered with an Erro (emv-3ds.md section 4.1, code 101), and
 * duplicate members, which it hides, are an error of their own.
 */
@Injectable()
export class RReqRoute implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly results: ResultRequests,
  ) {}

  onModuleInit(): void {
    // A process that only works (or a command) has no HTTP side.
    if (!this.host.httpAdapter) return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register(async (scope) => this.install(scope));
  }

  private install(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      inTurn(body.length, () => done(null, body)),
    );
    scope.setErrorHandler(async (error, _request, reply) => {
      const { kind, retryAfterSeconds } = error as Partial<CountersignError>;
      if (kind === 'unavailable') {
        const answer = this.results.tooBusy();
        void reply.status(503).header('content-type', answer.contentType);
        await reply.header('retry-after', String(retryAfterSeconds ?? 1)).send(answer.body);
        return;
      }
      // Too long, cut short: not a message.
      const answer = await this.results.receive(NOTHING);
      await reply.status(answer.status).header('content-type', MESSAGE_CONTENT_TYPE).send(answer.body);
    });
    for (const path of RREQ_ROUTES) {
      scope.post<{ Body: Buffer | undefined; Params: { proof?: string } }>(path, async (request, reply) => {
        const answer = await this.results.receive(request.body ?? NOTHING, request.params.proof);
        return reply.status(answer.status).header('content-type', answer.contentType).send(answer.body);
      });
    }
  }
}

const NOTHING = Buffer.alloc(0);
