import type { Clock } from '@app/kernel';
import { APP_CONFIG, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { TOKEN_CACHE_CLOCK } from '../token-cache.clock';
import { TokenMemory } from '../token-memory';
import { TokenRenewal } from '../token-renewal';
import { TokenStore } from '../token-store';

/**
 * Short enough for tokens that live 3 s: between the last moment of renewal and the end are 10 % of a life. A heap of times
 * makes a tick with nothing to do as good as free.
 */
const RENEW_EVERY_MS = 50;
const ABANDONED_EVERY_MS = 1_000;
const NOTE_EVERY_MS = 10_000;
const CLEAN_EVERY_MS = 60_000;
const LEASE_MS = 30_000;

/**
 * Ticks of upstream tokens. Every process keeps fresh what it uses itself; a claim on the row decides which of them asks the
 * upstream. Workers renew besides what was used lately and nobody renews, and clean up.
 */
@Injectable()
export class TokenJobs implements OnModuleDestroy, BeforeApplicationShutdown {
  private isStopping = false;
  private claiming: Promise<unknown> | null = null;

  constructor(
    private readonly renewal: TokenRenewal,
    private readonly memory: TokenMemory,
    private readonly store: TokenStore,
    private readonly leases: Leases,
    @Inject(TOKEN_CACHE_CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Interval('upstream-token-renewal', RENEW_EVERY_MS)
  renewDue(): void {
    if (!this.isStopping) this.renewal.renewDue();
  }

  @Interval('upstream-token-abandoned', ABANDONED_EVERY_MS)
  async renewAbandoned(): Promise<void> {
    if (this.isStopping || this.config.role === 'api' || this.claiming !== null) return;
    this.claiming = this.told(() => this.renewal.renewAbandoned());
    await this.claiming;
    this.claiming = null;
  }

  @Interval('upstream-token-use', NOTE_EVERY_MS)
  async noteUse(): Promise<void> {
    const uses = this.memory.takeUses(this.now());
    if (uses.length === 0) return;
    await this.told(async () => {
      try {
        await this.store.noteUse(uses);
      } catch (error) {
        this.memory.putBack(uses);
        throw error;
      }
    });
  }

  @Interval('upstream-token-cleaning', CLEAN_EVERY_MS)
  async clean(): Promise<void> {
    this.memory.dropIdle(this.now());
    if (this.config.role === 'api') return;
    await this.told(() =>
      this.leases.withLease('token-cache.clean', LEASE_MS, async () => {
        const deleted = await this.store.deleteIdle(this.now());
        if (deleted > 0) this.log.info({ deleted }, 'upstream tokens forgotten');
      }),
    );
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** What was fetched is written down before the end. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.claiming;
    await this.renewal.settled();
    await this.noteUse();
  }

  /** The database may be away for a while. */
  private async told(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ err: error }, 'upstream tokens: scheduled work failed');
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
