import { AsyncLocalStorage } from 'node:async_hooks';
import { timingSafeEqual } from 'node:crypto';
import { canonicalJson, CountersignError, InvalidRequest, NotFound, type Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../clock.token';
import { APP_CONFIG, type AppConfig } from '../config/app-config';
import { CryptoBox } from '../crypto/crypto-box';
import { MacKeys } from '../crypto/mac-keys';
import type { SealedColumn } from '../crypto/sealed-column';
import type { Queryable } from '../database/database';
import { LOG, type Logger } from '../logging/logger';
import { includesScope, type AdminActor } from './actor';
import type { KeyedOnce } from './admin.guard';
import { AdminRequestRepository, type AdminRequestKey, type KnownAdminRequest } from './admin-request.repository';

const LIFE_MS = 24 * 3_600_000;
/** Longer than any request takes, in real milliseconds: whoever holds a key for longer has died. */
const LOCK_MS = 60_000;
const KEY = /^[\x21-\x7e]{1,255}$/;

const contextOf = ({ actor, keyHash }: AdminRequestKey): string => sealedFor(actor, `\\x${keyHash.toString('hex')}`);
const sealedFor = (actor: string, keyHash: string): string => `admin_request:${actor}:${keyHash}`;

/** Where answers are kept for a day. */
export const ADMIN_REQUEST_COLUMN: SealedColumn = {
  table: 'admin_request',
  column: 'answer_sealed',
  key: ['actor', 'key_hash'],
  context: ({ actor = '', key_hash: keyHash = '' }) => sealedFor(actor, keyHash),
};

/** How a request names itself; `content` is all that makes it the same request again. */
export interface NamedAdminRequest {
  readonly key: string;
  readonly content: unknown;
  /** What becomes of it when it is sent again. */
  readonly once: KeyedOnce;
}

/** The right to do what a request asks for, until somebody else takes it over. */
interface Claim {
  readonly key: AdminRequestKey;
  readonly fence: number;
  isOver: boolean;
}

const claims = new AsyncLocalStorage<Claim>();

/**
 * Requests of the admin API that are sent again, because an answer was lost, have their effect once. A row is claimed before the
 * work begins, and what is done marks it in its own transaction, with its entry of the audit log (`noteDone`): however a
 * process dies, a repeat does what was not done and never what was.
 */
@Injectable()
export class AdminRequests {
  constructor(
    private readonly requests: AdminRequestRepository,
    private readonly macKeys: MacKeys,
    private readonly box: CryptoBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Does `work` unless it was done before by the same name within a day; gives its answer, or the one of before. Work that knows
   * `by_itself` what it has done is asked again, and tells how that stands by now.
   * @throws InvalidRequest for a key that is none; CountersignError 409 `idempotency_key_in_use` while the first is under way,
   * `idempotency_key_reused` for one that named something else, `idempotent_answer_gone` where it was done and its answer is
   * not kept; NotFound where the caller may no longer see what the answer tells of; and whatever `work` throws
   */
  async run(
    actor: AdminActor,
    { key, content, once }: NamedAdminRequest,
    work: () => Promise<unknown>,
  ): Promise<{ answer: unknown; isRepeated: boolean }> {
    if (!KEY.test(key)) throw new InvalidRequest(['idempotency_key_invalid']);
    const keyHash = await this.macKeys.mac('admin request key', key);
    const requestHash = await this.macKeys.mac('admin request', canonicalJson(content));
    const name = { actor: actor.wireId, keyHash };
    const now = this.clock.now();
    // Requests last real time while locks end by the clock, which may run faster.
    const lockedUntil = new Date(now.getTime() + LOCK_MS * Math.max(1, this.config.timeScale));
    const expiresAt = new Date(now.getTime() + LIFE_MS);
    const claimed = await this.requests.claim(name, {
      requestHash,
      merchants: actor.merchants,
      now,
      lockedUntil,
      expiresAt,
    });
    if (claimed !== null) return this.work({ key: name, fence: claimed, isOver: false }, once, work);
    const known = await this.requests.find(name);
    // Freed between two statements: the next try is a first one.
    if (!known) throw inUse();
    if (!timingSafeEqual(known.requestHash, requestHash)) throw reused();
    if (!known.isAnswered && known.lockedUntil > now) throw inUse();
    if ((known.isAnswered || known.isDone) && once === 'by_itself') return { answer: await work(), isRepeated: true };
    if (known.isAnswered) return this.answerOf(name, known, actor);
    if (known.isDone) throw gone();
    const fence = await this.requests.takeOver(name, known.fence, lockedUntil);
    if (fence === null) throw inUse();
    return this.work({ key: name, fence, isOver: false }, once, work);
  }

  /**
   * For the audit log: what it notes in `tx` is what the request that is being served asked for, where that has a name.
   * @throws CountersignError when somebody else has taken the request over; `tx` must not be committed then
   */
  async noteDone(tx: Queryable, merchantId: string | null): Promise<void> {
    const claim = claims.getStore();
    // What goes on after the answer is no longer the request.
    if (!claim || claim.isOver) return;
    if (!(await this.requests.markDone(tx, claim.key, claim.fence, merchantId, this.clock.now()))) throw inUse();
  }

  /** Forgets requests whose day is over. */
  forget(): Promise<void> {
    return this.requests.deleteExpired(this.clock.now());
  }

  private async work(
    claim: Claim,
    once: KeyedOnce,
    work: () => Promise<unknown>,
  ): Promise<{ answer: unknown; isRepeated: boolean }> {
    const { key, fence } = claim;
    try {
      const answer = await claims.run(claim, work);
      const sealed = once === 'answered' ? this.sealed(key, answer) : null;
      await this.requests.answer(key, fence, sealed, this.clock.now());
      return { answer, isRepeated: false };
    } catch (error) {
      await this.release(claim, error);
      throw error;
    } finally {
      claim.isOver = true;
    }
  }

  /** It may tell of cardholders. */
  private sealed(key: AdminRequestKey, answer: unknown): Buffer {
    return this.box.seal(Buffer.from(JSON.stringify(answer ?? null)), contextOf(key));
  }

  private answerOf(
    key: AdminRequestKey,
    { merchants, answerSealed }: KnownAdminRequest,
    actor: AdminActor,
  ): { answer: unknown; isRepeated: boolean } {
    // Whoever has lost merchants since is told no more of them.
    if (!includesScope(actor.merchants, merchants)) throw new NotFound('merchant');
    if (answerSealed === null) throw gone();
    const answer: unknown = JSON.parse(this.box.open(answerSealed, contextOf(key)).toString('utf8'));
    return { answer, isRepeated: true };
  }

  /**
   * What was refused is free to be asked again, also where it was noted before it was tried; what failed may have been done.
   * Where this fails the lock ends by itself: what is told is what went wrong first.
   */
  private async release({ key, fence }: Claim, error: unknown): Promise<void> {
    const isRefused = error instanceof CountersignError && error.kind !== 'internal' && error.kind !== 'unavailable';
    try {
      if (isRefused) await this.requests.free(key, fence);
      else await this.requests.letGo(key, fence, this.clock.now());
    } catch (second) {
      this.log.warn({ err: second }, 'a request of the admin API that failed holds its key for a while');
    }
  }
}

const inUse = (): CountersignError =>
  new CountersignError('conflict', ['idempotency_key_in_use'], 'The first request with this key is under way');
const reused = (): CountersignError =>
  new CountersignError('conflict', ['idempotency_key_reused'], 'The key named another request before');
const gone = (): CountersignError =>
  new CountersignError('conflict', ['idempotent_answer_gone'], 'It was done, and its answer is not kept');
