import { SystemClock } from '@app/kernel';
import { Module } from '@nestjs/common';
import { TokenDesk } from './admin/token-desk.service';
import { TokenJobs } from './jobs/token.jobs';
import { PAUSE, realPause } from './pause';
import { TokenSearchRepository } from './persistence/token-search.repository';
import { UpstreamTokenRepository } from './persistence/upstream-token.repository';
import { TOKEN_CACHE_CLOCK } from './token-cache.clock';
import { TokenCache } from './token-cache.service';
import { TokenFetcher } from './token-fetcher';
import { TokenMemory } from './token-memory';
import { TokenRenewal } from './token-renewal';
import { TokenStore } from './token-store';

/**
 * Upstream access tokens with their ticks. Needs the global PlatformModule, and ScheduleModule.forRoot() for the ticks. Whoever
 * knows the upstream calls `TokenCache.bind` at the start.
 */
@Module({
  providers: [
    { provide: TOKEN_CACHE_CLOCK, useClass: SystemClock },
    { provide: PAUSE, useValue: realPause },
    { provide: TokenMemory, useFactory: () => new TokenMemory() },
    { provide: TokenStore, useClass: UpstreamTokenRepository },
    TokenFetcher,
    TokenRenewal,
    TokenJobs,
    TokenCache,
    TokenDesk,
    TokenSearchRepository,
  ],
  exports: [TokenCache, TokenDesk],
})
export class TokenCacheModule {}
