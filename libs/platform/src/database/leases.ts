import { Inject, Injectable } from '@nestjs/common';
import { newUuidV4, type Clock } from '@app/kernel';
import { CLOCK } from '../clock.token';
import { APP_CONFIG, type AppConfig } from '../config/app-config';
import { Database } from './database';

/**
 * Scheduled work on any number of replicas: whoever holds the row of that name works, the others skip. Every grant
 * raises the fencing number, so that work which outlived its lease can be told from the present holder's. Rows and not
 * session-level advisory locks, which leak under transaction pooling.
 */
@Injectable()
export class Leases {
  private readonly holder = newUuidV4();

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'> = { timeScale: 1 },
  ) {}

  /**
   * Runs `work` with the fencing number while holding the lease `name` for at most `ttlMs` real milliseconds; gives it
   * back afterwards. Returns false, and does not run it, when another holder has it.
   */
  async withLease(name: string, ttlMs: number, work: (fence: bigint) => Promise<void>): Promise<boolean> {
    const now = this.clock.now();
    // Work lasts real time while leases end by the clock, which may run faster.
    const lastsMs = ttlMs * Math.max(1, this.config.timeScale);
    // One that ends far later than any that could be granted now (a name's leases are all as long) was granted by a clock
    // that ran ahead and is gone.
    const impossible = new Date(now.getTime() + 2 * lastsMs);
    const [granted] = await this.database.query<{ fence: string }>(
      `INSERT INTO lease AS held (name, holder, fence, expires_at) VALUES ($1, $2, 1, $4)
       ON CONFLICT (name) DO UPDATE SET holder = $2, fence = held.fence + 1, expires_at = $4
       WHERE held.expires_at <= $3 OR held.expires_at > $5
       RETURNING fence`,
      [name, this.holder, now, new Date(now.getTime() + lastsMs), impossible],
    );
    if (!granted) return false;
    const fence = BigInt(granted.fence);
    try {
      await work(fence);
    } finally {
      await this.database.query('UPDATE lease SET expires_at = $3 WHERE name = $1 AND fence = $2', [
        name,
        granted.fence,
        this.clock.now(),
      ]);
    }
    return true;
  }
}
