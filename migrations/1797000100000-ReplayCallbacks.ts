import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACTS = `'re_sync','resend_callback','expire'`;

/** Jobs over callbacks. */
export class ReplayCallbacks1797000100000 implements MigrationInterface {
  name = 'ReplayCallbacks1797000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bulk_job DROP CONSTRAINT ck_bulk_job_act,
        ADD CONSTRAINT ck_bulk_job_act CHECK (act IN (${ACTS},'replay_callback'))`);
    await runner.query(`
      ALTER TABLE bulk_job_item ALTER COLUMN session_id DROP NOT NULL, ADD COLUMN message_id uuid,
        ADD CONSTRAINT ck_bulk_job_item_of CHECK (num_nonnulls(session_id, message_id) > 0)`);
    await runner.query(
      `SELECT countersign_protect('bulk_job_item', 'EXISTS (SELECT FROM bulk_job j WHERE j.id = bulk_job_item.job_id)')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM bulk_job WHERE act = 'replay_callback'`);
    await runner.query(`
      ALTER TABLE bulk_job_item DROP CONSTRAINT ck_bulk_job_item_of, DROP COLUMN message_id,
        ALTER COLUMN session_id SET NOT NULL`);
    await runner.query(`
      ALTER TABLE bulk_job DROP CONSTRAINT ck_bulk_job_act,
        ADD CONSTRAINT ck_bulk_job_act CHECK (act IN (${ACTS}))`);
  }
}
