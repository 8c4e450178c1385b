import { DataKeyring } from '@app/cards';
import { canonicalJson, CountersignError, InvalidRequest, newUuidV7, type Clock, type ErrorKind } from '@app/kernel';
import { APP_CONFIG, CLOCK, MacKeys, type AppConfig } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { IdempotencyRepository, type Claim, type IdempotencyKey } from './persistence/idempotency.repository';

const LIFE_MS = 24 * 3_600_000;
/** Longer than any request takes (8 s), in real milliseconds: whoever holds a key for longer has died. */
const LOCK_MS = 20_000;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** What went out, and goes out again: a status and a body, or a refusal in its kind and codes. */
export type FrozenAnswer =
  { status: number; body: object } | { refused: { kind: ErrorKind; codes: readonly string[] } };

/** A request that names itself. */
export interface NamedRequest {
  merchantId: string;
  environment: string;
  route: string;
  key: string;
  body: unknown;
}

/** How the answer is made: `make` does it, `recover` finds what a try that died had already made. */
export interface Work {
  make(sessionId: string): Promise<{ status: number; body: object }>;
  recover(sessionId: string): Promise<{ status: number; body: object } | null>;
}

/**
 * Idempotency by key: the first request with a key does the work, the same one again gets the same answer, for 24 h. The
 * session's id is chosen before the work begins: a try that died in between is found by it, or made again under it, and
 * a straggler that comes back to life collides with its own session instead of making a second.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly requests: IdempotencyRepository,
    private readonly macKeys: MacKeys,
    private readonly keyring: DataKeyring,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'>,
  ) {}

  /**
   * The answer to `request`; `replayed` when it was made before.
   * @throws InvalidRequest for a key that is no key; CountersignError `conflict` `idempotency_key_in_use` while the first
   * one is under way and `idempotency_key_reused` for another body; and whatever `make` throws
   */
  async run(request: NamedRequest, work: Work): Promise<{ status: number; body: object; replayed: boolean }> {
    if (!KEY.test(request.key)) throw new InvalidRequest(['idempotency_key_invalid']);
    const key = await this.keyOf(request);
    const bodyHash = await this.macKeys.mac('idempotency body', canonicalJson(request.body));
    const now = this.clock.now();
    // Requests last real time while locks end by the clock, which may run faster.
    const lockedUntil = new Date(now.getTime() + LOCK_MS * Math.max(1, this.config.timeScale));
    const fresh = await this.requests.claimNew(key, {
      bodyHash,
      sessionId: newUuidV7(now),
      now,
      lockedUntil,
      expiresAt: new Date(now.getTime() + LIFE_MS),
    });
    if (fresh) return { ...(await this.work(key, fresh, () => work.make(fresh.sessionId))), replayed: false };
    const known = await this.requests.find(key);
    // Its day ended between two statements: the caller's next try is a new one.
    if (!known) throw inUse();
    if (!timingSafeEqual(known.bodyHash, bodyHash)) throw conflict('idempotency_key_reused');
    if (known.answerSealed) return { ...thaw(await this.open(key, known.answerSealed)), replayed: true };
    const taken = known.lockedUntil <= now ? await this.requests.takeOver(key, known.fence, lockedUntil) : null;
    if (!taken) throw inUse();
    const again = async (): Promise<{ status: number; body: object }> =>
      (await work.recover(taken.sessionId)) ?? work.make(taken.sessionId);
    return { ...(await this.work(key, taken, again)), replayed: false };
  }

  private async work(
    key: IdempotencyKey,
    claim: Claim,
    make: () => Promise<{ status: number; body: object }>,
  ): Promise<{ status: number; body: object }> {
    try {
      const answer = await make();
      await this.freeze(key, claim, answer);
      return answer;
    } catch (error) {
      if (error instanceof CountersignError && error.kind === 'not_allowed') {
        await this.freeze(key, claim, { refused: { kind: error.kind, codes: error.codes } });
      } else {
        await this.requests.unlock(key, claim.fence, this.clock.now());
      }
      throw error;
    }
  }

  private async freeze(key: IdempotencyKey, claim: Claim, answer: FrozenAnswer): Promise<void> {
    // It may hold an authentication value: its key goes as soon as that of other authentication values.
    const sealed = this.keyring.seal('authentication_value', Buffer.from(JSON.stringify(answer)), contextOf(key));
    await this.requests.answer(key, claim.fence, sealed, this.clock.now());
  }

  private async open(key: IdempotencyKey, sealed: Buffer): Promise<FrozenAnswer> {
    const opened = await this.keyring.open(sealed, contextOf(key));
    if (opened === null) throw new Error('The key of a frozen answer is gone before the answer');
    return JSON.parse(opened.toString()) as FrozenAnswer;
  }

  private async keyOf({ merchantId, environment, route, key }: NamedRequest): Promise<IdempotencyKey> {
    const keyHash = await this.macKeys.mac('idempotency key', canonicalJson([merchantId, environment, route, key]));
    return { merchantId, route, keyHash };
  }
}

function contextOf(key: IdempotencyKey): string {
  return `idempotency ${key.merchantId} ${key.keyHash.toString('hex')}`;
}

function thaw(answer: FrozenAnswer): { status: number; body: object } {
  if ('refused' in answer) throw new CountersignError(answer.refused.kind, answer.refused.codes, 'Refused before');
  return answer;
}

function inUse(): CountersignError {
  return conflict('idempotency_key_in_use');
}

function conflict(code: string): CountersignError {
  return new CountersignError('conflict', [code], 'The idempotency key is taken');
}
