import { newUuidV7 } from '@app/kernel';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { ReportCheck } from '../domain/report-check';

const COLUMNS = `id, asked_at AS "askedAt", begun_at AS "begunAt", ended_at AS "endedAt", hours, sessions::float8 AS sessions, findings`;

/** Nobody looks further back. */
const KEPT = 40;

/** Stores checks of reports; of some dozens of them. */
@Injectable()
export class ReportCheckRepository {
  constructor(private readonly database: Database) {}

  /** The last one that has ended, and the one that waits or is under way. */
  async latest(): Promise<{ ended: ReportCheck | null; underWay: ReportCheck | null }> {
    const rows = await this.database.query<ReportCheck>(
      `SELECT DISTINCT ON (ended_at IS NULL) ${COLUMNS} FROM report_check ORDER BY ended_at IS NULL, asked_at DESC, id DESC`,
    );
    return {
      ended: rows.find(({ endedAt }) => endedAt !== null) ?? null,
      underWay: rows.find(({ endedAt }) => endedAt === null) ?? null,
    };
  }

  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** Asks for a check; nothing where one waits already. */
  async ask(at: Date, db: Queryable = this.database): Promise<void> {
    await db.query(
      `INSERT INTO report_check (id, asked_at) SELECT $1, $2
       WHERE NOT EXISTS (SELECT FROM report_check WHERE ended_at IS NULL)`,
      [newUuidV7(at), at],
    );
  }

  async begin(id: string, at: Date): Promise<void> {
    await this.database.query('UPDATE report_check SET begun_at = $2 WHERE id = $1', [id, at]);
  }

  async end({ id, hours, sessions, findings }: ReportCheck, at: Date): Promise<void> {
    await this.database.query(
      'UPDATE report_check SET ended_at = $2, hours = $3, sessions = $4, findings = $5 WHERE id = $1',
      [id, at, hours, sessions, JSON.stringify(findings)],
    );
    await this.database.query(
      'DELETE FROM report_check WHERE id NOT IN (SELECT id FROM report_check ORDER BY asked_at DESC, id DESC LIMIT $1)',
      [KEPT],
    );
  }
}
