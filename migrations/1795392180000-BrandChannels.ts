import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a channel's pages look and speak. Its logo has a table of its own: lists of channels do not read it. */
export class BrandChannels1795392180000 implements MigrationInterface {
  name = 'BrandChannels1795392180000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE processing_channel
        ADD COLUMN branding jsonb NOT NULL DEFAULT '{}',
        ADD CONSTRAINT ck_processing_channel_branding CHECK (jsonb_typeof(branding) = 'object')`);
    await runner.query(`SELECT countersign_protect('processing_channel')`);
    await runner.query(`
      CREATE TABLE channel_logo (
        channel_id uuid NOT NULL CONSTRAINT pk_channel_logo PRIMARY KEY,
        hash text NOT NULL,
        type text NOT NULL,
        bytes bytea NOT NULL,
        updated_at timestamptz NOT NULL,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT fk_channel_logo_channel FOREIGN KEY (channel_id) REFERENCES processing_channel (id),
        CONSTRAINT ck_channel_logo_hash CHECK (hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT ck_channel_logo_type CHECK (type IN ('image/png', 'image/jpeg', 'image/webp')),
        CONSTRAINT ck_channel_logo_bytes CHECK (octet_length(bytes) BETWEEN 1 AND 65536)
      )`);
    await runner.query('CREATE INDEX ix_channel_logo_hash ON channel_logo (hash)');
    // Whoever lists channels has no use for pictures: they are read by their name, and by nobody but the owner.
    await runner.query(`SELECT countersign_protect('channel_logo', shared => false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channel_logo');
    await runner.query('ALTER TABLE processing_channel DROP COLUMN branding');
  }
}
