import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** The partitions of one table. */
export interface Partitions {
  readonly table: string;
  readonly period: 'day' | 'month';
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  /** The one that follows the present day or month, by what it begins with; null: nobody has made it, and time runs out. */
  readonly next: string | null;
  readonly bytes: number;
}

export interface DatabaseFacts {
  readonly version: string;
  readonly bytes: number;
}

/** What the database says of itself. */
@Injectable()
export class Installation {
  constructor(private readonly database: Database) {}

  async facts(): Promise<DatabaseFacts> {
    const [row] = await this.database.query<{ version: string; bytes: string }>(
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
    );
    return { version: row?.version ?? '', bytes: Number(row?.bytes ?? 0) };
  }

  /** Every partitioned table. Partitions are named after the day or month that they begin with. */
  async partitions(): Promise<Partitions[]> {
    const rows = await this.database.query<Omit<Partitions, 'period' | 'bytes'> & { bytes: string }>(
      `SELECT p.relname AS "table", count(c.oid)::int AS count, min(b.beginning) AS first, max(b.beginning) AS last,
         min(b.beginning) FILTER (WHERE b.beginning > left(to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD'), length(b.beginning)))
           AS next,
         coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bytes
       FROM pg_partitioned_table t JOIN pg_class p ON p.oid = t.partrelid
         JOIN pg_namespace n ON n.oid = p.relnamespace AND n.nspname = current_schema()
         LEFT JOIN pg_inherits i ON i.inhparent = p.oid LEFT JOIN pg_class c ON c.oid = i.inhrelid
         LEFT JOIN LATERAL (SELECT substring(c.relname FROM '_(\\d+)$') AS beginning) b ON true
       GROUP BY p.relname ORDER BY p.relname`,
    );
    return rows.map(({ bytes, ...row }) => ({
      ...row,
      period: row.last?.length === 8 ? 'day' : 'month',
      bytes: Number(bytes),
    }));
  }
}
