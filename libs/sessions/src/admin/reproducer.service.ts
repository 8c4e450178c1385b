import { CardVault, DataKeyring, type PreparedCard } from '@app/cards';
import type { Channel } from '@app/credentials';
import { newUuidV7, Pan, randomBytes, type Clock } from '@app/kernel';
import { CLOCK, type AdminActor } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { requestOf, startedAttempt, type StoredCard } from '../attempt-builder';
import { hashSecret } from '../caller';
import { ConnectorRegistry } from '../connector-registry';
import { leaveSession, declineChallenge } from '../domain/cardholder-changes';
import { followedBy, sendRequest, type Change } from '../domain/changes';
import { openSession, type CreateSession } from '../domain/new-session';
import {
  reproducedDevice,
  reproducedPurchase,
  type ReproducedEnd,
  type ReproductionPlan,
} from '../domain/reproduction';
import { sessionSecretContext } from '../domain/sealing-contexts';
import type { Session } from '../domain/session';
import { endUnanswered } from '../domain/unanswered';
import { IssuerDialogue } from '../issuer-dialogue';
import { SessionRepository } from '../persistence/session.repository';
import { SessionWriter } from '../session-writer.service';
import { turnedAway } from '../sessions.errors';
import { SIMULATOR, type Simulator } from '../simulator';
import { SimulatorChannels } from './simulator-channels.service';

export type Replay = Extract<ReproductionPlan, { kind: 'replay' }>;

/** The one that the simulator's directory servers are asked by, whatever route the original went. */
const CONNECTOR = 'emv3ds';
/** The card expires in nobody's time. */
const EXPIRY = { expiryMonth: 12, expiryYear: 2049 };

/** A session that replays another one, made and not stored. */
export interface Reproduction {
  readonly created: Change;
  readonly prepared: PreparedCard;
  readonly card: StoredCard;
  readonly channel: Channel;
}

/** Makes sessions that replay others at the simulator, and takes them to the same end. */
@Injectable()
export class Reproducer {
  constructor(
    private readonly connectors: ConnectorRegistry,
    private readonly channels: SimulatorChannels,
    private readonly vault: CardVault,
    private readonly keyring: DataKeyring,
    private readonly dialogue: IssuerDialogue,
    private readonly repository: SessionRepository,
    private readonly writer: SessionWriter,
    @Inject(SIMULATOR) private readonly simulator: Simulator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The session that would replay `original`; the simulator knows what it will meet.
   * @param by who wants it
   * @throws CountersignError 503 when the simulator does not answer, NotAllowed when its card cannot be authenticated
   */
  async make(original: Session, { card, script }: Replay, by: AdminActor): Promise<Reproduction> {
    const { merchantId } = original;
    const actor = by.wireId;
    const channel = await this.channels.of(by, merchantId);
    const at = this.clock.now();
    const id = newUuidV7(at);
    const number = { number: Pan.fromTrusted(card.number), ...EXPIRY };
    const command = commandOf(original, channel, { ...number, scheme: card.scheme }, script !== null);
    const plan = this.connectors.get(CONNECTOR).plan(requestOf(command, { sessionId: id, merchantId, at }, channel));
    if (plan.outcome === 'refused') throw turnedAway(plan.code);
    const secret = `sek_${randomBytes(32).toString('base64')}`;
    const context = {
      id,
      at,
      merchantId,
      environment: channel.environment,
      accessKeyId: original.accessKeyId,
      actor,
      channelId: channel.id,
      connector: CONNECTOR,
      sessionMinutes: channel.sessionMinutes,
      cardRetentionMinutes: 0,
      scopeChannel: 'browser' as const,
      secretHash: hashSecret(secret),
      secretSealed: this.keyring.seal('session_secret', Buffer.from(secret), sessionSecretContext(id)),
    };
    await this.vault.warm(merchantId);
    const prepared = this.vault.prepare({ ...number, sessionId: id, merchantId });
    const methodCompletion = plan.methodUrl === undefined ? null : original.methodCompletion === 'Y' ? 'Y' : 'N';
    const opened = openSession({ ...command, methodCompletion }, context, plan, prepared);
    if (script === null) return { created: opened, prepared, card: number, channel };
    // Told before anything is asked: without its script a transaction would meet what its card meets.
    await this.simulator.script(plan.transactionId, script);
    const created = followedBy(opened, sendRequest(opened.session, { at, actor }));
    return { created, prepared, card: number, channel };
  }

  /** Takes a stored one to its end; gives it as it then stands: without one where nobody answers in time. */
  async run({ created, card, channel }: Reproduction, { script, end }: Replay, actor: string): Promise<Session> {
    const { session } = created;
    if (script !== null) await this.dialogue.start({ session, channel, whenRefused: 'unavailable' }, card);
    if (script?.result) await this.simulator.play(session.attempt.transactionId);
    const now = (await this.repository.findById(session.id)) ?? session;
    const change = await this.ending(now, channel, end, actor);
    return (change && (await this.writer.save(now, change))) ?? now;
  }

  private async ending(session: Session, channel: Channel, end: ReproducedEnd, actor: string): Promise<Change | null> {
    const cause = { at: this.clock.now(), actor };
    if (session.finalAt !== null) return null;
    switch (end) {
      case 'issuer':
        return null;
      case 'deadline':
        return endUnanswered(session, cause, { type: 'deadline_passed' });
      case 'left':
        return leaveSession(session, cause);
      case 'declined_challenge': {
        const attempt = startedAttempt(session, channel);
        const step = await this.connectors.get(CONNECTOR).advance(attempt, { type: 'challenge_declined' });
        return declineChallenge(session, step, cause);
      }
    }
  }
}

/** The same request, without anything that is the cardholder's and without anybody to call back. */
function commandOf(
  original: Session,
  channel: Channel,
  card: StoredCard & Pick<CreateSession['source'], 'scheme'>,
  isAsked: boolean,
): CreateSession {
  const source = { kind: 'card' as const, stored: original.details.source.stored, scheme: card.scheme };
  const { number, expiryMonth, expiryYear } = card;
  return {
    channelId: channel.id,
    source: { ...source, number, expiryMonth, expiryYear },
    keepsCard: false,
    amountMinor: original.amountMinor,
    currency: original.currency,
    reference: original.reference,
    details: {
      source: source,
      purchase: reproducedPurchase(original.details.purchase),
      echo: {},
    },
    device: isAsked ? reproducedDevice(original.device) : null,
    methodCompletion: null,
    callbackUrl: null,
    challengeNotificationUrl: null,
    returnUrls: null,
  };
}
