import { randomBytes } from 'node:crypto';
import { newUuidV4, Secret, type Clock } from '@app/kernel';
import {
  APP_CONFIG,
  CLOCK,
  CryptoBox,
  keyIdOf,
  LOG,
  openWith,
  sealWith,
  type AppConfig,
  type DataKey,
  type Logger,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, dayOf, destroyAfter, isoDay, KEY_PURPOSES, type KeyPurpose } from './domain/key-purpose';
import { DataKeyRepository, type DataKeyRow } from './persistence/data-key.repository';

/** How often `refresh` is called by the job that looks after this replica's memory. */
export const REFRESH_EVERY_MS = 60_000;

/** The AAD of a wrapped data key. */
export const wrapContext = (purpose: string, id: string): string => `data_key:${purpose}:${id}`;

/**
 * The days ahead that must be ready so that none begins between two refreshes: tomorrow, and more only where the clock
 * is made to run faster.
 */
export function daysAhead(timeScale: number): number {
  return 1 + Math.floor((2 * REFRESH_EVERY_MS * timeScale) / DAY_MS);
}

/**
 * Short-lived data keys: one per UTC day and purpose, wrapped by the key encryption key, in memory where requests are
 * served. Destroying a key makes everything that it sealed unreadable, wherever copies of it are.
 */
@Injectable()
export class DataKeyring {
  private keys = new Map<string, DataKey>();
  private byDay = new Map<string, DataKey>();
  private newest = new Map<KeyPurpose, { day: number; key: DataKey }>();
  private refreshing: Promise<void> | null = null;

  constructor(
    private readonly repository: DataKeyRepository,
    private readonly box: CryptoBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Today's key of `purpose`. Synchronous: refresh made it before the day began. Should that have failed, the last key
   * serves on while a refresh is tried.
   * @throws Error before the first `refresh`
   */
  current(purpose: KeyPurpose): DataKey {
    const key = this.byDay.get(`${purpose} ${dayOf(this.clock.now())}`);
    if (key) return key;
    this.refresh().catch((error: unknown) => this.log.error({ err: error }, 'data keys could not be refreshed'));
    const last = this.newest.get(purpose);
    if (!last) throw new Error('The data keys are not loaded');
    return last.key;
  }

  /** The key of that id, or null when it was destroyed (or never was). */
  async byId(id: string): Promise<DataKey | null> {
    const known = this.keys.get(id);
    if (known) return known;
    const row = await this.repository.findAlive(id);
    return row ? this.keep(row) : null;
  }

  /** Seals under today's key; `context` says what and whose the value is and must be given again to open it. */
  seal(purpose: KeyPurpose, plaintext: Buffer, context: string): Buffer {
    return sealWith(this.current(purpose), plaintext, context);
  }

  /**
   * Opens what `seal` made; null when its key was destroyed.
   * @throws DecryptionFailed when value or context were altered
   */
  async open(sealed: Buffer, context: string): Promise<Buffer | null> {
    const key = await this.byId(keyIdOf(sealed));
    return key && openWith(key, sealed, context);
  }

  /** Makes the keys of today and of the days ahead, loads those of others, drops the destroyed. Callers share one run. */
  async refresh(): Promise<void> {
    this.refreshing ??= this.reload().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** Destroys the keys whose day's last clock has run out. Returns how many. */
  async destroyDue(): Promise<number> {
    const destroyed = await this.repository.destroyDue(this.clock.now());
    if (destroyed.length > 0) await this.refresh();
    return destroyed.length;
  }

  private async reload(): Promise<void> {
    const today = dayOf(this.clock.now());
    const days = Array.from({ length: daysAhead(this.config.timeScale) + 1 }, (_, index) => today + index);
    let rows = await this.repository.listAlive();
    const present = new Set(rows.map((row) => `${row.purpose} ${row.day}`));
    const missing = KEY_PURPOSES.flatMap((purpose) =>
      days.filter((day) => !present.has(`${purpose} ${day}`)).map((day) => ({ purpose, day })),
    );
    for (const { purpose, day } of missing) await this.create(purpose, day);
    if (missing.length > 0) rows = await this.repository.listAlive();
    this.take(rows, today);
  }

  private async create(purpose: KeyPurpose, day: number): Promise<void> {
    const id = newUuidV4();
    await this.repository.insertUnlessPresent({
      id,
      purpose,
      isoDay: isoDay(day),
      wrapped: this.box.seal(randomBytes(32), wrapContext(purpose, id)),
      createdAt: this.clock.now(),
      destroyAfter: destroyAfter(purpose, day),
    });
  }

  // All at once: a reader sees the keys of before or of after, and a destroyed key is in neither.
  private take(rows: readonly DataKeyRow[], today: number): void {
    const keys = new Map<string, DataKey>();
    const byDay = new Map<string, DataKey>();
    const newest = new Map<KeyPurpose, { day: number; key: DataKey }>();
    for (const row of rows) {
      const key = this.keys.get(row.id) ?? this.unwrap(row);
      keys.set(row.id, key);
      byDay.set(`${row.purpose} ${row.day}`, key);
      const last = newest.get(row.purpose);
      if (row.day <= today && (!last || last.day < row.day)) newest.set(row.purpose, { day: row.day, key });
    }
    this.keys = keys;
    this.byDay = byDay;
    this.newest = newest;
  }

  private keep(row: DataKeyRow): DataKey {
    const key = this.unwrap(row);
    this.keys.set(row.id, key);
    return key;
  }

  private unwrap(row: DataKeyRow): DataKey {
    return { id: row.id, key: new Secret(this.box.open(row.wrapped, wrapContext(row.purpose, row.id))) };
  }
}
