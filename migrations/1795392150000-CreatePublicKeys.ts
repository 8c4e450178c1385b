import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What merchants' pages name their channel by when they hand a card over: identifiers, not secrets. */
export class CreatePublicKeys1795392150000 implements MigrationInterface {
  name = 'CreatePublicKeys1795392150000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE public_key (
        id uuid NOT NULL CONSTRAINT pk_public_key PRIMARY KEY,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        channel_id uuid NOT NULL,
        allowed_origins text[] NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT fk_public_key_channel FOREIGN KEY (merchant_id, environment, channel_id)
          REFERENCES processing_channel (merchant_id, environment, id),
        CONSTRAINT ck_public_key_environment CHECK (environment IN ('test', 'live'))
      )`);
    await runner.query('CREATE INDEX ix_public_key_channel ON public_key (channel_id, created_at)');
    await runner.query(`SELECT countersign_protect('public_key')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public_key');
  }
}
