import { setTimeout as sleep } from 'node:timers/promises';
import { newUuidV7, NotFound, type Clock } from '@app/kernel';
import { CLOCK, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CallbackDeliveries, TRY_TIMEOUT_MS } from './callback-deliveries';
import { outcomeOf, type DeliveryOutcome } from './domain/delivery-outcome';
import type { CallbackSubject } from './callback-subject';
import { callbackUnderWay, nothingToResend } from './callbacks.errors';
import type { CallbackHistory } from './domain/callback-history';
import type { NewCallback } from './domain/callback-message';
import { callbackRow, type CallbackRow } from './domain/callback-row';
import { isClaimed, isUnderWay } from './domain/last-callback';
import { CallbackReplayRepository } from './persistence/callback-replay.repository';
import { CallbackRepository } from './persistence/callback.repository';

/** How often a caller that waits for another's try looks, in milliseconds. */
const LOOK_EVERY_MS = 50;

/** What we owe merchants: put on the books with the change it reports, then sent until acknowledged or given up. */
@Injectable()
export class Callbacks {
  constructor(
    private readonly messages: CallbackRepository,
    private readonly replays: CallbackReplayRepository,
    private readonly deliveries: CallbackDeliveries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sessions gives itself here at start; nothing is sent before. */
  bind(subject: CallbackSubject): void {
    this.deliveries.bind(subject);
  }

  /**
   * The row of a message that a session is owed, for a statement that stores it together with the change it reports:
   * insert it with `CALLBACK_COLUMNS`, doing nothing on a conflict (the session is owed it already).
   */
  prepare(message: NewCallback): CallbackRow {
    const now = this.clock.now();
    return callbackRow(newUuidV7(now), message, now);
  }

  /**
   * Puts the message of a session on the books, in the transaction `tx` of the change that it reports. A session is owed
   * one: asked again, the id of the first comes back with `created` false, due no later than now asked for unless the
   * schedule has begun. `id` is a uuid.
   */
  enqueue(tx: Queryable, message: NewCallback): Promise<{ id: string; created: boolean }> {
    const now = this.clock.now();
    return this.messages.insert(tx, newUuidV7(now), message, now);
  }

  /**
   * Makes one try now, whether due or not, dead or not, for at most `timeoutMs` real milliseconds. Call it outside any
   * transaction, after the one of `enqueue` has committed. A message that is delivered is not sent again; one that
   * another is just sending is waited for, and the other's outcome given. Before it comes back delivered, the subject
   * has been told.
   * @throws NotFound when there is no such message
   */
  async deliver(messageId: string, timeoutMs = TRY_TIMEOUT_MS): Promise<DeliveryOutcome> {
    const claimed = await this.deliveries.claim(messageId, timeoutMs);
    if (!claimed) return this.outcomeOfAnother(messageId, timeoutMs);
    const { status, problem } = await this.deliveries.attempt(claimed, timeoutMs);
    return outcomeOf(problem === null, status, problem);
  }

  /**
   * Has the last message of a session sent again within a second or so, in the transaction `tx` of whoever wants it: the same
   * message with the same id. One that was delivered stays so, whatever comes of the one more try; one that was given up is
   * on its schedule again, from the beginning. Gives the id (UUID) of the message.
   * @throws CountersignError 409 `nothing_to_resend`, `callback_under_way` when it is about to be sent anyhow
   */
  async resend(tx: Queryable, sessionId: string, merchantId: string): Promise<string> {
    const now = this.clock.now();
    const last = await this.replays.holdLast(tx, sessionId, merchantId);
    if (!last) throw nothingToResend();
    const isBeingSent = last.state !== 'delivered' && isClaimed(last, now);
    if (isBeingSent || isUnderWay(last, now)) throw callbackUnderWay();
    await this.replays.wantAgain(tx, last.id, now);
    return last.id;
  }

  /** The messages that a session's merchant is owed or has, with every try, the oldest first; forgotten ones are not there. */
  ofSession(sessionId: string, merchantId: string): Promise<CallbackHistory[]> {
    return this.messages.ofSession(sessionId, merchantId);
  }

  /** Forgets messages that were on the books before `before` and are delivered, with their tries. Returns how many. */
  forgetDeliveredBefore(before: Date): Promise<number> {
    return this.messages.deleteDeliveredBefore(before);
  }

  private async outcomeOfAnother(messageId: string, timeoutMs: number): Promise<DeliveryOutcome> {
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += LOOK_EVERY_MS) {
      const standing = await this.messages.standing(messageId);
      if (!standing) throw new NotFound('callback');
      const isBeingSent = standing.claimedUntil !== null && standing.claimedUntil > this.clock.now();
      if (standing.delivered || !isBeingSent) {
        return outcomeOf(standing.delivered, standing.status, standing.problem);
      }
      await sleep(LOOK_EVERY_MS);
    }
    return { delivered: false, problem: 'timeout' };
  }
}
