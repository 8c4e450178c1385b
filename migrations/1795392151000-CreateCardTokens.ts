import type { MigrationInterface, QueryRunner } from 'typeorm';

const PURPOSES = ['card', 'authentication_value', 'session_secret', 'request_data'];

/** One-time tokens that stand for a card for minutes: the number goes when one is spent, the row a day later. */
export class CreateCardTokens1795392151000 implements MigrationInterface {
  name = 'CreateCardTokens1795392151000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE card_token (
        id uuid NOT NULL CONSTRAINT pk_card_token PRIMARY KEY,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        public_key_id uuid NOT NULL,
        sealed bytea,
        expiry_month smallint NOT NULL,
        expiry_year smallint NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        spent_by uuid,
        CONSTRAINT ck_card_token_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_card_token_expiry_month CHECK (expiry_month BETWEEN 1 AND 12),
        CONSTRAINT ck_card_token_spent CHECK (spent_by IS NULL OR sealed IS NULL)
      )`);
    await runner.query('CREATE INDEX ix_card_token_due ON card_token (expires_at) WHERE sealed IS NOT NULL');
    await runner.query(`SELECT countersign_protect('card_token')`);
    await runner.query(allowing([...PURPOSES, 'card_token']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE card_token');
    await runner.query(`DELETE FROM data_key WHERE purpose = 'card_token'`);
    await runner.query(allowing(PURPOSES));
  }
}

function allowing(purposes: readonly string[]): string {
  return `
    ALTER TABLE data_key DROP CONSTRAINT ck_data_key_purpose,
      ADD CONSTRAINT ck_data_key_purpose CHECK (purpose IN (${purposes.map((purpose) => `'${purpose}'`).join(', ')}))`;
}
