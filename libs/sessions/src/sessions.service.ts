import type { AuthenticationConnector, DeviceData } from '@app/authentication-port';
import { Callbacks, type CallbackSecrets } from '@app/callbacks';
import { CardVault, DataKeyring } from '@app/cards';
import { MerchantDirectory, type AccessTokenActor, type Channel } from '@app/credentials';
import {
  DuplicateRequest,
  InvalidRequest,
  newUuidV7,
  NotAllowed,
  NotFound,
  randomBytes,
  Secret,
  type Clock,
} from '@app/kernel';
import { CLOCK, isUniqueViolation } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { cardOf, requestOf } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import {
  actorName,
  assertScope,
  assertSecretAlive,
  boundChannel,
  hashSecret,
  secretMatches,
  type Caller,
} from './caller';
import { ConnectorRegistry } from './connector-registry';
import { assertMeets, needsOf } from './domain/needs';
import { hasMethod, scopeOf } from './domain/device';
import { completeSession, note, sendRequest, type Cause, type Change } from './domain/changes';
import { openSession, refuseSession, type CreateSession, type CreationContext } from './domain/new-session';
import { sessionSecretContext } from './domain/sealing-contexts';
import type { MethodCompletion, Session } from './domain/session';
import { assertIdle, isFinal, stateForbids } from './domain/session.machine';
import { IssuerDialogue } from './issuer-dialogue';
import { SessionRepository } from './persistence/session.repository';
import { SessionLog } from './session-log';
import { anotherTryWasFaster, callbackNotAcknowledged, turnedAway } from './sessions.errors';
import { SessionWriter } from './session-writer.service';
import type { SessionView } from './session-view';

/** A session just made, and whether the issuer side was asked (201) or the merchant's turn comes first (202). */
export interface CreatedSession {
  view: SessionView;
  asked: boolean;
}

/** The stories of the Sessions API, one per endpoint, in order. Save, call, save: no network inside a transaction. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly dialogue: IssuerDialogue,
    private readonly directory: MerchantDirectory,
    private readonly vault: CardVault,
    private readonly values: AuthenticationValues,
    private readonly keyring: DataKeyring,
    private readonly callbacks: Callbacks,
    private readonly writer: SessionWriter,
    private readonly log: SessionLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Opens a session and, where the device data is there and the 3DS Method has had its turn, asks the issuer at once.
   * `sessionId` is given where the request names itself: the id was chosen before.
   * @throws InvalidRequest, NotAllowed (scope, enrolment, configuration)
   */
  async create(actor: AccessTokenActor, command: CreateSession, sessionId?: string): Promise<CreatedSession> {
    assertScope(actor, command.device && scopeOf(command.device));
    const channel = await this.channelFor(actor, command.channelId);
    const connector = this.connectors.forChannel(channel, needsOf(command));
    const at = this.clock.now();
    const id = sessionId ?? newUuidV7(at);
    const request = requestOf(command, { sessionId: id, merchantId: actor.merchantId, at }, channel);
    const secret = new Secret(`sek_${randomBytes(32).toString('base64')}`);
    const context = this.creationContext(actor, channel, connector, { id, at, secret, device: command.device });
    const plan = connector.plan(request);
    if (plan.outcome === 'refused') {
      const scheme = plan.scheme ?? command.source.scheme ?? null;
      const refusal = refuseSession(command, context, { code: plan.code, scheme });
      await onlyOnce(this.repository.insertRefused(refusal));
      throw turnedAway(plan.code);
    }
    await this.vault.warm(actor.merchantId);
    const source = cardOf(command.source);
    const card = source && this.vault.prepare({ ...source, sessionId: id, merchantId: actor.merchantId });
    const methodHeard =
      plan.methodUrl === undefined ||
      !hasMethod(command.device) ||
      command.methodCompletion === 'Y' ||
      command.methodCompletion === 'N';
    // U says nothing about a method that exists: the merchant still has to run it.
    const settled = { ...command, methodCompletion: methodHeard ? command.methodCompletion : null };
    const opened = openSession(settled, context, plan, card);
    const asked = command.device !== null && methodHeard;
    const created = asked ? followedBy(opened, sendRequest(opened.session, { at, actor: context.actor })) : opened;
    await onlyOnce(this.repository.insert(created, card));
    this.log.changed(created);
    const session = asked ? await this.dialogue.ask(created.session, channel, source) : created.session;
    return {
      view: { session, visibility: 'token', secret, authenticationValue: await this.values.open(session) },
      asked,
    };
  }

  /**
   * A session that an earlier try of the same request has made, as its answer would tell it now; null when none was.
   * @throws NotAllowed when the earlier try was refused
   */
  async recover(actor: AccessTokenActor, id: string): Promise<CreatedSession | null> {
    const session = await this.repository.findOfMerchant(id, actor.merchantId, actor.environment);
    if (!session) {
      const code = await this.repository.findRefusal(id, actor.merchantId, actor.environment);
      if (code !== null) throw turnedAway(code);
      return null;
    }
    return { view: await this.view({ kind: 'token', actor }, session), asked: session.attempt.progress !== 'planned' };
  }

  /** @throws NotFound, Unauthenticated, NotAllowed (scope) */
  async get(caller: Caller, id: string): Promise<SessionView> {
    return this.view(caller, await this.read(caller, id));
  }

  /**
   * Takes the cardholder's device data and asks the issuer. A completion said here counts over one said before.
   * @throws NotAllowed when the session is not waiting for it, NotImplemented when its connector does not carry the device, DuplicateRequest when another call was first
   */
  async collectData(
    caller: Caller,
    id: string,
    device: DeviceData,
    completion: MethodCompletion | null,
  ): Promise<SessionView> {
    const session = await this.read(caller, id);
    const scope = scopeOf(device);
    if (caller.kind === 'token') assertScope(caller.actor, scope);
    assertIdle(session);
    if (session.status !== 'pending' || session.device !== null) {
      throw stateForbids('The session does not wait for channel data');
    }
    assertMeets(this.connectors.get(session.attempt.connector), needsOf({ device, source: session.details.source }));
    const patch = {
      device,
      deviceChannel: device.channel,
      scopeChannel: scope ?? session.scopeChannel,
      methodCompletion: completion ?? session.methodCompletion,
    };
    return this.view(caller, await this.sendAndAsk(caller, session, patch));
  }

  /**
   * Takes the outcome of the 3DS Method; asks the issuer where the device data is already there.
   * @throws NotAllowed when there is no method or the session is past it
   */
  async reportMethod(caller: Caller, id: string, completion: MethodCompletion): Promise<SessionView> {
    const session = await this.read(caller, id);
    if (caller.kind === 'token') assertScope(caller.actor, 'browser');
    assertIdle(session);
    if (session.status !== 'pending') throw stateForbids('The session is past its 3DS Method');
    if (!hasMethod(session.device)) {
      throw new NotAllowed('three_ds_method_not_supported_for_app', 'Only a browser runs the 3DS Method');
    }
    if (session.attempt.methodUrl === null) {
      throw new NotAllowed('three_ds_method_not_supported_without_url', 'The card range has no 3DS Method');
    }
    const patch = { methodCompletion: completion };
    if (session.device !== null) return this.view(caller, await this.sendAndAsk(caller, session, patch));
    const change = note(session, this.cause(caller), { type: 'method_reported', data: { completion } }, patch);
    await this.saveOrLose(session, change);
    return this.view(caller, change.session);
  }

  /**
   * Closes a final session: tells the merchant's callback and, once it took the message, marks the session completed.
   * @throws NotAllowed before final or when closed already; CallbackFailed (502) when the target did not take it
   */
  async complete(caller: Caller, id: string): Promise<void> {
    const session = await this.read(caller, id);
    if (!isFinal(session.status) || session.completedBy === 'merchant') {
      throw stateForbids('The session is not final, or is completed already');
    }
    const cause = this.cause(caller);
    if (session.completedAt !== null || session.callbackUrl === null) {
      const at = session.completedAt ?? cause.at;
      await this.saveOrLose(session, completeSession(session, 'merchant', { ...cause, at }));
      return;
    }
    const requested = note(session, cause, { type: 'completion_requested' });
    const messageId = await this.writer.saveOwing(session, requested, cause.at);
    if (messageId === null) throw new DuplicateRequest();
    const { delivered } = await this.callbacks.deliver(messageId);
    if (!delivered) throw callbackNotAcknowledged();
    await this.markCompleted(session.id, cause);
  }

  /** The callback of a session was acknowledged, by whichever try: the session is completed. Safe to call twice. */
  async callbackDelivered(sessionId: string): Promise<void> {
    await this.retryOnRace(async () => {
      const session = await this.repository.findById(sessionId);
      if (!session || session.completedAt !== null) return true;
      const change = completeSession(session, 'callback', { at: this.clock.now(), actor: 'system' });
      return this.writer.save(session, change);
    });
  }

  /** What a callback carries beside its stored body, while it still exists. */
  async callbackSecrets(sessionId: string, merchantId: string): Promise<CallbackSecrets> {
    const session = await this.repository.findById(sessionId);
    if (!session || session.merchantId !== merchantId) return {};
    const { eci, dsTransactionId } = session.attempt.facts;
    const cryptogram = await this.values.open(session);
    return {
      ...(cryptogram === null ? {} : { cryptogram }),
      ...(eci === undefined ? {} : { eci }),
      ...(dsTransactionId === undefined ? {} : { xid: dsTransactionId }),
    };
  }

  private async markCompleted(sessionId: string, cause: Cause): Promise<void> {
    await this.retryOnRace(async () => {
      const session = await this.repository.findById(sessionId);
      if (!session || session.completedBy === 'merchant') return true;
      const at = session.completedAt ?? this.clock.now();
      return this.writer.save(session, completeSession(session, 'merchant', { ...cause, at }));
    });
  }

  private async sendAndAsk(caller: Caller, session: Session, patch: Partial<Session>): Promise<Session> {
    const { attempt: _same, ...fields } = patch;
    const channel = await this.channelOf(session);
    const hasNumber = session.details.source.reference === undefined;
    const card = hasNumber ? await this.vault.find(session.id, session.merchantId) : null;
    if (hasNumber && !card) throw stateForbids('The card data of the session is gone');
    const change = sendRequest(session, this.cause(caller), fields);
    await this.saveOrLose(session, change);
    return this.dialogue.ask(change.session, channel, card);
  }

  private async read(caller: Caller, id: string): Promise<Session> {
    if (caller.kind === 'token') {
      const { actor } = caller;
      const session = await this.repository.findOfMerchant(id, actor.merchantId, actor.environment);
      if (!session) throw new NotFound('session');
      assertScope(actor, session.scopeChannel);
      return session;
    }
    const session = await this.repository.findById(id);
    if (!session || !secretMatches(session, caller.secret)) throw new NotFound('session');
    assertSecretAlive(session, this.clock.now());
    return session;
  }

  private async view(caller: Caller, session: Session): Promise<SessionView> {
    if (caller.kind === 'secret') return { session, visibility: 'secret', secret: null, authenticationValue: null };
    const secret = await this.keyring.open(session.secretSealed, sessionSecretContext(session.id));
    return {
      session,
      visibility: 'token',
      secret: secret === null ? null : new Secret(secret.toString()),
      authenticationValue: await this.values.open(session),
    };
  }

  private async channelFor(actor: AccessTokenActor, channelId: string | null): Promise<Channel> {
    const id = channelId ?? actor.defaultChannelId;
    if (id === null) throw new InvalidRequest(['processing_channel_id_required']);
    const channel = await this.directory.channel(actor.merchantId, actor.environment, id);
    if (!channel) throw new InvalidRequest(['processing_channel_id_invalid']);
    return channel;
  }

  private async channelOf(session: Session): Promise<Channel> {
    const channel = await this.directory.channel(session.merchantId, session.environment, session.channelId);
    if (!channel) throw new NotAllowed('processing_channel_disabled', 'The processing channel is gone');
    return channel;
  }

  private creationContext(
    actor: AccessTokenActor,
    channel: Channel,
    connector: AuthenticationConnector,
    fresh: { id: string; at: Date; secret: Secret; device: DeviceData | null },
  ): CreationContext {
    const secret = fresh.secret.expose();
    return {
      id: fresh.id,
      at: fresh.at,
      merchantId: actor.merchantId,
      environment: actor.environment,
      accessKeyId: actor.accessKeyId,
      actor: actorName({ kind: 'token', actor }),
      channelId: channel.id,
      connector: connector.id,
      sessionMinutes: channel.sessionMinutes,
      cardRetentionMinutes: channel.cardRetentionMinutes,
      scopeChannel: fresh.device ? scopeOf(fresh.device) : boundChannel(actor),
      secretHash: hashSecret(secret),
      secretSealed: this.keyring.seal('session_secret', Buffer.from(secret), sessionSecretContext(fresh.id)),
    };
  }

  private cause(caller: Caller): Cause {
    return { at: this.clock.now(), actor: actorName(caller) };
  }

  private async saveOrLose(session: Session, change: Change): Promise<void> {
    if (!(await this.writer.save(session, change))) throw new DuplicateRequest();
  }

  // For what must not be lost to a race: reload and apply again. Each round loses to a change that did get stored.
  private async retryOnRace(attempt: () => Promise<boolean>): Promise<void> {
    for (let round = 0; round < 10; round++) if (await attempt()) return;
    throw new DuplicateRequest();
  }
}

/**
 * A request that names itself makes its session under one id: a try that was given up for dead and comes back to life
 * finds that another has stored it.
 */
async function onlyOnce(insert: Promise<void>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw anotherTryWasFaster();
  }
}

function followedBy(first: Change, second: Change): Change {
  return {
    session: second.session,
    events: [...first.events, ...second.events],
    exchanges: [...first.exchanges, ...second.exchanges],
  };
}
