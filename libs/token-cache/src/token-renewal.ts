import type { Clock } from '@app/kernel';
import { LOG, Metrics, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { claimEnd, decide, LEASE_MS, type Decision, type StepResult } from './domain/decide';
import type { TokenRow } from './domain/token-row';
import { PAUSE, type Pause } from './pause';
import { Places } from './places';
import { TOKEN_CACHE_CLOCK } from './token-cache.clock';
import { TokenFetcher } from './token-fetcher';
import { TokenMemory, usedUntil, type Entry } from './token-memory';
import { TokenStore, type Settlement } from './token-store';

/** Fetches of one process at a time: for those who wait, and ahead of time. */
const FOR_CALLERS = 64;
const AHEAD = 32;
/** Who uses a token renews it; a worker takes what nobody has taken for this long. */
const GRACE_MS = 1_000;
const AFTER_ERROR_MS = 1_000;
const COMPLAIN_EVERY_MS = 10_000;
const FIRST_LOOK_MS = 20;
const LONGEST_LOOK_MS = 200;

const LAG_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

/** The steps between memory, Postgres and upstream. Of each request a process takes one at a time, for all who wait. */
@Injectable()
export class TokenRenewal {
  private readonly forCallers = new Places(FOR_CALLERS);
  private readonly ahead = new Places(AHEAD);
  private readonly underWay = new Set<Promise<unknown>>();
  private complainedAt = 0;
  private readonly lag;

  constructor(
    private readonly memory: TokenMemory,
    private readonly store: TokenStore,
    private readonly fetcher: TokenFetcher,
    @Inject(TOKEN_CACHE_CLOCK) private readonly clock: Clock,
    @Inject(PAUSE) private readonly pause: Pause,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.lag = metrics.histogram(
      'upstream_token_renewal_lag_seconds',
      'From the time when a token was to be replaced to its replacement',
      [],
      LAG_BUCKETS_SECONDS,
    );
  }

  /** One step for somebody who waits: what is to be done after it. Rejects when Postgres does. */
  step(entry: Entry): Promise<StepResult> {
    return this.alone(entry, async () => {
      const decision = await this.look(entry);
      if (decision.do === 'fetch' && this.fetcher.isBound) {
        return { decision: await this.fetch(entry, this.forCallers), upstream: true };
      }
      if (decision.do !== 'wait') {
        entry.looks = 0;
        return { decision, upstream: decision.do !== 'serve' && decision.do !== 'serve_and_renew' };
      }
      const longest = Math.min(FIRST_LOOK_MS * 2 ** entry.looks++, LONGEST_LOOK_MS);
      await this.pause(Math.max(1, Math.min(longest, decision.until - this.now())));
      return { decision, upstream: true };
    });
  }

  /** Ahead of time, nobody waits. Never rejects. */
  async renew(entry: Entry): Promise<void> {
    if (entry.step !== null || !this.fetcher.isBound) return;
    try {
      await this.alone(entry, async () => {
        // What is known is enough to begin with, unless another was at it: then it is time to look.
        const known = entry.row;
        const decision =
          known === null || known.claimedUntil !== null
            ? await this.look(entry)
            : decide(known, entry.credentialVersion, this.now());
        if (decision.do === 'fetch' || decision.do === 'serve_and_renew') {
          return { decision: await this.fetch(entry, this.ahead), upstream: true };
        }
        if (known !== null) this.memory.adopt(entry, known, this.now());
        return { decision, upstream: false };
      });
    } catch (error) {
      this.complain(error);
      this.memory.lookAgain(entry, this.now() + AFTER_ERROR_MS);
    }
  }

  /** Renews what is due in this process's memory; does not wait for it. */
  renewDue(): void {
    for (const entry of this.memory.takeDue(this.now())) void this.renew(entry);
  }

  /** Renews what is due anywhere and left to itself; returns how many it began. */
  async renewAbandoned(): Promise<number> {
    const limit = this.ahead.free;
    if (limit <= 0 || !this.fetcher.isBound) return 0;
    const now = this.now();
    const times = { dueBefore: now - GRACE_MS, now, forMs: LEASE_MS };
    const claims = await this.store.claimDue(times, limit);
    for (const claim of claims) {
      const work = this.ahead.run(async () => {
        // Who had to wait for a place for longer than the claim lasts leaves it to whoever has it by now.
        if (claimEnd(claim, this.now()) !== null) await this.fetchUnder(claim, this.memory.findByKey(claim.key));
      });
      this.track(work).catch((error: unknown) => this.complain(error));
    }
    return claims.length;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  private alone(entry: Entry, work: () => Promise<StepResult>): Promise<StepResult> {
    if (entry.step !== null) return entry.step;
    const step = this.track(work()).finally(() => {
      if (entry.step === step) entry.step = null;
    });
    entry.step = step;
    return step;
  }

  private track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    void work.then(
      () => this.underWay.delete(work),
      () => this.underWay.delete(work),
    );
    return work;
  }

  private async look(entry: Entry): Promise<Decision> {
    // Who reads before a rejection is written down would find the rejected token.
    await entry.rejecting;
    const row = this.memory.adopt(entry, await this.store.find(entry.key), this.now());
    return decide(row, entry.credentialVersion, this.now());
  }

  private fetch(entry: Entry, places: Places): Promise<Decision> {
    return places.run(async () => {
      const seen = entry.row;
      const now = this.now();
      const claim = await this.store.claim({
        key: entry.key,
        accountId: entry.accountId,
        credentialVersion: entry.credentialVersion,
        scopes: entry.scopes,
        audience: entry.audience,
        seenVersion: seen?.version ?? 0,
        now,
        forMs: LEASE_MS,
        inUseUntil: usedUntil(entry),
      });
      if (claim === null) return this.look(entry);
      return this.fetchUnder(claim, entry);
    });
  }

  private async fetchUnder(claim: TokenRow, entry: Entry | undefined): Promise<Decision> {
    const settlement = await this.fetcher.fetch(claim);
    const settled = settledRow(claim, settlement);
    if (settlement.token && claim.token) {
      this.lag.observe(Math.max(0, settlement.token.issuedAt - claim.renewAt) / 1000);
    }
    let version: number | null;
    try {
      version = await this.store.settle(settlement);
    } catch (error) {
      if (settled.token === null || entry === undefined) throw error;
      this.complain(error);
      this.memory.adoptUnsaved(entry, settled, this.now());
      return decide(entry.row, entry.credentialVersion, this.now());
    }
    if (entry === undefined) return { do: 'serve' };
    // Another was faster, or the credential changed: what came late is not used.
    if (version === null) return this.look(entry);
    this.memory.adopt(entry, { ...settled, version }, this.now());
    return decide(entry.row, entry.credentialVersion, this.now());
  }

  /** While Postgres is away everything fails at once: it is said now and then. */
  private complain(error: unknown): void {
    const now = this.now();
    if (now - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = now;
    this.log.warn({ err: error }, 'upstream tokens cannot be renewed');
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function settledRow(claim: TokenRow, { token, ...end }: Settlement): TokenRow {
  return {
    ...claim,
    claimedUntil: null,
    token: token === null ? claim.token : { ...token, sequence: claim.fence },
    lifeMs: token?.lifeMs ?? claim.lifeMs,
    renewAt: end.renewAt,
    refusalCode: end.refusalCode,
    failures: end.failures,
    failureCause: end.failureCause,
  };
}
