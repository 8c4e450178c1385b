import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What reports count, added up by hour and merchant: once as a whole, and once for each value of some dimensions. */
export class CreateReportRollups1797300300000 implements MigrationInterface {
  name = 'CreateReportRollups1797300300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_hour (
        hour timestamptz NOT NULL CONSTRAINT pk_report_hour PRIMARY KEY,
        definition text NOT NULL,
        rolled_at timestamptz NOT NULL,
        CONSTRAINT ck_report_hour_hour CHECK (date_trunc('hour', hour, 'UTC') = hour)
      )`);
    await runner.query(`
      CREATE TABLE report_slice (
        dimension text NOT NULL,
        basis text NOT NULL,
        hour timestamptz NOT NULL,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        is_known boolean NOT NULL,
        value text NOT NULL,
        amount_minor bigint,
        approved_minor bigint,
        ${COUNTS.map((count) => `${count} int NOT NULL DEFAULT 0`).join(',\n        ')},
        CONSTRAINT pk_report_slice PRIMARY KEY (dimension, basis, hour, merchant_id, environment, is_known, value),
        CONSTRAINT ck_report_slice_basis CHECK (basis IN ('raw', 'deduplicated')),
        CONSTRAINT ck_report_slice_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_report_slice_money CHECK ((dimension = 'currency') = (amount_minor IS NOT NULL)
          AND (amount_minor IS NULL) = (approved_minor IS NULL))
      )`);
    await runner.query(`SELECT countersign_protect('report_slice')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_slice');
    await runner.query('DROP TABLE report_hour');
  }
}

const COUNTS = [
  'sessions',
  'open',
  'awaiting',
  'not_submitted',
  'refused',
  'submitted',
  'submitted_for_authentication',
  'frictionless',
  'frictionless_for_authentication',
  'frictionless_succeeded',
  'failed_before_answer',
  'challenge_requested',
  'challenge_shown',
  'challenge_completed',
  'challenge_succeeded',
  'approved',
  'attempted',
  'data_only',
  'declined',
  'rejected',
  'issuer_declined',
  'unavailable',
  'challenge_abandoned',
  'expired',
  'technical_failure',
  'exemption_requested',
  'exemption_applied',
  'exemption_granted',
  'liability_shifted',
  'failed_over',
  'recovered_late',
];
