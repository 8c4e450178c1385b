import type { Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { daysAhead, DataKeyring } from './data-keyring.service';
import { DAY_MS } from './domain/key-purpose';
import { CardRepository } from './persistence/card.repository';

/** Emptied partitions stay this long: late rows of their day and their keys are settled by then. */
const KEEP_PARTITIONS_MS = 10 * DAY_MS;

/** What must exist before a card can be stored, and what goes when its day is over: partitions and data keys. */
@Injectable()
export class CardStorage implements OnApplicationBootstrap {
  constructor(
    private readonly cards: CardRepository,
    private readonly keyring: DataKeyring,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.keyring.refresh();
    await this.ensurePartitions();
  }

  /** One day behind, two ahead. */
  async ensurePartitions(): Promise<void> {
    await this.cards.ensurePartitions(this.clock.now(), 1 + daysAhead(this.config.timeScale));
  }

  /** Destroys data keys whose last clock has run out and drops the partitions that are empty for good. */
  async retire(): Promise<void> {
    const destroyed = await this.keyring.destroyDue();
    let dropped = 0;
    for (const name of await this.cards.partitionsBefore(new Date(this.clock.now().getTime() - KEEP_PARTITIONS_MS))) {
      if (await this.cards.dropPartitionIfEmpty(name)) dropped++;
    }
    if (destroyed + dropped > 0) this.log.info({ destroyed, dropped }, 'data keys destroyed, card partitions dropped');
  }
}
