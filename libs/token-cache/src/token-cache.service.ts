import type { Clock } from '@app/kernel';
import { Metrics, within } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { StepResult } from './domain/decide';
import { jitterOf } from './domain/request-key';
import { afterRejection } from './domain/schedule';
import { PAUSE, type Pause } from './pause';
import { TOKEN_CACHE_CLOCK } from './token-cache.clock';
import { TokenRefused, TokenUnavailable } from './token-cache.errors';
import type { FetchToken, TokenRequest, UpstreamToken } from './token-cache.types';
import { TokenFetcher } from './token-fetcher';
import { TokenMemory, type Entry } from './token-memory';
import { TokenRenewal } from './token-renewal';
import { TokenStore } from './token-store';

/** Leaves the caller of a session two of its eight seconds. */
const PATIENCE_MS = 6_000;
const LONGEST_PAUSE_MS = 250;

/**
 * Upstream access tokens: from memory, else from Postgres, else from the upstream, which is asked once per token in the whole
 * cluster. Renewed ahead of their end while they are in use, so that in steady state nobody waits.
 */
@Injectable()
export class TokenCache {
  private readonly waits;

  constructor(
    private readonly memory: TokenMemory,
    private readonly store: TokenStore,
    private readonly renewal: TokenRenewal,
    private readonly fetcher: TokenFetcher,
    @Inject(TOKEN_CACHE_CLOCK) private readonly clock: Clock,
    @Inject(PAUSE) private readonly pause: Pause,
    metrics: Metrics,
  ) {
    this.waits = metrics.counter('upstream_token_waits_total', 'Requests whose token was not at hand', ['for']);
    const cached = metrics.gauge('upstream_tokens_cached', 'Accounts and requests in this process’s memory');
    Object.assign(cached, { collect: () => cached.set(memory.size) });
  }

  /** Says how tokens are fetched; until then none is. */
  bind(fetchToken: FetchToken): void {
    this.fetcher.bind(fetchToken);
  }

  /**
   * A valid token: in steady state at once and without any I/O. Where there is none it waits up to `patienceMs` (real time).
   * @throws TokenRefused when the upstream does not accept the credential; it is asked again when `credentialVersion` rises, or
   *   after an hour
   * @throws TokenUnavailable when there is none within the patience, or none can be expected within it
   */
  token(request: TokenRequest, { patienceMs = PATIENCE_MS } = {}): Promise<UpstreamToken> {
    const entry = this.memory.find(request);
    const now = this.now();
    if (entry?.token && now < entry.servesUntil && request.credentialVersion <= entry.credentialVersion) {
      entry.usedAt = now;
      if (now >= entry.lookAt && entry.step === null) void this.renewal.renew(entry);
      return Promise.resolve(entry.token);
    }
    return this.obtain(request, now + patienceMs);
  }

  /**
   * The upstream answered 401 to the token of that number: it is not handed out again, here and anywhere. Whatever was fetched
   * since stays. Resolves when that is written down; the next `token` gives another.
   */
  async invalidate(request: TokenRequest, sequence: number): Promise<void> {
    const entry = this.memory.open(request, this.now());
    if (sequence > entry.rejected) {
      this.memory.reject(entry, sequence, this.now());
      const rejecting = this.writeRejection(entry.key, sequence).finally(() => {
        if (entry.rejecting === rejecting) entry.rejecting = null;
      });
      entry.rejecting = rejecting;
    }
    await entry.rejecting;
  }

  /** The account's credential changed or the account is gone: its tokens and refusals are dropped, here and in Postgres. */
  async forget(accountId: string): Promise<void> {
    this.memory.forgetAccount(accountId);
    await this.store.forget(accountId, this.now());
    this.memory.forgetAccount(accountId);
  }

  private async obtain(request: TokenRequest, deadline: number): Promise<UpstreamToken> {
    const entry = this.memory.open(request, this.now());
    let source = 'postgres';
    try {
      for (let reason = 'waited_too_long'; ;) {
        const left = deadline - this.now();
        if (left <= 0) throw new TokenUnavailable(reason);
        const step = await within(left, this.stepOf(entry));
        if (step?.upstream !== false) source = 'upstream';
        if (step === null) continue;
        const { decision } = step;
        switch (decision.do) {
          case 'serve':
          case 'serve_and_renew':
            if (entry.token !== null && this.now() < entry.servesUntil) return entry.token;
            break;
          case 'refuse':
            throw new TokenRefused(decision.code);
          case 'hold_off':
            if (decision.until >= deadline) throw new TokenUnavailable(decision.reason);
            reason = decision.reason;
            await this.pause(Math.max(1, Math.min(decision.until - this.now(), LONGEST_PAUSE_MS)));
            break;
          case 'fetch':
            if (!this.fetcher.isBound) throw new TokenUnavailable('not_bound');
            break;
          case 'wait':
            break;
        }
      }
    } finally {
      this.waits.inc({ for: source });
      if (source === 'upstream') {
        entry.waits++;
        entry.waitedAt = this.now();
      }
    }
  }

  private async stepOf(entry: Entry): Promise<StepResult> {
    try {
      return await this.renewal.step(entry);
    } catch (error) {
      throw new TokenUnavailable('storage', { cause: error });
    }
  }

  private async writeRejection(key: string, sequence: number): Promise<void> {
    try {
      const row = await this.store.find(key);
      if (row?.token?.sequence !== sequence) return;
      const now = this.now();
      const ageMs = now - row.token.issuedAt;
      const { rejections, delayMs } = afterRejection(row.rejections, ageMs, row.lifeMs, jitterOf(key, sequence));
      await this.store.reject({ key, sequence, rejections, renewAt: now + delayMs });
    } catch (error) {
      throw new TokenUnavailable('storage', { cause: error });
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
