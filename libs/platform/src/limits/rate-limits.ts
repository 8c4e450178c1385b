import { CountersignError } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app-config';
import { Metrics } from '../metrics/metrics';
import { ClientAddresses } from './client-address';
import { RateLimiter, type RateLimit } from './rate-limiter';

/**
 * What is counted: tokens and session calls per credential, a cardholder's pages per link, cards that pages hand over per
 * public key; everything of these per client address, and cards once more, because a cardholder has few.
 */
export type LimitName = 'tokens' | 'sessions' | 'hosted' | 'cards' | 'addresses' | 'card_addresses';

/**
 * How fast one caller may go on this replica. Credentials are counted once they have proved themselves: who only knows
 * somebody's client id cannot use up their rate.
 */
@Injectable()
export class RateLimits {
  private readonly limiters: Record<LimitName, RateLimiter | null>;
  private readonly refused;

  constructor(
    @Inject(APP_CONFIG) { limits }: AppConfig,
    metrics: Metrics,
    private readonly addresses: ClientAddresses,
  ) {
    const limiter = (limit: RateLimit | null): RateLimiter | null => limit && new RateLimiter(limit);
    this.limiters = {
      tokens: limiter(limits.tokensPerKey),
      sessions: limiter(limits.sessionsPerKey),
      hosted: limiter(limits.hostedPerLink),
      cards: limiter(limits.cardsPerKey),
      addresses: limiter(limits.perAddress),
      card_addresses: limiter(limits.cardsPerAddress),
    };
    this.refused = metrics.counter('rate_limited_total', 'Requests refused because their caller was too fast', [
      'limit',
    ]);
  }

  /** Counts one for `key`. @throws too_many `too_many_requests`, with the seconds to wait */
  take(limit: LimitName, key: string): void {
    const waitMs = this.limiters[limit]?.take(key) ?? 0;
    if (waitMs === 0) return;
    this.refused.inc({ limit });
    throw tooManyRequests(waitMs);
  }

  /**
   * Counts one for the client behind a socket, where one can be told from many.
   * @param peer the socket's remote address
   * @param forwardedFor the header `X-Forwarded-For`, looked at only where trusted proxies set it
   * @throws too_many `too_many_requests`, with the seconds to wait
   */
  takeForAddress(
    peer: string | undefined,
    forwardedFor: string | undefined,
    limit: 'addresses' | 'card_addresses' = 'addresses',
  ): void {
    if (this.limiters[limit] === null) return;
    const key = this.addresses.keyOf(peer, forwardedFor);
    if (key !== null) this.take(limit, key);
  }
}

function tooManyRequests(waitMs: number): CountersignError {
  return new CountersignError('too_many', ['too_many_requests'], 'Too many requests', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
