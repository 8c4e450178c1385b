/** Every call of the upstream API enters here: who calls, which fault strikes, how the answer goes out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK } from '../config';
import { AccountStore } from './account.store';
import { Refusal, refusal, type UpstreamAnswer } from './answer';
import { CallLog } from './call-log';
import type { Caller, Twist } from './sessions.service';
import { sendAnswer, sendDistorted, sendInterruption, type AnswerHeaders } from './spoil';
import { UpstreamFaultStore } from './upstream-fault.store';
import { DISTORTIONS, INTERRUPTIONS, type CallMode, type Distortion, type Endpoint } from './upstream-faults';

/** What a call is done with: how far the clock is ahead, and what is asked of the authentication. */
export interface Circumstances extends Twist {
  readonly skewMs: number;
}

/** One call as it came in. */
export interface Call {
  readonly endpoint: Endpoint;
  /** Null where it is not known. */
  readonly clientId: string | null;
  readonly sessionId?: string;
  /** The bearer token, for the fault that voids it. */
  readonly token?: string;
}

type Act = (circumstances: Circumstances) => UpstreamAnswer | Promise<UpstreamAnswer>;

const isInterruption = (mode: CallMode): boolean => INTERRUPTIONS.some((known) => known === mode);
const isDistortion = (mode: CallMode): mode is Distortion => DISTORTIONS.some((known) => known === mode);

/** Serves calls. */
@Injectable()
export class FrontDoor {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly accounts: AccountStore,
    private readonly faults: UpstreamFaultStore,
    private readonly log: CallLog,
  ) {}

  /** A call of a session endpoint: OAuth, or the session's secret (sessions-api.md section 4). */
  serveCaller(
    endpoint: Endpoint,
    request: FastifyRequest<{ Params: { id?: string } }>,
    reply: FastifyReply,
    act: (caller: Caller, twist: Twist) => UpstreamAnswer | Promise<UpstreamAnswer>,
  ): Promise<void> {
    const caller = this.callerOf(request.headers.authorization ?? '');
    const oauth = caller?.by === 'oauth' ? caller : null;
    const { id } = request.params;
    const call = {
      endpoint,
      clientId: oauth?.clientId ?? null,
      ...(id === undefined ? {} : { sessionId: id }),
      ...(oauth === null ? {} : { token: oauth.token }),
    };
    return this.serve(call, reply, (circumstances) => {
      if (!caller) throw refusal(401);
      return act(caller, circumstances);
    });
  }

  /** Any call. An interruption strikes before the work is done unless it says `after`. */
  async serve(call: Call, reply: FastifyReply, act: Act): Promise<void> {
    const { endpoint, clientId, sessionId = null, token } = call;
    const record = this.log.begin(endpoint, clientId, sessionId);
    const { fault, skewMs } = this.faults.takeCall(endpoint, clientId);
    const headers = this.headersOf(skewMs);
    record.fault = fault?.mode ?? null;

    const interrupts = fault !== null && isInterruption(fault.mode);
    if (interrupts && !fault.after) {
      if (fault.mode !== 'slow') return sendInterruption(reply, endpoint, fault, headers);
      await sleep(fault.delayMs, undefined, { ref: false });
    }
    if (fault?.mode === 'revoke_token' && token !== undefined) {
      this.accounts.revoke(token);
      record.status = 401;
      return sendAnswer(reply, { status: 401 }, headers);
    }

    const answer = await answerOf(act, { skewMs, neverFinal: fault?.mode === 'never_final' });
    record.status = answer.status;
    if (fault && isDistortion(fault.mode)) return sendDistorted(reply, fault.mode, answer, headers);
    if (interrupts && fault.after) {
      if (fault.mode !== 'slow') return sendInterruption(reply, endpoint, fault, headers);
      await sleep(fault.delayMs, undefined, { ref: false });
    }
    sendAnswer(reply, answer, headers);
  }

  private headersOf(skewMs: number): AnswerHeaders {
    return skewMs === 0 ? {} : { date: new Date(this.clock.now().getTime() + skewMs).toUTCString() };
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
