import { decodeId, NotFound, Unauthenticated } from '@app/kernel';
import { MerchantAddresses, PublicAddress } from '@app/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertScope, boundChannel, type ApiCaller } from '../caller';
import { scopeOf, scopeToOpen } from '../domain/device';
import { Idempotency } from '../idempotency.service';
import { SessionsService, type CreatedSession } from '../sessions.service';
import { CallerGuard } from './caller.guard';
import { readChannelData, readCreateSession, readMethodCompletion } from './request-reader';
import { presentAccepted, presentFingerprint, presentSession, type ChannelFilter } from './session.presenter';

/** The five endpoints of the Sessions API (sessions-api.md section 2). */
@Controller('sessions')
@UseGuards(CallerGuard)
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly idempotency: Idempotency,
    private readonly address: PublicAddress,
    private readonly merchantAddresses: MerchantAddresses,
  ) {}

  /** 201 when the issuer side was asked, 202 when the merchant's turn comes first; never 200. */
  @Post()
  async create(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const caller = callerOf(request);
    if (caller.kind !== 'token') throw new Unauthenticated('A session secret cannot open sessions');
    const command = readCreateSession(body, this.merchantAddresses);
    const { actor } = caller;
    // Before any answer, a frozen one too: who may not ask may not be told what another was.
    const { device } = command;
    assertScope(actor, scopeToOpen(command));
    const key = idempotencyKey(request);
    // The channel that the session is bound to is part of the request, though the token says it and not the body.
    const named = { channel: device ? scopeOf(device) : boundChannel(actor), body };
    const answer =
      key === null
        ? { ...this.created(await this.sessions.create(actor, command)), replayed: false }
        : await this.idempotency.run(
            { merchantId: actor.merchantId, environment: actor.environment, route: 'POST /sessions', key, body: named },
            {
              make: async (id) => this.created(await this.sessions.create(actor, command, id)),
              recover: async (id) => {
                const found = await this.sessions.recover(actor, id);
                return found && this.created(found);
              },
            },
          );
    if (answer.replayed) void reply.header('Idempotent-Replayed', 'true');
    void reply.status(answer.status);
    return answer.body;
  }

  private created({ view, asked }: CreatedSession): { status: number; body: object } {
    const body = asked ? presentSession(view, this.address.url) : presentAccepted(view, this.address.url);
    return { status: asked ? 201 : 202, body };
  }

  @Get(':id')
  async get(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Headers('channel') channel: string | undefined,
  ): Promise<object> {
    const view = await this.sessions.get(callerOf(request), sessionId(id));
    return presentSession(view, this.address.url, filterOf(channel));
  }

  @Put(':id/collect-data')
  async collectData(@Req() request: FastifyRequest, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const caller = callerOf(request);
    const sid = sessionId(id);
    const { device, completion } = readChannelData(body);
    return presentSession(await this.sessions.collectData(caller, sid, device, completion), this.address.url);
  }

  @Put(':id/issuer-fingerprint')
  async issuerFingerprint(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const caller = callerOf(request);
    const view = await this.sessions.reportMethod(caller, sessionId(id), readMethodCompletion(body));
    return presentFingerprint(view, this.address.url);
  }

  @Post(':id/complete')
  @HttpCode(204)
  async complete(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    await this.sessions.complete(callerOf(request), sessionId(id));
  }
}

function callerOf(request: FastifyRequest): ApiCaller {
  if (!request.caller) throw new Error('The caller guard did not run');
  return request.caller;
}

/** The contract's spelling of the header, or the common one. */
function idempotencyKey(request: FastifyRequest): string | null {
  const value = request.headers['cko-idempotency-key'] ?? request.headers['idempotency-key'];
  return value === undefined ? null : String(value);
}

function sessionId(text: string): string {
  const id = decodeId('session', text);
  if (id === null) throw new NotFound('session');
  return id;
}

/** Unknown values are ignored: one SDK sends `undefined` for ever after its first GET (section 11, item 3). */
function filterOf(channel: string | undefined): ChannelFilter {
  return channel === 'app' || channel === 'browser' ? channel : null;
}
