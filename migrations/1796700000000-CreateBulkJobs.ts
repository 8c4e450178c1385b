import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts over many sessions: a job, and one item for each session with what came of it. */
export class CreateBulkJobs1796700000000 implements MigrationInterface {
  name = 'CreateBulkJobs1796700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bulk_job (
        id uuid NOT NULL CONSTRAINT pk_bulk_job PRIMARY KEY,
        act text NOT NULL,
        state text NOT NULL,
        stop_code text,
        reason text,
        actor_kind text NOT NULL,
        actor_id uuid NOT NULL,
        actor_name text NOT NULL,
        address text,
        request_id text,
        key_hash bytea,
        merchant_ids uuid[] NOT NULL,
        total integer NOT NULL,
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT ck_bulk_job_act CHECK (act IN ('re_sync','resend_callback','expire')),
        CONSTRAINT ck_bulk_job_state CHECK (state IN ('running','done','cancelled','stopped'))
      )`);
    await runner.query(`CREATE INDEX ix_bulk_job_running ON bulk_job (id) WHERE state = 'running'`);
    await runner.query('CREATE INDEX ix_bulk_job_key ON bulk_job (actor_id, key_hash) WHERE key_hash IS NOT NULL');
    await runner.query(
      `SELECT countersign_protect('bulk_job', 'merchant_ids <@ (SELECT countersign_merchant_ids())::uuid[]')`,
    );
    await runner.query(`
      CREATE TABLE bulk_job_item (
        job_id uuid NOT NULL CONSTRAINT fk_bulk_job_item_job REFERENCES bulk_job ON DELETE CASCADE,
        number integer NOT NULL,
        session_id uuid NOT NULL,
        merchant_id uuid,
        state text NOT NULL,
        code text,
        fence integer NOT NULL,
        claimed_until timestamptz,
        noted_at timestamptz,
        CONSTRAINT pk_bulk_job_item PRIMARY KEY (job_id, number),
        CONSTRAINT ck_bulk_job_item_state CHECK (state IN ('waiting','done','failed','skipped'))
      )`);
    await runner.query(
      `CREATE INDEX ix_bulk_job_item_waiting ON bulk_job_item (merchant_id, job_id, number) WHERE state = 'waiting'`,
    );
    await runner.query(
      `SELECT countersign_protect('bulk_job_item', 'EXISTS (SELECT FROM bulk_job j WHERE j.id = bulk_job_item.job_id)')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bulk_job_item');
    await runner.query('DROP TABLE bulk_job');
  }
}
