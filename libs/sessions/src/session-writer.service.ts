import { Callbacks, type NewCallback } from '@app/callbacks';
import { CardBins, type PreparedCard } from '@app/cards';
import { MerchantDirectory, type Channel } from '@app/credentials';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { CardClaim } from './card-sources.service';
import { binFactsTold } from './domain/bin-told';
import { callbackPayload } from './domain/callback-payload';
import { ConnectorRegistry } from './connector-registry';
import type { Change } from './domain/changes';
import { AUTOMATIC_COMPLETION_MINUTES, minutesAfter } from './domain/deadlines';
import type { NewLink } from './domain/hosted-link';
import { inquiryAfter } from './domain/inquiries';
import type { Session } from './domain/session';
import { SessionChanges } from './hosted/session-changes';
import { SessionRepository } from './persistence/session.repository';
import { SessionLog } from './session-log';

/** Stores changes of sessions together with what they make us owe: the row of a callback is part of the change. */
@Injectable()
export class SessionWriter {
  constructor(
    private readonly repository: SessionRepository,
    private readonly callbacks: Callbacks,
    private readonly directory: MerchantDirectory,
    private readonly database: Database,
    private readonly connectors: ConnectorRegistry,
    private readonly log: SessionLog,
    private readonly changes: SessionChanges,
    private readonly bins: CardBins,
  ) {}

  /**
   * Stores a change of the session read as `before`; `within` a transaction the channel comes along, because a second
   * connection must not be wanted there, and the caller says when it is `committed`. Gives the session as it was stored; null, and nothing stored, when somebody
   * else was first. A session that becomes final and has a callback owes it from that moment: a hosted one at once;
   * of another one it is sent when the merchant completes, or by ourselves a while later (channel setting), so that a
   * merchant whose page died still hears.
   */
  async save(before: Session, made: Change, within?: { tx: Queryable; channel: Channel }): Promise<Session | null> {
    const change = this.scheduled(before, made);
    const dueAt = await this.callbackDueAt(before, change.session, within?.channel);
    const callback = dueAt === null ? {} : { callback: this.callbacks.prepare(messageOf(change.session, dueAt)) };
    const saved = await this.repository.save({ before, change, ...callback }, within?.tx);
    if (saved && !within) this.committed(change);
    return saved ? change.session : null;
  }

  /**
   * As `save`, and owes the callback by `dueAt`. Gives the id of its message; null when somebody else was first. The
   * message that was owed before is the one that is meant: a session is owed one.
   */
  async saveOwing(before: Session, made: Change, dueAt: Date): Promise<string | null> {
    const change = this.scheduled(before, made);
    const id = await this.database.transaction(async (tx) => {
      if (!(await this.repository.save({ before, change }, tx))) return null;
      return (await this.callbacks.enqueue(tx, messageOf(change.session, dueAt))).id;
    });
    if (id !== null) this.committed(change);
    return id;
  }

  /**
   * Stores a session just made, with its card where it has a number and its link where it is hosted, and takes the card from
   * where it was kept (`claim`): both or neither. Gives the session as it was stored.
   * @throws whatever `claim` throws
   */
  async insert(
    made: Change,
    card: PreparedCard | null,
    link: NewLink | null,
    claim: CardClaim | null,
  ): Promise<Session> {
    const stored = await this.store(this.scheduled(null, made), card, link, claim);
    this.log.changed(stored);
    return stored.session;
  }

  // Without a claim it is one statement, shared with others.
  private async store(
    created: Change,
    card: PreparedCard | null,
    link: NewLink | null,
    claim: CardClaim | null,
  ): Promise<Change> {
    if (claim === null) {
      await this.repository.insert(created, card, link);
      return created;
    }
    return this.database.transaction(async (tx) => {
      const instrumentId = await claim.take(tx, created.session.id);
      const taken = { ...created, session: { ...created.session, instrumentId } };
      await this.repository.insert(taken, card, link, tx);
      return taken;
    });
  }

  /**
   * Stores that a try at one connector is over and that the next has begun: both or nothing. Gives the session as
   * it was stored; null when somebody else was first.
   */
  async failOver(before: Session, abandoned: Change, begun: Change): Promise<Session | null> {
    const next = this.scheduled(abandoned.session, begun);
    const saved = await this.database.transaction(async (tx) => {
      if (!(await this.repository.save({ before, change: abandoned }, tx))) return false;
      await this.repository.insertAttempt(next.session, tx);
      // The row is ours until the transaction ends: nobody can have been faster.
      return this.repository.save({ before: abandoned.session, change: next }, tx);
    });
    if (!saved) return null;
    for (const change of [abandoned, next]) this.committed(change);
    return next.session;
  }

  /** A change that was saved within a transaction is there to stay: only now is it told and counted. */
  committed(change: Change): void {
    const { session } = change;
    this.log.changed(change);
    this.changes.announce(session.id);
    const facts = binFactsTold(session.attempt.facts);
    // Beside the payment, which does not wait for it.
    if (facts !== null && session.bin !== null) void this.bins.tell(session.environment, session.bin, facts);
  }

  /** With the time at which the connector is to be asked, where it can be. */
  private scheduled(before: Session | null, change: Change): Change {
    const { session } = change;
    // A change can say itself that there is nothing to ask any more.
    const isSet = before !== null && before.inquireAt !== session.inquireAt;
    if (isSet) return change;
    const inquires = this.connectors.inquires(session.attempt.connector);
    if (!inquires && session.inquireAt === null) return change;
    return { ...change, session: { ...session, inquireAt: inquires ? inquiryAfter(before, change) : null } };
  }

  private async callbackDueAt(before: Session, after: Session, known?: Channel): Promise<Date | null> {
    const becomesFinal = before.finalAt === null && after.finalAt !== null;
    if (!becomesFinal || after.callbackUrl === null || after.refusalCode !== null) return null;
    if (after.flow === 'hosted') return after.updatedAt;
    const channel = known ?? (await this.directory.channel(after.merchantId, after.environment, after.channelId));
    return channel?.autoComplete ? minutesAfter(after.updatedAt, AUTOMATIC_COMPLETION_MINUTES) : null;
  }
}

function messageOf(session: Session, dueAt: Date): NewCallback {
  if (session.callbackUrl === null) throw new Error('A session without a callback address owes nothing');
  return {
    kind: 'session_completed',
    merchantId: session.merchantId,
    environment: session.environment,
    channelId: session.channelId,
    sessionId: session.id,
    url: session.callbackUrl,
    payload: callbackPayload(session),
    dueAt,
  };
}
