import { setTimeout as sleep } from 'node:timers/promises';
import { NotFound, type Clock } from '@app/kernel';
import { CLOCK, type ListCondition, type MerchantScope, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CallbackField } from './admin/callback-listing';
import { CallbackDeliveries, TRY_TIMEOUT_MS } from './callback-deliveries';
import { callbackUnderWay, nothingToResend } from './callbacks.errors';
import type { ClaimedCallback } from './domain/callback-message';
import { outcomeOf, type DeliveryOutcome } from './domain/delivery-outcome';
import { isClaimed, isUnderWay, type LastCallback } from './domain/last-callback';
import { CallbackReplayRepository } from './persistence/callback-replay.repository';
import { CallbackSearchRepository, type OwedMessage } from './persistence/callback-search.repository';

/** How often whoever waits for another's try looks, in milliseconds. */
const LOOK_EVERY_MS = 100;

/**
 * Messages that are sent again because somebody wants it: each the same message with the same id, so that a receiver that
 * knows it already can tell (Standard Webhooks, "Idempotency").
 */
@Injectable()
export class CallbackReplays {
  constructor(
    private readonly replays: CallbackReplayRepository,
    private readonly search: CallbackSearchRepository,
    private readonly deliveries: CallbackDeliveries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those that fulfil `conditions` within `scope`, the oldest first, at most `limit`. */
  matching(
    conditions: readonly ListCondition<CallbackField>[],
    scope: MerchantScope,
    limit: number,
  ): Promise<OwedMessage[]> {
    return this.search.matching(conditions, scope, limit);
  }

  /** Those of `ids` (UUIDs) that are there within `scope`, in any order. */
  among(ids: readonly string[], scope: MerchantScope): Promise<OwedMessage[]> {
    return this.search.among(ids, scope);
  }

  /**
   * Takes a message, delivered, given up or waiting, to be sent again now by `send`, in the transaction `tx` of whoever wants it.
   * From then on it is wanted: should `send` never be called, the sweeper sends it.
   * @throws NotFound; CountersignError 409 `callback_under_way` when it is about to be sent anyhow
   */
  async take(tx: Queryable, id: string, merchantId: string): Promise<ClaimedCallback> {
    const message = await this.replays.hold(tx, id, merchantId);
    if (!message) throw new NotFound('callback');
    return this.takeHeld(tx, message);
  }

  /** The same with the newest message of a session. @throws CountersignError 409 `nothing_to_resend`, `callback_under_way` */
  async takeLast(tx: Queryable, sessionId: string, merchantId: string): Promise<ClaimedCallback> {
    const message = await this.replays.holdLast(tx, sessionId, merchantId);
    if (!message) throw nothingToResend();
    return this.takeHeld(tx, message);
  }

  /** Makes the try that a message was taken for; call it outside any transaction. */
  async send(message: ClaimedCallback): Promise<DeliveryOutcome> {
    const { status, problem } = await this.deliveries.attempt(message, TRY_TIMEOUT_MS);
    return outcomeOf(problem === null, status, problem);
  }

  /**
   * What came of a message (UUID) that was taken before, by somebody who may have died since: sends it where that has not been
   * done yet, waits for who is just doing it, and never sends it twice.
   * @throws NotFound when it is there no longer
   */
  async resume(id: string): Promise<DeliveryOutcome> {
    for (let waitedMs = 0; waitedMs < TRY_TIMEOUT_MS; waitedMs += LOOK_EVERY_MS) {
      const now = this.clock.now();
      const claimed = await this.replays.claimWanted(id, now, this.deliveries.claimEnd(TRY_TIMEOUT_MS));
      if (claimed) return this.send(claimed);
      const standing = await this.replays.standing(id, now);
      if (!standing) throw new NotFound('callback');
      const { isWanted, status, problem } = standing;
      if (!isWanted) return outcomeOf(problem === null, status, problem);
      await sleep(LOOK_EVERY_MS);
    }
    return { delivered: false, problem: 'timeout' };
  }

  /** The same for the newest message of a session. @throws NotFound as `resume` */
  async resumeLast(sessionId: string, merchantId: string): Promise<DeliveryOutcome> {
    const id = await this.replays.lastOf(sessionId, merchantId);
    if (id === null) throw new NotFound('callback');
    return this.resume(id);
  }

  private takeHeld(tx: Queryable, message: LastCallback): Promise<ClaimedCallback> {
    const now = this.clock.now();
    if (isUnderWay(message, now) || isClaimed(message, now)) throw callbackUnderWay();
    return this.replays.take(tx, message.id, now, this.deliveries.claimEnd(TRY_TIMEOUT_MS));
  }
}
