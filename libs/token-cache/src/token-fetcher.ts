import type { Clock } from '@app/kernel';
import { LOG, Metrics, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LEASE_MS } from './domain/decide';
import { jitterOf } from './domain/request-key';
import { lifeOf, REFUSAL_MS, retryDelay } from './domain/schedule';
import type { TokenRow } from './domain/token-row';
import { TOKEN_CACHE_CLOCK } from './token-cache.clock';
import type { FetchOutcome, FetchToken, IssuedToken } from './token-cache.types';
import { TokenStore, type Settlement } from './token-store';

/** What one fetch may take, in real milliseconds. */
const FETCH_WITHIN_MS = 10_000;
const EXTEND_EVERY_MS = 800;
const LONGEST_CODE = 100;

/** Fetches one token under a claim. What the upstream says is checked here and turned into what is written down. */
@Injectable()
export class TokenFetcher {
  private fetchToken: FetchToken | null = null;
  private readonly outcomes;
  private readonly skew;

  constructor(
    private readonly store: TokenStore,
    @Inject(TOKEN_CACHE_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter('upstream_token_fetches_total', 'Tokens asked for, by outcome', ['outcome']);
    this.skew = metrics.gauge('upstream_clock_skew_seconds', 'Upstream clock minus ours, at the last fetched token');
  }

  bind(fetchToken: FetchToken): void {
    this.fetchToken = fetchToken;
  }

  /** False until there is somebody to ask: nothing is claimed before. */
  get isBound(): boolean {
    return this.fetchToken !== null;
  }

  /** Never rejects. While the upstream thinks, the claim is kept alive; a holder that died lets it lapse within seconds. */
  async fetch(claim: TokenRow): Promise<Settlement> {
    const askedAt = this.now();
    const alive = setInterval(() => void this.keepAlive(claim), EXTEND_EVERY_MS);
    try {
      const outcome = await this.ask(claim);
      this.outcomes.inc({ outcome: outcome.outcome });
      if (outcome.outcome === 'issued') this.measureSkew(outcome.token, askedAt);
      else this.tell(claim, outcome);
      return settlementOf(claim, outcome, askedAt, this.now());
    } finally {
      clearInterval(alive);
    }
  }

  private async ask({ accountId, credentialVersion, scopes, audience }: TokenRow): Promise<FetchOutcome> {
    if (this.fetchToken === null) return { outcome: 'failed', cause: 'not_bound' };
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<FetchOutcome>((resolve) => {
      timer = setTimeout(() => resolve({ outcome: 'failed', cause: 'timeout' }), FETCH_WITHIN_MS);
    });
    try {
      const request = { accountId, credentialVersion, scopes, ...(audience === null ? {} : { audience }) };
      return checked(await Promise.race([this.fetchToken(request), tooLate]));
    } catch (error) {
      this.log.error({ err: error, account: accountId }, 'fetching an upstream token failed unexpectedly');
      return { outcome: 'failed', cause: 'unexpected' };
    } finally {
      clearTimeout(timer);
    }
  }

  private async keepAlive({ key, fence }: TokenRow): Promise<void> {
    try {
      await this.store.extend(key, fence, LEASE_MS);
    } catch (error) {
      this.log.debug({ err: error }, 'a claim could not be kept alive');
    }
  }

  private measureSkew({ serverDate }: IssuedToken, askedAt: number): void {
    if (serverDate === undefined) return;
    const skewMs = serverDate.getTime() - (askedAt + this.now()) / 2;
    if (Number.isFinite(skewMs)) this.skew.set(skewMs / 1000);
  }

  private tell({ accountId }: TokenRow, outcome: Exclude<FetchOutcome, { outcome: 'issued' }>): void {
    if (outcome.outcome === 'refused') {
      this.log.error({ account: accountId, code: outcome.code }, 'upstream refuses a token: check the credential');
    } else this.log.warn({ account: accountId, cause: outcome.cause }, 'upstream gave no token');
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** A token without text or without a life is no token. What an upstream says is kept short and printable. */
function checked(outcome: FetchOutcome): FetchOutcome {
  switch (outcome.outcome) {
    case 'issued': {
      const { accessToken, expiresInSeconds } = outcome.token;
      const isUsable = accessToken.expose().length > 0 && Number.isFinite(expiresInSeconds) && expiresInSeconds > 0;
      return isUsable ? outcome : { outcome: 'failed', cause: 'malformed_answer' };
    }
    case 'refused':
      return { ...outcome, code: plain(outcome.code) };
    case 'failed': {
      const { retryAfterSeconds } = outcome;
      const isAsked = retryAfterSeconds !== undefined && retryAfterSeconds > 0;
      return { outcome: 'failed', cause: plain(outcome.cause), ...(isAsked ? { retryAfterSeconds } : {}) };
    }
  }
}

function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, LONGEST_CODE) || 'unknown';
}

function settlementOf(claim: TokenRow, outcome: FetchOutcome, askedAt: number, now: number): Settlement {
  const jitter = jitterOf(claim.key, claim.fence);
  const { key, fence } = claim;
  const base = { key, fence, token: null, refusalCode: null, failures: 0, failureCause: null, endedAt: now };
  switch (outcome.outcome) {
    case 'issued': {
      const { lifeMs, renewAt, expiresAt } = lifeOf(askedAt, outcome.token.expiresInSeconds, jitter);
      return {
        ...base,
        token: { accessToken: outcome.token.accessToken, issuedAt: askedAt, expiresAt, lifeMs },
        renewAt,
      };
    }
    case 'refused':
      return { ...base, refusalCode: outcome.code, renewAt: now + REFUSAL_MS };
    case 'failed': {
      const failures = claim.failures + 1;
      const delay = retryDelay(failures, claim.lifeMs, jitter, outcome.retryAfterSeconds);
      return { ...base, failures, failureCause: outcome.cause, renewAt: now + delay };
    }
  }
}
