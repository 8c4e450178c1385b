import { inTurn, toCountersignError, toErrorResponse } from '@app/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ChallengeReturnPage } from '../challenge-return';
import { CALLBACK_PATH, CHALLENGE_PATH, MAX_BODY_BYTES, WEBHOOK_ROUTE } from '../checkout.settings';
import { UpstreamNotices } from '../upstream-notices';

const NOTHING = Buffer.alloc(0);

interface Call {
  Body: Buffer | undefined;
}

/**
 * Where the upstream tells us things, and where it sends cardholders' browsers. Open to whoever reaches it: a webhook proves
 * itself by its signature, the others by their address.
 *
 * Routes of their own scope and not a controller, because a signature is one of the bytes as they came.
 */
@Injectable()
export class UpstreamRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly notices: UpstreamNotices,
    private readonly returns: ChallengeReturnPage,
  ) {}

  onModuleInit(): void {
    // A process that only works (or a command) has no HTTP side.
    if (!this.host.httpAdapter) return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register(async (scope) => this.install(scope));
  }

  private install(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
      inTurn(body.length, () => done(null, body)),
    );
    scope.setErrorHandler(async (error, request, reply) => {
      const refusal = toCountersignError(error);
      const { status, body } = toErrorResponse(refusal, request.id);
      if (refusal.retryAfterSeconds !== undefined) void reply.header('retry-after', String(refusal.retryAfterSeconds));
      await reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
    });
    const bodyLimit = MAX_BODY_BYTES;
    scope.post<Call & { Params: { token: string } }>(WEBHOOK_ROUTE, { bodyLimit }, async (request, reply) => {
      const signature = request.headers['cko-signature'];
      const shown = typeof signature === 'string' ? signature : '';
      const answer = await this.notices.webhook(request.params.token, request.body ?? NOTHING, shown);
      return reply.status(answer.status).type(answer.contentType).send(answer.body);
    });
    scope.post<Call & { Params: { address: string } }>(
      `${CALLBACK_PATH}/:address`,
      { bodyLimit },
      async (request, reply) => {
        const answer = await this.notices.callback(request.params.address, request.body ?? NOTHING);
        return reply.status(answer.status).type(answer.contentType).send(answer.body);
      },
    );
    scope.post<Call & { Params: { address: string } }>(
      `${CHALLENGE_PATH}/:address`,
      { bodyLimit },
      async (request, reply) => {
        const form = (request.body ?? NOTHING).toString('utf8');
        const { html, policy } = await this.returns.receive(request.params.address, form);
        return reply
          .headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
          .type('text/html; charset=utf-8')
          .send(html);
      },
    );
  }
}
