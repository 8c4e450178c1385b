import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['connector_account', 'connector_credential', 'connector_webhook_key'];

/**
 * What we hold at upstreams for merchants: accounts, their client credentials and the keys of their webhooks, two of each
 * valid while they are rotated. At most one account of a merchant is active per connector and environment.
 */
export class CreateConnectorAccounts1795392110000 implements MigrationInterface {
  name = 'CreateConnectorAccounts1795392110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connector_account (
        id uuid NOT NULL CONSTRAINT pk_connector_account PRIMARY KEY,
        merchant_id uuid NOT NULL,
        connector text NOT NULL,
        environment text NOT NULL,
        name text NOT NULL,
        api_base_url text NOT NULL,
        token_url text NOT NULL,
        scopes text[] NOT NULL,
        status text NOT NULL,
        upstream_processing_channel_id text,
        credential_version int NOT NULL DEFAULT 1,
        webhook_address_mac bytea NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT uq_connector_account_owner UNIQUE (merchant_id, id),
        CONSTRAINT uq_connector_account_webhook_address UNIQUE (webhook_address_mac),
        CONSTRAINT fk_connector_account_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT ck_connector_account_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_connector_account_status CHECK (status IN ('active', 'disabled'))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX uq_connector_account_active ON connector_account (merchant_id, connector, environment)
      WHERE status = 'active'`);
    await runner.query(`
      CREATE TABLE connector_credential (
        id uuid NOT NULL CONSTRAINT pk_connector_credential PRIMARY KEY,
        account_id uuid NOT NULL,
        merchant_id uuid NOT NULL,
        client_id text NOT NULL,
        client_secret_sealed bytea NOT NULL,
        version int NOT NULL,
        valid_from timestamptz NOT NULL,
        retires_at timestamptz,
        last_used_at timestamptz,
        expires_at timestamptz,
        announced_days int,
        CONSTRAINT uq_connector_credential_version UNIQUE (account_id, version),
        CONSTRAINT fk_connector_credential_account FOREIGN KEY (merchant_id, account_id)
          REFERENCES connector_account (merchant_id, id)
      )`);
    await runner.query(`
      CREATE INDEX ix_connector_credential_expiry ON connector_credential (expires_at)
      WHERE expires_at IS NOT NULL AND retires_at IS NULL`);
    await runner.query(`
      CREATE TABLE connector_webhook_key (
        id uuid NOT NULL CONSTRAINT pk_connector_webhook_key PRIMARY KEY,
        account_id uuid NOT NULL,
        merchant_id uuid NOT NULL,
        key_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        retires_at timestamptz,
        CONSTRAINT fk_connector_webhook_key_account FOREIGN KEY (merchant_id, account_id)
          REFERENCES connector_account (merchant_id, id)
      )`);
    await runner.query('CREATE INDEX ix_connector_webhook_key_account ON connector_webhook_key (account_id)');
    for (const table of TABLES) await runner.query('SELECT countersign_protect($1::regclass)', [table]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}
