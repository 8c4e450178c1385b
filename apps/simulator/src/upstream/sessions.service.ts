/** The sessions endpoints as functions: what they do to a session, and what they answer. */
import { Inject, Injectable } from '@nestjs/common';
import type { RReq } from '@app/emv3ds';
import type { Clock } from '@app/kernel';
import { SimulatorAddress } from '../address';
import { CLOCK } from '../config';
import { AccountStore } from './account.store';
import { errorAnswer, refusal, type UpstreamAnswer } from './answer';
import { CallbackSender } from './callback-sender';
import { ChallengeBridge } from './challenge-bridge';
import { authenticate, settle, settleUnreadable } from './issuer';
import { present, type Reader, type View } from './presenter';
import { awaitsFingerprint, isFinal, textOf, type Json, type Outcome, type UpstreamSession } from './session';
import { channelFaults, hasChannelData } from './session-request';
import { giveChannelData, SessionFactory } from './session.factory';
import { UpstreamSessionStore } from './session.store';
import { Webhooks } from './webhooks';

/** Who calls: an account with the scopes of its token, or the holder of a session's secret. */
export type Caller =
  | { readonly by: 'oauth'; readonly clientId: string; readonly scopes: readonly string[]; readonly token: string }
  | { readonly by: 'secret'; readonly secret: string };

/** How the authentication is to go on, other than by the card: asked for by a fault. */
export interface Twist {
  readonly neverFinal?: boolean;
}

const STATE = 'update_not_allowed_due_to_state';
const SCOPES = { browser: 'sessions:browser', app: 'sessions:app' } as const;

/** Refusals are thrown (`Refusal`). */
@Injectable()
export class UpstreamSessionsService {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly address: SimulatorAddress,
    private readonly accounts: AccountStore,
    private readonly sessions: UpstreamSessionStore,
    private readonly factory: SessionFactory,
    private readonly challenges: ChallengeBridge,
    private readonly callbacks: CallbackSender,
    private readonly events: Webhooks,
  ) {}

  /** `POST /sessions`: 201 once the issuer was asked, 202 before (sessions-api.md section 2.1). */
  create(caller: Caller, request: Json, twist: Twist = {}): UpstreamAnswer {
    if (caller.by !== 'oauth') throw refusal(401);
    const account = this.accounts.find(caller.clientId);
    if (!account) throw refusal(401);
    const session = this.factory.make(account, request);
    requireScope(caller, session);
    this.sessions.add(session);
    const asked = session.hasChannelData && !session.hosted && !awaitsFingerprint(session);
    if (asked) this.ask(session, twist);
    return { status: asked ? 201 : 202, body: this.view(session, asked ? 'full' : 'accepted', { by: 'oauth' }) };
  }

  /** `GET /sessions/{id}`. `channel` is the request header; other values than the two are ignored. */
  read(caller: Caller, id: string, channel: string | undefined): UpstreamAnswer {
    const session = this.find(caller, id);
    const filter = channel === 'app' || channel === 'browser' ? { channel } : {};
    return { status: 200, body: this.view(session, 'full', { by: caller.by, ...filter }) };
  }

  /** `PUT …/collect-data`. */
  collect(caller: Caller, id: string, data: Json, twist: Twist = {}): UpstreamAnswer {
    const session = this.find(caller, id);
    const faults = hasChannelData(data) ? channelFaults(data) : ['sdk_app_id_required'];
    if (faults.length > 0) throw refusal(422, ...faults);
    this.requireFree(session);
    if (session.outcome.status !== 'pending' || session.hasChannelData) throw refusal(403, STATE);
    session.updates.push({ call: 'collect_data', at: this.clock.now().toISOString(), body: data });
    giveChannelData(session, data);
    this.ask(session, twist);
    return { status: 200, body: this.view(session, 'full', { by: caller.by }) };
  }

  /** `PUT …/issuer-fingerprint`. */
  fingerprint(caller: Caller, id: string, data: Json, twist: Twist = {}): UpstreamAnswer {
    const session = this.find(caller, id);
    const completion = textOf(data['three_ds_method_completion']).toUpperCase();
    if (completion === '') throw refusal(422, 'three_ds_method_completion_required');
    if (completion !== 'Y' && completion !== 'N' && completion !== 'U') {
      throw refusal(422, 'three_ds_method_completion_invalid');
    }
    this.requireFree(session);
    if (session.channel === 'app') throw refusal(403, 'three_ds_method_not_supported_for_app');
    if (!session.behaviour.methodUrl) throw refusal(403, 'three_ds_method_not_supported_without_url');
    if (session.outcome.status !== 'pending') throw refusal(403, STATE);
    session.updates.push({ call: 'issuer_fingerprint', at: this.clock.now().toISOString(), body: data });
    session.methodCompletion = completion;
    if (session.hasChannelData) this.ask(session, twist);
    return { status: 200, body: this.view(session, 'fingerprint', { by: caller.by }) };
  }

  /** `POST …/complete`: the callback goes out inside the call, and its failure is the call's. */
  async complete(caller: Caller, id: string): Promise<UpstreamAnswer> {
    const session = this.find(caller, id);
    this.requireFree(session);
    if (session.hosted || session.completed || !isFinal(session)) throw refusal(403, STATE);
    session.busy = true;
    try {
      if (!(await this.callbacks.send(session))) return errorAnswer(502, ['session_callback_failed']);
      session.completed = true;
      return { status: 204 };
    } finally {
      session.busy = false;
    }
  }

  /** The result of a challenge, as the directory server delivers it. False when no session waits for it. */
  receiveResult(rreq: RReq): boolean {
    const session = this.sessions.findByTransaction(rreq.threeDSServerTransID);
    if (session?.outcome.status !== 'challenged') return false;
    this.end(session, settle(session, rreq));
    return true;
  }

  /** A result that could not be read. */
  receiveUnreadableResult(transactionId: string, errorDetails: Json): void {
    const session = this.sessions.findByTransaction(transactionId);
    if (session?.outcome.status === 'challenged') this.end(session, settleUnreadable(session, errorDetails));
  }

  /** Ends a session as control asks. */
  end(session: UpstreamSession, outcome: Outcome): void {
    session.outcome = outcome;
    if (isFinal(session)) this.events.ended(session);
  }

  /** Sends the authentication request, with device data noted already. */
  ask(session: UpstreamSession, twist: Twist): void {
    this.events.started(session);
    if (twist.neverFinal) {
      session.outcome = { status: 'processing' };
      return;
    }
    const outcome = authenticate(session, this.address.to('/acs/challenge'));
    session.outcome = outcome;
    if (outcome.status !== 'challenged') this.events.ended(session);
    // An app has no page to open; its challenge is ended by control.
    else if (session.channel !== 'app') this.challenges.open(session, this.address.to('/upstream'));
  }

  private view(session: UpstreamSession, view: View, reader: Reader): Json {
    return present(session, view, reader, this.address.to('/upstream'), this.clock.now());
  }

  /** Another account's session is the same as none. */
  private find(caller: Caller, id: string): UpstreamSession {
    const session = this.sessions.find(id);
    if (caller.by === 'secret') {
      if (!session) throw refusal(404, 'session_not_found');
      if (session.secret !== caller.secret) throw refusal(401);
      return session;
    }
    if (session?.clientId !== caller.clientId) throw refusal(404, 'session_not_found');
    requireScope(caller, session);
    return session;
  }

  private requireFree(session: UpstreamSession): void {
    if (session.busy) throw refusal(409, 'session_already_in_use');
  }
}

function requireScope(caller: Caller, session: UpstreamSession): void {
  if (caller.by === 'secret' || caller.scopes.includes('sessions')) return;
  const needed = session.channel === 'app' ? [SCOPES.app] : session.channel === 'browser' ? [SCOPES.browser] : null;
  const fits = (needed ?? [SCOPES.app, SCOPES.browser]).some((scope) => caller.scopes.includes(scope));
  if (!fits) throw refusal(403, 'operation_not_allowed_for_scope');
}
