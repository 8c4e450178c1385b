import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';

/** Something that runs SQL: the database itself, or the transaction one is in. */
export interface Queryable {
  /** Runs one statement with `$1`-style values and gives its rows. Never a named prepared statement (poolers). */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * The one door to Postgres. Hot paths use `query` and `transaction` (SQL over the driver's pool); everything else may
 * use repositories of `dataSource`. No network call belongs inside `transaction`.
 */
@Injectable()
export class Database implements Queryable, OnApplicationShutdown {
  constructor(readonly dataSource: DataSource) {}

  async query<Row = Record<string, unknown>>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query(sql, values as unknown[]);
    return result.rows as Row[];
  }

  /** Runs `work` between BEGIN and COMMIT; rolls back and rethrows when it throws. */
  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    // The pool listens to idle connections only: one lost between two statements would end the process.
    const onLost = (): void => void (broken = true);
    client.on('error', onLost);
    try {
      await client.query('BEGIN');
      const result = await work(transactionOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A rollback that fails means the connection is gone; the pool must not hand it out again.
      await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      client.off('error', onLost);
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  // TypeORM's own query() makes a query runner per call; the pool underneath is the same, without that price.
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}

function transactionOf(client: PoolClient): Queryable {
  return {
    async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
      const result = await client.query(sql, values as unknown[]);
      return result.rows as Row[];
    },
  };
}

/** Tells whether `error` is Postgres' unique violation (23505), of `constraint` where one is named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23505' && (constraint === undefined || violated === constraint);
}

/** TypeORM transformer for `bigint` columns whose values stay within 2^53 (money in minor units, counters). */
export const bigintAsNumber = {
  to: (value: number | null | undefined): number | null | undefined => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
