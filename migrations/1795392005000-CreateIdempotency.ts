import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that name themselves (Cko-Idempotency-Key): unique across time, so unpartitioned, with a life of a day. */
export class CreateIdempotency1795392005000 implements MigrationInterface {
  name = 'CreateIdempotency1795392005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency (
        merchant_id uuid NOT NULL,
        route text NOT NULL,
        key_hash bytea NOT NULL,
        body_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        fence int NOT NULL,
        locked_until timestamptz NOT NULL,
        answer_sealed bytea,
        answered_at timestamptz,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_idempotency PRIMARY KEY (merchant_id, route, key_hash),
        CONSTRAINT ck_idempotency_answer CHECK ((answer_sealed IS NULL) = (answered_at IS NULL))
      )`);
    await runner.query('CREATE INDEX ix_idempotency_expiry ON idempotency (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency');
  }
}
