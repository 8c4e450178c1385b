import { canonicalJson, CountersignError, InvalidRequest, type Clock } from '@app/kernel';
import { CLOCK, type AdminActor, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { ActRequestRepository } from '../persistence/act-request.repository';

const LIFE_MS = 24 * 3_600_000;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** How an act names itself, by the `Idempotency-Key` of its request; `content` is all that makes it the same act again. */
export interface NamedAct {
  readonly key: string | null;
  readonly content: object;
}

/** Acts that are sent again, because an answer was lost, have their effect once. */
@Injectable()
export class ActRequests {
  constructor(
    private readonly requests: ActRequestRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whether this is the first time, in the transaction `tx` of the act: false when the very same was done within a day.
   * @throws InvalidRequest for a key that is none, CountersignError 409 for one that named another act
   */
  async isFirst(tx: Queryable, actor: AdminActor, { key, content }: NamedAct): Promise<boolean> {
    if (key === null) return true;
    if (!KEY.test(key)) throw new InvalidRequest(['idempotency_key_invalid']);
    const requestHash = sha256(canonicalJson(content));
    const known = await this.requests.take(tx, {
      actor: actor.wireId,
      keyHash: sha256(key),
      requestHash,
      expiresAt: new Date(this.clock.now().getTime() + LIFE_MS),
    });
    if (known !== null && !timingSafeEqual(known, requestHash)) {
      throw new CountersignError('conflict', ['idempotency_key_reused'], 'The key named another act before');
    }
    return known === null;
  }

  /** What is kept of a key, for acts that are to be found again by it. */
  static hashOf(key: string): Buffer {
    return sha256(key);
  }

  /** Forgets acts of the day before. */
  forget(): Promise<void> {
    return this.requests.deleteExpired(this.clock.now());
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
