import type { DeviceData, Signal } from '@app/authentication-port';
import { Callbacks, type CallbackSecrets } from '@app/callbacks';
import type { AccessTokenActor } from '@app/credentials';
import { DuplicateRequest, NotAllowed, type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AuthenticationValues } from './authentication-values';
import { actorName, assertScope, type Caller } from './caller';
import { ConnectorRegistry } from './connector-registry';
import { SessionCreation, type CreatedSession } from './creation.service';
import { completeSession, note, sendRequest, type Cause, type Change } from './domain/changes';
import { hasMethod, scopeOf } from './domain/device';
import { assertMeets, needsOf } from './domain/needs';
import type { CreateSession } from './domain/new-session';
import { methodIndicator } from './domain/next-actions';
import type { MethodCompletion, Session } from './domain/session';
import { assertIdle, isFinal, stateForbids } from './domain/session.machine';
import { Inquiries } from './inquiries.service';
import { ANSWER_WITHIN_MS, IssuerDialogue } from './issuer-dialogue';
import { SessionRepository } from './persistence/session.repository';
import { SessionReader } from './session-reader.service';
import type { SessionView } from './session-view';
import { SessionWriter } from './session-writer.service';
import { callbackNotAcknowledged, refusedBy } from './sessions.errors';
import type { Answer } from './step-store.service';

export type { CreatedSession };

/** What the merchant's callback gets of a completion's time at least. Real time. */
const SHORTEST_TRY_MS = 2_000;

/** The stories of the Sessions API, one per endpoint, in order. Save, call, save: no network inside a transaction. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly creation: SessionCreation,
    private readonly reader: SessionReader,
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly dialogue: IssuerDialogue,
    private readonly inquiries: Inquiries,
    private readonly values: AuthenticationValues,
    private readonly callbacks: Callbacks,
    private readonly writer: SessionWriter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Opens a session and, where the device data is there and the 3DS Method has had its turn, asks the issuer at once.
   * `sessionId` is given where the request names itself: the id was chosen before.
   * @throws InvalidRequest, NotAllowed (scope, enrolment, configuration)
   */
  create(actor: AccessTokenActor, command: CreateSession, sessionId?: string): Promise<CreatedSession> {
    return this.creation.create(actor, command, sessionId);
  }

  /** See `SessionCreation.recover`. */
  recover(actor: AccessTokenActor, id: string): Promise<CreatedSession | null> {
    return this.creation.recover(actor, id);
  }

  /**
   * A session as it stands; where its connector can be asked for news, it is asked first.
   * @throws NotFound, Unauthenticated, NotAllowed (scope)
   */
  async get(caller: Caller, id: string): Promise<SessionView> {
    return this.reader.view(caller, await this.inquiries.fresh(await this.reader.read(caller, id)));
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
    const session = await this.reader.read(caller, id);
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
    const asked = await this.sendAndAsk(caller, session, patch, (now) => ({
      type: 'channel_data',
      device,
      methodCompletion: indicatorOf(now),
    }));
    return this.reader.view(caller, asked);
  }

  /**
   * Takes the outcome of the 3DS Method; asks the issuer where the device data is already there.
   * @throws NotAllowed when there is no method or the session is past it
   */
  async reportMethod(caller: Caller, id: string, completion: MethodCompletion): Promise<SessionView> {
    const session = await this.reader.read(caller, id);
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
    const signal = (willAsk: boolean) => (now: Session) =>
      ({ type: 'method_completion', methodCompletion: indicatorOf(now), willAsk }) as const;
    if (session.device !== null) {
      return this.reader.view(caller, await this.sendAndAsk(caller, session, patch, signal(true)));
    }
    const change = note(session, this.cause(caller), { type: 'method_reported', data: { completion } }, patch);
    const reported = await this.saveOrLose(session, change);
    if (reported.attempt.progress !== 'opened') return this.reader.view(caller, reported);
    const call = { session: reported, channel: await this.reader.channelOf(session), whenRefused: { backTo: session } };
    return this.reader.view(caller, told(await this.dialogue.tell(call, signal(false)(reported))));
  }

  /**
   * Closes a final session: tells the merchant's callback and, once it took the message, marks the session completed.
   * @throws NotAllowed before final, when closed already, and always where it is hosted; CallbackFailed (502) when the target did not take it
   */
  async complete(caller: Caller, id: string): Promise<void> {
    const begunAt = performance.now();
    const found = await this.reader.read(caller, id);
    if (found.flow === 'hosted') throw stateForbids('A hosted session is completed by its end');
    const session = await this.inquiries.fresh(found);
    if (!isFinal(session.status) || session.completedBy === 'merchant') {
      throw stateForbids('The session is not final, or is completed already');
    }
    const cause = this.cause(caller);
    if (session.completedAt !== null || session.callbackUrl === null) {
      await this.close(session, cause);
      return;
    }
    const requested = note(session, cause, { type: 'completion_requested' });
    const messageId = await this.writer.saveOwing(session, requested, cause.at);
    if (messageId === null) throw new DuplicateRequest();
    // An upstream that was asked first has had some of the time.
    const leftMs = Math.max(SHORTEST_TRY_MS, ANSWER_WITHIN_MS - (performance.now() - begunAt));
    const { delivered } = await this.callbacks.deliver(messageId, leftMs);
    if (!delivered) throw callbackNotAcknowledged();
    await this.markCompleted(session.id, cause);
  }

  /** The callback of a session was acknowledged, by whichever try: the session is completed. Safe to call twice. */
  async callbackDelivered(sessionId: string): Promise<void> {
    await this.retryOnRace(async () => {
      const session = await this.repository.findById(sessionId);
      if (!session || session.completedAt !== null) return true;
      const change = completeSession(session, 'callback', { at: this.clock.now(), actor: 'system' });
      return (await this.writer.save(session, change)) !== null;
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

  /**
   * Nothing is to be sent: the merchant's word is all there is to store. It yields to another call of the merchant's, and
   * not to what we or an upstream note about the session at the same moment, which takes nothing away from it.
   */
  private async close(session: Session, cause: Cause): Promise<void> {
    let current: Session | null = session;
    await this.retryOnRace(async () => {
      if (!current || current.completedBy === 'merchant') throw new DuplicateRequest();
      const at = current.completedAt ?? cause.at;
      if (await this.writer.save(current, completeSession(current, 'merchant', { ...cause, at }))) return true;
      current = await this.repository.findById(session.id);
      return false;
    });
  }

  private async markCompleted(sessionId: string, cause: Cause): Promise<void> {
    await this.retryOnRace(async () => {
      const session = await this.repository.findById(sessionId);
      if (!session || session.completedBy === 'merchant') return true;
      const at = session.completedAt ?? this.clock.now();
      return (await this.writer.save(session, completeSession(session, 'merchant', { ...cause, at }))) !== null;
    });
  }

  /** Stored as asked first; then the attempt is started, or one that an upstream opened before is told. */
  private async sendAndAsk(
    caller: Caller,
    session: Session,
    patch: Partial<Omit<Session, 'attempt'>>,
    signal: (asked: Session) => Signal,
  ): Promise<Session> {
    const isOpened = session.attempt.progress === 'opened';
    const { channel, card } = isOpened
      ? { channel: await this.reader.channelOf(session), card: null }
      : await this.reader.forAsking(session);
    const asked = await this.saveOrLose(session, sendRequest(session, this.cause(caller), patch));
    // A merchant is told what to mend; a cardholder can mend nothing.
    const whenRefused = caller.kind === 'cardholder' ? 'unavailable' : { backTo: session };
    const call = { session: asked, channel, whenRefused } as const;
    return told(isOpened ? await this.dialogue.tell(call, signal(asked)) : await this.dialogue.start(call, card));
  }

  private cause(caller: Caller): Cause {
    return { at: this.clock.now(), actor: actorName(caller) };
  }

  private async saveOrLose(session: Session, change: Change): Promise<Session> {
    const stored = await this.writer.save(session, change);
    if (!stored) throw new DuplicateRequest();
    return stored;
  }

  // For what must not be lost to a race: reload and apply again. Each round loses to a change that did get stored.
  private async retryOnRace(attempt: () => Promise<boolean>): Promise<void> {
    for (let round = 0; round < 10; round++) if (await attempt()) return;
    throw new DuplicateRequest();
  }
}

/** The session as it stands after a call. @throws what a refused call deserves */
function told({ session, refused }: Answer): Session {
  if (refused) throw refusedBy(refused);
  return session;
}

/** What the attempt of a session says about the 3DS Method. */
function indicatorOf({ attempt, device, methodCompletion }: Session): MethodCompletion {
  return methodIndicator(hasMethod(device) ? attempt.methodUrl : null, methodCompletion, attempt.startsAt);
}
