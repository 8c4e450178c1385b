import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { ensurePartitions, type Partitioned } from './partitions';

/** Something that runs SQL: the database itself, or the transaction one is in. */
export interface Queryable {
  /** Runs one statement with `$1`-style values and gives its rows. Never a named prepared statement (poolers). */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The role that row-level security is for; made by a migration. */
const READER = 'countersign_reader';

const PATIENT_MS = 300_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const READING = /^\s*(SELECT|WITH)\b/i;
const CHANGES_SETTINGS = /\bset_config\b/i;

/** A piece of work that may only read its own merchants' rows tried more. Its results are not handed out. */
export class ReaderBreach extends Error {
  constructor() {
    super('A reader may only read, as itself, the merchants that it was given');
    this.name = 'ReaderBreach';
  }
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

  /** For work that no caller waits for (deletions, whole sets): as `query`, with minutes to run instead of seconds. */
  readonly patient: Queryable = {
    query: async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
      (await this.pool.query(patiently(sql, values))).rows as Row[],
  };

  /** Runs `work` between BEGIN and COMMIT; rolls back and rethrows when it throws. `patient` as above. */
  transaction<T>(work: (tx: Queryable) => Promise<T>, { patient = false } = {}): Promise<T> {
    return this.onOneConnection((client) => work(transactionOf(client, patient)));
  }

  /**
   * Runs `work` as the reader: whatever it selects, it sees only rows of `merchantIds` (UUIDs), enforced by Postgres. For
   * the paths that read many rows; hot paths carry the merchant id in their one statement. It can read and nothing else.
   * Works through poolers in transaction mode: role and merchants are local to the transaction.
   * @throws ReaderBreach when `work` tried to become somebody else
   */
  async asReader<T>(merchantIds: readonly string[], work: (reader: Queryable) => Promise<T>): Promise<T> {
    const merchants = `{${merchantIds.join(',')}}`;
    if (!merchantIds.every((id) => UUID.test(id))) throw new ReaderBreach();
    return this.onOneConnection(async (client) => {
      const tx = transactionOf(client);
      await tx.query('SET TRANSACTION READ ONLY');
      await tx.query(`SELECT set_config('role', $1, true), set_config('countersign.merchant_ids', $2, true)`, [
        READER,
        merchants,
      ]);
      const result = await work(readerOn(client));
      // What was read is handed out only if it was the reader who read it, for these merchants, to the end.
      const [end] = await tx.query<{ role: string; merchants: string | null }>(
        `SELECT current_user AS role, current_setting('countersign.merchant_ids', true) AS merchants`,
      );
      if (end?.role !== READER || end.merchants !== merchants) throw new ReaderBreach();
      return result;
    });
  }

  /** Makes the partitions of a table around `at` that are missing; returns how many it made. Any number may call. */
  ensurePartitions(table: Partitioned, at: Date): Promise<number> {
    return ensurePartitions(this.patient, table, at);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async onOneConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    // The pool listens to idle connections only: one lost between two statements would end the process.
    const onLost = (): void => void (broken = true);
    client.on('error', onLost);
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A statement that is still running would make the rollback wait for it, and a rollback that fails means that the
      // connection is gone: in both cases the pool must not hand it out again, and the server rolls back by itself.
      if (isTimeout(error)) broken = true;
      else await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      client.off('error', onLost);
      client.release(broken);
    }
  }

  // TypeORM's own query() makes a query runner per call; the pool underneath is the same, without that price.
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}

/**
 * Reading statements only: what could end the transaction or change the role is refused before Postgres sees it. In the
 * extended protocol, because the simple one would take a second statement behind the first.
 */
function readerOn(client: PoolClient): Queryable {
  return {
    async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
      if (!READING.test(sql) || CHANGES_SETTINGS.test(sql)) throw new ReaderBreach();
      const result = await client.query({
        text: sql,
        values: values as unknown[],
        queryMode: 'extended',
      } as QueryConfig);
      return result.rows as Row[];
    },
  };
}

/** The driver's limit for one statement; it comes before the limit of the connection. */
function patiently(text: string, values: readonly unknown[]): QueryConfig {
  return { text, values: values as unknown[], query_timeout: PATIENT_MS } as QueryConfig;
}

function transactionOf(client: PoolClient, patient = false): Queryable {
  return {
    async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
      const result = await (patient ? client.query(patiently(sql, values)) : client.query(sql, values as unknown[]));
      return result.rows as Row[];
    },
  };
}

/** The driver's own words for a statement that took too long; there is no code. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
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
