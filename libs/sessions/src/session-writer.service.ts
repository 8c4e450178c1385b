import { Callbacks, type NewCallback } from '@app/callbacks';
import { MerchantDirectory, type Channel } from '@app/credentials';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { callbackPayload } from './domain/callback-payload';
import type { Change } from './domain/changes';
import { AUTOMATIC_COMPLETION_MINUTES, minutesAfter } from './domain/deadlines';
import type { Session } from './domain/session';
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
    private readonly log: SessionLog,
  ) {}

  /**
   * Stores a change of the session read as `before`; `within` a transaction the channel comes along, because a second
   * connection must not be wanted there, and the caller says when it is `committed`. False, and nothing stored, when somebody
   * else was first. A session that becomes final and has a callback owes it from that moment: it is sent when the
   * merchant completes, or by ourselves a while later (channel setting), so that a merchant whose page died still hears.
   */
  async save(before: Session, change: Change, within?: { tx: Queryable; channel: Channel }): Promise<boolean> {
    const dueAt = await this.callbackDueAt(before, change.session, within?.channel);
    const callback = dueAt === null ? {} : { callback: this.callbacks.prepare(messageOf(change.session, dueAt)) };
    const saved = await this.repository.save({ before, change, ...callback }, within?.tx);
    if (saved && !within) this.log.changed(change);
    return saved;
  }

  /**
   * As `save`, and owes the callback by `dueAt`. Gives the id of its message; null when somebody else was first. The
   * message that was owed before is the one that is meant: a session is owed one.
   */
  async saveOwing(before: Session, change: Change, dueAt: Date): Promise<string | null> {
    const id = await this.database.transaction(async (tx) => {
      if (!(await this.repository.save({ before, change }, tx))) return null;
      return (await this.callbacks.enqueue(tx, messageOf(change.session, dueAt))).id;
    });
    if (id !== null) this.log.changed(change);
    return id;
  }

  /** A change that was saved within a transaction is there to stay: only now is it told and counted. */
  committed(change: Change): void {
    this.log.changed(change);
  }

  private async callbackDueAt(before: Session, after: Session, known?: Channel): Promise<Date | null> {
    const becomesFinal = before.finalAt === null && after.finalAt !== null;
    if (!becomesFinal || after.callbackUrl === null) return null;
    const channel = known ?? (await this.directory.channel(after.merchantId, after.environment, after.channelId));
    return channel?.autoComplete ? minutesAfter(after.updatedAt, AUTOMATIC_COMPLETION_MINUTES) : null;
  }
}

function messageOf(session: Session, dueAt: Date): NewCallback {
  if (session.callbackUrl === null) throw new Error('A session without a callback address owes nothing');
  return {
    merchantId: session.merchantId,
    environment: session.environment,
    channelId: session.channelId,
    sessionId: session.id,
    url: session.callbackUrl,
    payload: callbackPayload(session),
    dueAt,
  };
}
