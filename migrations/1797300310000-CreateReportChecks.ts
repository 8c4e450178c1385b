import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came of comparing the figures of reports with the sessions. Some dozens of rows. */
export class CreateReportChecks1797300310000 implements MigrationInterface {
  name = 'CreateReportChecks1797300310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_check (
        id uuid NOT NULL CONSTRAINT pk_report_check PRIMARY KEY,
        asked_at timestamptz NOT NULL,
        begun_at timestamptz,
        ended_at timestamptz,
        hours integer NOT NULL DEFAULT 0,
        sessions bigint NOT NULL DEFAULT 0,
        findings jsonb NOT NULL DEFAULT '[]',
        CONSTRAINT ck_report_check_ended CHECK (ended_at IS NULL OR begun_at IS NOT NULL)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_check');
  }
}
