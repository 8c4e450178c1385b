import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { ensurePartitions, type Partitioned } from './partitions';
import { PreparedStatements, UNNAMED, type Naming } from './prepared-statements';
import { textOf, type Statement } from './statement';

/** Something that runs SQL: the database itself, or the transaction one is in. */
export interface Queryable {
  /**
   * Runs one statement with `$1`-style values and gives its rows. Text is never prepared under a name (poolers); a
   * `Statement` is, where the connection allows it.
   */
  query<Row = Record<string, unknown>>(sql: string | Statement, values?: readonly unknown[]): Promise<Row[]>;
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
  constructor(
    readonly dataSource: DataSource,
    private readonly prepared = new PreparedStatements('off'),
  ) {}

  async query<Row = Record<string, unknown>>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
    if (typeof sql !== 'string') return this.orUnnamed((naming) => this.queryStatement<Row>(sql, values, naming));
    const result = await this.pool.query(sql, values as unknown[]);
    return result.rows as Row[];
  }

  /** For work that no caller waits for (deletions, whole sets): as `query`, with minutes to run instead of seconds. */
  readonly patient: Queryable = {
    query: async <Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> =>
      (await this.pool.query(patiently(textOf(sql), values))).rows as Row[],
  };

  /**
   * Runs `work` between BEGIN and COMMIT; rolls back and rethrows when it throws. `patient` as above. After a migration that
   * changed what a `Statement` gives, it is run a second time: it has no other effects than those on the database.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, { patient = false } = {}): Promise<T> {
    return this.orUnnamed((naming) => this.inTransaction((client) => work(transactionOf(client, naming, patient))));
  }

  /**
   * Runs `work` as the reader: whatever it selects, it sees only rows of `merchantIds` (UUIDs), enforced by Postgres. For
   * the paths that read many rows; hot paths carry the merchant id in their one statement. It can read and nothing else.
   * Works through poolers in transaction mode: role and merchants are local to the transaction.
   * @param withinMs ends each statement after so long, at the server as well; by default the driver's limit holds
   * @throws ReaderBreach when `work` tried to become somebody else
   */
  async asReader<T>(
    merchantIds: readonly string[],
    work: (reader: Queryable) => Promise<T>,
    withinMs?: number,
  ): Promise<T> {
    const merchants = `{${merchantIds.join(',')}}`;
    if (!merchantIds.every((id) => UUID.test(id))) throw new ReaderBreach();
    return this.inTransaction(async (client) => {
      const tx = transactionOf(client, UNNAMED);
      await tx.query('SET TRANSACTION READ ONLY');
      if (withinMs !== undefined) await endStatementsAfter(tx, withinMs);
      await tx.query(`SELECT set_config('role', $1, true), set_config('countersign.merchant_ids', $2, true)`, [
        READER,
        merchants,
      ]);
      const result = await work(readerOn(client, withinMs));
      // What was read is handed out only if it was the reader who read it, for these merchants, to the end.
      const [end] = await tx.query<{ role: string; merchants: string | null }>(
        `SELECT current_user AS role, current_setting('countersign.merchant_ids', true) AS merchants`,
      );
      if (end?.role !== READER || end.merchants !== merchants) throw new ReaderBreach();
      return result;
    });
  }

  /**
   * Runs `work` as the owner, who sees everything, and who changes nothing here. Each statement ends after `withinMs`, at the
   * server as well: for what reads so much that nobody should have it go on when the caller is gone.
   */
  readWithin<T>(withinMs: number, work: (reader: Queryable) => Promise<T>): Promise<T> {
    return this.inTransaction(async (client) => {
      const tx = transactionOf(client, UNNAMED);
      await tx.query('SET TRANSACTION READ ONLY');
      await endStatementsAfter(tx, withinMs);
      return work(readerOn(client, withinMs));
    });
  }

  /** Makes the partitions of a table around `at` that are missing; returns how many it made. Any number may call. */
  ensurePartitions(table: Partitioned, at: Date): Promise<number> {
    return ensurePartitions(this.patient, table, at);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** Once more and without names where one could not be used: nothing was done, and that connection is gone. */
  private async orUnnamed<T>(work: (naming: Naming) => Promise<T>): Promise<T> {
    const naming = this.prepared.naming();
    try {
      return await work(naming);
    } catch (error) {
      if (!naming.hasNamed || !this.prepared.failed(error)) throw error;
      return work(UNNAMED);
    }
  }

  private queryStatement<Row>(statement: Statement, values: readonly unknown[], naming: Naming): Promise<Row[]> {
    return this.onOneConnection(async (client, spoil) => {
      try {
        return await runOn<Row>(client, statement, values, naming);
      } catch (error) {
        spoil();
        throw error;
      }
    });
  }

  private inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.onOneConnection(async (client, spoil) => {
      try {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // A statement that is still running would make the rollback wait for it, a rollback that fails means that the
        // connection is gone, and a name that could not be used once never can be on it: in all cases the pool must not
        // hand it out again, and the server rolls back by itself.
        if (isTimeout(error) || this.prepared.failed(error)) spoil();
        else await client.query('ROLLBACK').catch(spoil);
        throw error;
      }
    });
  }

  /** One that was lost meanwhile, or that `work` has spoilt, does not go back to the pool. */
  private async onOneConnection<T>(work: (client: PoolClient, spoil: () => void) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let isSpoilt = false;
    const spoil = (): void => void (isSpoilt = true);
    // The pool listens to idle connections only: one lost between two statements would end the process.
    client.on('error', spoil);
    try {
      return await work(client, spoil);
    } finally {
      client.off('error', spoil);
      client.release(isSpoilt);
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
function readerOn(client: PoolClient, withinMs?: number): Queryable {
  return {
    async query<Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
      const text = textOf(sql);
      if (!READING.test(text) || CHANGES_SETTINGS.test(text)) throw new ReaderBreach();
      const result = await client.query({
        text,
        values: values as unknown[],
        queryMode: 'extended',
        ...(withinMs === undefined ? {} : { query_timeout: withinMs + DRIVER_MARGIN_MS }),
      } as QueryConfig);
      return result.rows as Row[];
    },
  };
}

/** The server ends a statement; the driver only gives up where no word of that comes. */
const DRIVER_MARGIN_MS = 2_000;

/** Local to the transaction, as whatever a pooler in between must not see. */
async function endStatementsAfter(tx: Queryable, ms: number): Promise<void> {
  await tx.query(`SELECT set_config('statement_timeout', $1, true)`, [String(ms)]);
}

/** The driver's limit for one statement; it comes before the limit of the connection. */
function patiently(text: string, values: readonly unknown[]): QueryConfig {
  return { text, values: values as unknown[], query_timeout: PATIENT_MS } as QueryConfig;
}

function transactionOf(client: PoolClient, naming: Naming, patient = false): Queryable {
  return {
    async query<Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
      if (patient) return (await client.query(patiently(textOf(sql), values))).rows as Row[];
      if (typeof sql !== 'string') return runOn<Row>(client, sql, values, naming);
      return (await client.query(sql, values as unknown[])).rows as Row[];
    },
  };
}

async function runOn<Row>(
  client: PoolClient,
  statement: Statement,
  values: readonly unknown[],
  naming: Naming,
): Promise<Row[]> {
  const result = await client.query(await naming.configOf(client, statement, values));
  return result.rows as Row[];
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

/** Tells whether `error` is Postgres' end of a statement that took too long (57014). */
export function isCutOff(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '57014';
}

/** Tells whether `error` is Postgres' refusal of a value that it does not know in its place (22023), as a time zone. */
export function isUnknownValue(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '22023';
}

/** TypeORM transformer for `bigint` columns whose values stay within 2^53 (money in minor units, counters). */
export const bigintAsNumber = {
  to: (value: number | null | undefined): number | null | undefined => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
