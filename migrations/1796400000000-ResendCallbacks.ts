import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message that its merchant has can be wanted once more; and acts of operators can name themselves, to be done once. */
export class ResendCallbacks1796400000000 implements MigrationInterface {
  name = 'ResendCallbacks1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE callback_message ADD COLUMN resend_at timestamptz,
        ADD CONSTRAINT ck_callback_message_resend CHECK (resend_at IS NULL OR state = 'delivered')`);
    await runner.query(
      'CREATE INDEX ix_callback_message_resend ON callback_message (resend_at) WHERE resend_at IS NOT NULL',
    );
    await runner.query(`SELECT countersign_protect('callback_message')`);
    await runner.query(`
      CREATE TABLE act_request (
        actor text NOT NULL,
        key_hash bytea NOT NULL,
        request_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_act_request PRIMARY KEY (actor, key_hash)
      )`);
    await runner.query('CREATE INDEX ix_act_request_expiry ON act_request (expires_at)');
    await runner.query(`SELECT countersign_protect('act_request', 'false', shared => false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE act_request');
    await runner.query('ALTER TABLE callback_message DROP COLUMN resend_at');
  }
}
