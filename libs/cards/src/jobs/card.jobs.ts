import { APP_CONFIG, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CardStorage } from '../card-storage.service';
import { CardTokens } from '../card-tokens.service';
import { CardVault } from '../card-vault.service';
import { DataKeyring, REFRESH_EVERY_MS } from '../data-keyring.service';

const ERASE_EVERY_MS = 15_000;
const RETIRE_EVERY_MS = 600_000;
const LEASE_MS = 60_000;

/**
 * Ticks of cards. Each takes its lease; only the look at this replica's own memory is everybody's. Partitions are every
 * role's: one that serves the API must not depend on a worker that may be away for days.
 */
@Injectable()
export class CardJobs {
  constructor(
    private readonly vault: CardVault,
    private readonly tokens: CardTokens,
    private readonly storage: CardStorage,
    private readonly keyring: DataKeyring,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Interval(REFRESH_EVERY_MS)
  async refreshKeys(): Promise<void> {
    await this.keyring.refresh();
  }

  @Interval(REFRESH_EVERY_MS)
  async ensurePartitions(): Promise<void> {
    await this.leases.withLease('cards.partitions', LEASE_MS, () => this.storage.ensurePartitions());
  }

  @Interval(ERASE_EVERY_MS)
  async erase(): Promise<void> {
    await this.leased('cards.erase', async () => {
      const erased = (await this.vault.eraseDue()) + (await this.tokens.eraseDue());
      if (erased > 0) this.log.info({ erased }, 'card numbers erased');
    });
  }

  @Interval(RETIRE_EVERY_MS)
  async retire(): Promise<void> {
    await this.leased('cards.retire', async () => {
      await this.storage.retire();
      await this.tokens.forgetOld();
    });
  }

  private async leased(name: string, work: () => Promise<void>): Promise<void> {
    if (this.config.role === 'api') return;
    await this.leases.withLease(name, LEASE_MS, work);
  }
}
