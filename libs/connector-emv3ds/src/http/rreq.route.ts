import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { MESSAGE_CONTENT_TYPE, RREQ_PATH } from '../emv3ds.settings';
import { ResultRequests } from '../result-requests';

/**
 * Where directory servers deliver results. Open to whoever reaches it: transaction ids tell whose result it is.
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
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    // Too long, cut short: not a message.
    scope.setErrorHandler(async (_error, _request, reply) => {
      const answer = await this.results.receive(NOTHING);
      await reply.status(answer.status).header('content-type', MESSAGE_CONTENT_TYPE).send(answer.body);
    });
    scope.post<{ Body: Buffer | undefined }>(RREQ_PATH, async (request, reply) => {
      const answer = await this.results.receive(request.body ?? NOTHING);
      return reply.status(answer.status).header('content-type', answer.contentType).send(answer.body);
    });
  }
}

const NOTHING = Buffer.alloc(0);
