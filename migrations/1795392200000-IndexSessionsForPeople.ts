import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = ['reference', 'last_four', 'bin'];

/** What people know of a session when they look for it. Each index also gives what it finds in the order of time. */
export class IndexSessionsForPeople1795392200000 implements MigrationInterface {
  name = 'IndexSessionsForPeople1795392200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of INDEXES) {
      await runner.query(`CREATE INDEX ix_session_${column} ON session (${column}, id) WHERE ${column} IS NOT NULL`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of INDEXES) await runner.query(`DROP INDEX ix_session_${column}`);
  }
}
