import { LOG, type Logger, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { BinEntry, BinFacts } from './domain/card-bin';
import { CardBinRepository, type BinTally, type UnknownBin } from './persistence/card-bin.repository';

/** So many BINs are remembered as stored; past that a process begins anew. There are a hundred million. */
const MOST_REMEMBERED = 100_000;
const NOTHING_TOLD = '';
/** So many may wait for their turn; what comes then is left for its next session. */
const MOST_WAITING = 1_000;

/**
 * Whose cards are, by how their numbers begin: the issuer, its country, the kind of card. From a table that the installation
 * is given; what that does not know is as an upstream told it last. For people and reports: no payment depends on it, and
 * what cannot be stored is left for the next session with that BIN.
 */
@Injectable()
export class CardBins {
  /** What was told of a BIN last, by environment and BIN; those that are there are stored. */
  readonly #stored = new Map<string, string>();
  /** One at a time: where they have to wait, others find a connection still. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(
    private readonly repository: CardBinRepository,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** A session’s card has this BIN (six to eight digits; null: it has no number). Never rejects. */
  async see(environment: string, bin: string | null): Promise<void> {
    if (bin === null || this.#stored.has(environment + bin)) return;
    await this.keep(environment, bin, NOTHING_TOLD, () => this.repository.add(environment, bin));
  }

  /** What an upstream said of a session's card. Never rejects. */
  async tell(environment: string, bin: string, facts: BinFacts): Promise<void> {
    const told = JSON.stringify(facts);
    if (this.#stored.get(environment + bin) === told) return;
    await this.keep(environment, bin, told, () => this.repository.tell(environment, bin, facts));
  }

  /**
   * Puts a table of BINs in the place of an environment's present one; sessions of the past are then as it says, too.
   * @param also is done in the same transaction, as its last statement
   */
  replaceTable(
    environment: string,
    entries: readonly BinEntry[],
    also?: (tx: Queryable, before: number) => Promise<void>,
  ): Promise<void> {
    return this.repository.replace(environment, entries, also);
  }

  /** How much is known, by environment. */
  tally(): Promise<BinTally[]> {
    return this.repository.tally();
  }

  /** BINs whose issuer nobody knows, those that most sessions have first, at most `limit`. Takes long with many sessions. */
  unknown(limit: number): Promise<UnknownBin[]> {
    return this.repository.unknown(limit);
  }

  private keep(environment: string, bin: string, told: string, store: () => Promise<void>): Promise<void> {
    const key = environment + bin;
    if (this.#waiting >= MOST_WAITING) return Promise.resolve();
    if (this.#stored.size >= MOST_REMEMBERED) this.#stored.clear();
    // Before it is: many sessions at once are one statement.
    this.#stored.set(key, told);
    this.#waiting++;
    this.#turn = this.#turn.then(async () => {
      try {
        await store();
      } catch (error) {
        this.#stored.delete(key);
        this.log.warn({ err: error, environment, bin }, 'a BIN was not stored; the next session with it tries again');
      } finally {
        this.#waiting--;
      }
    });
    return this.#turn;
  }
}
