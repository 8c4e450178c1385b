import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long what reports measure took, in histograms that can be added up: by the same hours and slices as what they count. */
export class AddReportHistograms1797300500000 implements MigrationInterface {
  name = 'AddReportHistograms1797300500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_histogram (
        dimension text NOT NULL,
        basis text NOT NULL,
        hour timestamptz NOT NULL,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        is_known boolean NOT NULL,
        value text NOT NULL,
        part text NOT NULL,
        buckets smallint[] NOT NULL,
        counts int[] NOT NULL,
        longest float8[] NOT NULL,
        CONSTRAINT pk_report_histogram PRIMARY KEY (dimension, basis, hour, merchant_id, environment, is_known, value, part),
        CONSTRAINT ck_report_histogram_part CHECK (part IN ('session', 'callback')),
        CONSTRAINT ck_report_histogram_basis CHECK (basis IN ('raw', 'deduplicated')),
        CONSTRAINT ck_report_histogram_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_report_histogram_counts CHECK (cardinality(buckets) = cardinality(counts))
      )`);
    await runner.query(`SELECT countersign_protect('report_histogram')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_histogram');
  }
}
