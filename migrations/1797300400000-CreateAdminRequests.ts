import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests of the admin API that name themselves, so that each has its effect once. */
export class CreateAdminRequests1797300400000 implements MigrationInterface {
  name = 'CreateAdminRequests1797300400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE admin_request (
        actor text NOT NULL,
        key_hash bytea NOT NULL,
        request_hash bytea NOT NULL,
        fence integer NOT NULL,
        locked_until timestamptz NOT NULL,
        merchant_ids uuid[],
        done_at timestamptz,
        answered_at timestamptz,
        answer_sealed bytea,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_admin_request PRIMARY KEY (actor, key_hash),
        CONSTRAINT ck_admin_request_answer CHECK (answer_sealed IS NULL OR answered_at IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX ix_admin_request_expiry ON admin_request (expires_at)');
    await runner.query(`SELECT countersign_protect('admin_request', 'false', shared => false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE admin_request');
  }
}
