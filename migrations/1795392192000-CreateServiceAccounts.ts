import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs that use the admin API, with a role and merchants as operators have them (`merchant_ids` NULL: all). */
export class CreateServiceAccounts1795392192000 implements MigrationInterface {
  name = 'CreateServiceAccounts1795392192000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE service_account (
        id uuid NOT NULL CONSTRAINT pk_service_account PRIMARY KEY,
        name text NOT NULL,
        role text NOT NULL,
        merchant_ids uuid[],
        secret_hash bytea NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT ck_service_account_role CHECK (role IN ('viewer', 'operator', 'merchant_admin', 'admin')),
        CONSTRAINT ck_service_account_merchants CHECK (cardinality(merchant_ids) > 0)
      )`);
    await runner.query('CREATE INDEX ix_service_account_created ON service_account (created_at, id)');
    await runner.query(`SELECT countersign_protect('service_account', 'false', shared => false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_account');
  }
}
