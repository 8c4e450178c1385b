/** A `TokenStore` without a database, for unit tests: the same rules on a Map, with every call recorded. */
import type { Clock } from '@app/kernel';
import type { TokenRow } from '../domain/token-row';
import { TokenStore, type Rejection, type Settlement, type TokenUse, type WantedClaim } from '../token-store';

export class MemoryTokenStore extends TokenStore {
  readonly rows = new Map<string, TokenRow & { inUseUntil: number }>();
  /** Requests that waited, as it was told. */
  readonly waits = new Map<string, number>();
  readonly calls: string[] = [];
  /** While set, Postgres is away for these calls (`*` for all). */
  away: string | null = null;
  private fences = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  find(key: string): Promise<TokenRow | null> {
    return this.does('find', () => this.rows.get(key) ?? null);
  }

  claim(wanted: WantedClaim): Promise<TokenRow | null> {
    return this.does('claim', () => {
      const held = this.rows.get(wanted.key);
      if (held !== undefined && held.version !== wanted.seenVersion) return null;
      const isAnew = held === undefined || held.credentialVersion < wanted.credentialVersion;
      const row = {
        key: wanted.key,
        accountId: wanted.accountId,
        scopes: wanted.scopes,
        audience: wanted.audience,
        credentialVersion: Math.max(held?.credentialVersion ?? 0, wanted.credentialVersion),
        version: wanted.seenVersion + 1,
        fence: ++this.fences,
        claimedUntil: this.lasting(wanted.forMs),
        token: isAnew ? null : held.token,
        renewAt: held?.renewAt ?? wanted.now,
        refusalCode: isAnew ? null : held.refusalCode,
        failures: isAnew ? 0 : held.failures,
        failureCause: isAnew ? null : held.failureCause,
        rejections: isAnew ? 0 : held.rejections,
        lifeMs: held?.lifeMs ?? null,
        inUseUntil: Math.max(held?.inUseUntil ?? 0, wanted.inUseUntil),
      };
      this.rows.set(wanted.key, row);
      return row;
    });
  }

  claimDue(times: { dueBefore: number; now: number; forMs: number }, limit: number): Promise<TokenRow[]> {
    return this.does('claimDue', () =>
      [...this.rows.values()]
        .filter(
          (row) =>
            row.renewAt <= times.dueBefore &&
            row.inUseUntil > times.now &&
            (row.claimedUntil === null || row.claimedUntil <= times.now),
        )
        .slice(0, limit)
        .map((row) => this.change(row, { claimedUntil: this.lasting(times.forMs), fence: ++this.fences })),
    );
  }

  extend(key: string, fence: number, forMs: number): Promise<boolean> {
    return this.does('extend', () => {
      const row = this.rows.get(key);
      if (row?.fence !== fence || row.claimedUntil === null) return false;
      this.change(row, { claimedUntil: this.lasting(forMs) });
      return true;
    });
  }

  settle({ key, fence, token, endedAt: _endedAt, ...end }: Settlement): Promise<number | null> {
    return this.does('settle', () => {
      const row = this.rows.get(key);
      if (row?.fence !== fence) return null;
      return this.change(row, {
        ...end,
        claimedUntil: null,
        ...(token === null ? {} : { token: { ...token, sequence: fence }, lifeMs: token.lifeMs }),
      }).version;
    });
  }

  reject({ key, sequence, rejections, renewAt }: Rejection): Promise<boolean> {
    return this.does('reject', () => {
      const row = this.rows.get(key);
      if (row?.token?.sequence !== sequence) return false;
      const isPaused = row.refusalCode !== null || row.failures > 0;
      this.change(row, { token: null, rejections, renewAt: isPaused ? row.renewAt : renewAt });
      return true;
    });
  }

  forget(accountId: string, now: number): Promise<void> {
    return this.does('forget', () => {
      for (const row of this.rows.values()) {
        if (row.accountId !== accountId) continue;
        this.change(row, {
          token: null,
          claimedUntil: null,
          refusalCode: null,
          failures: 0,
          failureCause: null,
          rejections: 0,
          renewAt: now,
          fence: ++this.fences,
        });
      }
    });
  }

  noteUse(uses: readonly TokenUse[]): Promise<void> {
    return this.does('noteUse', () => {
      for (const { key, inUseUntil, waits } of uses) {
        this.waits.set(key, (this.waits.get(key) ?? 0) + waits);
        const row = this.rows.get(key);
        if (row) row.inUseUntil = Math.max(row.inUseUntil, inUseUntil);
      }
    });
  }

  deleteIdle(now: number): Promise<number> {
    return this.does('deleteIdle', () => {
      const idle = [...this.rows.values()].filter((row) => row.inUseUntil <= now && row.renewAt <= now);
      for (const { key } of idle) this.rows.delete(key);
      return idle.length;
    });
  }

  private lasting(forMs: number): number {
    return this.clock.now().getTime() + forMs;
  }

  private change(row: TokenRow & { inUseUntil: number }, change: Partial<TokenRow>): TokenRow & { inUseUntil: number } {
    const changed = { ...row, ...change, version: row.version + 1 };
    this.rows.set(row.key, changed);
    return changed;
  }

  // Every call takes a turn of the event loop, as a statement does.
  private async does<T>(call: string, work: () => T): Promise<T> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.away === '*' || this.away === call) throw new Error('connection refused');
    this.calls.push(call);
    return work();
  }
}
