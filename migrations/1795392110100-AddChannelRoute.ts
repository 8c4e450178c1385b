import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A channel's connectors in order, each with its conditions. `connectors` stays for replicas of before; the route is what
 * counts.
 */
export class AddChannelRoute1795392110100 implements MigrationInterface {
  name = 'AddChannelRoute1795392110100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE processing_channel
        ADD COLUMN route jsonb NOT NULL DEFAULT '[{"connector": "emv3ds"}]',
        ADD CONSTRAINT ck_processing_channel_route CHECK (jsonb_typeof(route) = 'array')`);
    await runner.query(`
      UPDATE processing_channel SET route = (
        SELECT jsonb_agg(jsonb_build_object('connector', named.id) ORDER BY named.place)
        FROM unnest(connectors) WITH ORDINALITY AS named (id, place))`);
    await runner.query(`SELECT countersign_protect('processing_channel')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE processing_channel DROP COLUMN route');
  }
}
