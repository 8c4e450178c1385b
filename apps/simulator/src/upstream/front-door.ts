/** Every call of the upstream API enters here: who calls, which headers go out, and later which fault strikes. */
import { Injectable } from '@nestjs/common';
import { newUuidV4 } from '@app/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountStore } from './account.store';
import { Refusal, refusal, type UpstreamAnswer } from './answer';
import type { Caller, Twist } from './sessions.service';

export type Endpoint = 'token' | 'create' | 'get' | 'collect_data' | 'issuer_fingerprint' | 'complete';

/** What a call is done with: how far the clock is ahead, and what is asked of the authentication. */
export interface Circumstances extends Twist {
  readonly skewMs: number;
}

type Act = (circumstances: Circumstances) => UpstreamAnswer | Promise<UpstreamAnswer>;

/** Serves calls. */
@Injectable()
export class FrontDoor {
  constructor(private readonly accounts: AccountStore) {}

  /** A call of a session endpoint: OAuth, or the session's secret (sessions-api.md section 4). */
  serveCaller(
    endpoint: Endpoint,
    request: FastifyRequest,
    reply: FastifyReply,
    act: (caller: Caller, twist: Twist) => UpstreamAnswer | Promise<UpstreamAnswer>,
  ): Promise<void> {
    const authorization = request.headers.authorization ?? '';
    const caller = this.callerOf(authorization);
    const clientId = caller?.by === 'oauth' ? caller.clientId : null;
    return this.serve(endpoint, clientId, reply, (circumstances) => {
      if (!caller) throw refusal(401);
      return act(caller, circumstances);
    });
  }

  /** Any call. `clientId` is null where it is not known. */
  async serve(_endpoint: Endpoint, _clientId: string | null, reply: FastifyReply, act: Act): Promise<void> {
    send(reply, await answerOf(act, { skewMs: 0 }));
  }

  private callerOf(authorization: string): Caller | null {
    const secret = /^(?:Bearer )?(sek_.{44})$/.exec(authorization)?.[1];
    if (secret !== undefined) return { by: 'secret', secret };
    const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
    if (token === undefined) return null;
    const verdict = this.accounts.verify(token);
    return verdict.ok ? { by: 'oauth', clientId: verdict.token.clientId, scopes: verdict.token.scopes, token } : null;
  }
}

async function answerOf(act: Act, circumstances: Circumstances): Promise<UpstreamAnswer> {
  try {
    return await act(circumstances);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function send(reply: FastifyReply, { status, body }: UpstreamAnswer): void {
  void reply.code(status).headers({ 'Cko-Request-Id': newUuidV4(), 'Cko-Version': '1.0.0-simulator' });
  if (body === undefined) void reply.send();
  else void reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
}
