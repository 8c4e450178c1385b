import { Injectable } from '@nestjs/common';
import { newUuidV4 } from '@app/kernel';
import { Database } from './database';

/** How often a lease is prolonged within its time: one that is missed, or two, loses nothing. */
const PROLONGINGS = 4;

/**
 * Scheduled work on any number of replicas: whoever holds the row of that name works, the others skip. Every grant
 * raises the fencing number, so that work which outlived its lease can be told from the present holder's. Leases end by
 * the database's clock, the one that all replicas share: machines that disagree about the time must not hold one twice.
 * Rows and not session-level advisory locks, which leak under transaction pooling.
 */
@Injectable()
export class Leases {
  /** This process's name. */
  readonly holder = newUuidV4();

  constructor(private readonly database: Database) {}

  /**
   * Runs `work` with the fencing number while holding the lease `name` for at most `ttlMs` real milliseconds; gives it
   * back afterwards. Returns false, and does not run it, when another holder has it.
   */
  async withLease(name: string, ttlMs: number, work: (fence: bigint) => Promise<void>): Promise<boolean> {
    // One that ends far later than any that could be granted now (a name's leases are all as long) was granted before the
    // database's clock was set back, and is gone.
    const [granted] = await this.database.query<{ fence: string }>(
      `INSERT INTO lease AS held (name, holder, fence, expires_at)
       VALUES ($1, $2, 1, clock_timestamp() + $3::float8 * interval '1 ms')
       ON CONFLICT (name) DO UPDATE SET holder = $2, fence = held.fence + 1, expires_at = excluded.expires_at
       WHERE held.expires_at <= clock_timestamp()
         OR held.expires_at > clock_timestamp() + 2 * $3::float8 * interval '1 ms'
       RETURNING fence`,
      [name, this.holder, ttlMs],
    );
    if (!granted) return false;
    const fence = BigInt(granted.fence);
    try {
      await work(fence);
    } finally {
      await this.database.query('UPDATE lease SET expires_at = clock_timestamp() WHERE name = $1 AND fence = $2', [
        name,
        granted.fence,
      ]);
    }
    return true;
  }

  /**
   * Runs `work` while the lease `name` that was granted with `fence` is prolonged to `ttlMs` all the while: work that takes
   * far longer than whoever waits for a dead holder should. `lost` aborts when another has it, so that the work can end.
   */
  async prolonging(
    name: string,
    { fence, ttlMs }: { readonly fence: bigint; readonly ttlMs: number },
    work: (lost: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const lost = new AbortController();
    // Away with the database, the next time tells whether another has taken it meanwhile.
    const beat = setInterval(() => {
      this.prolong(name, fence, ttlMs).then(
        (isHeld) => isHeld || lost.abort(),
        () => undefined,
      );
    }, ttlMs / PROLONGINGS);
    try {
      await work(lost.signal);
    } finally {
      clearInterval(beat);
    }
  }

  private async prolong(name: string, fence: bigint, ttlMs: number): Promise<boolean> {
    const held = await this.database.query(
      `UPDATE lease SET expires_at = clock_timestamp() + $3::float8 * interval '1 ms'
       WHERE name = $1 AND fence = $2 RETURNING 1`,
      [name, String(fence), ttlMs],
    );
    return held.length > 0;
  }
}
