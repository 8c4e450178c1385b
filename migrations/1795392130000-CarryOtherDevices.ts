import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions without a browser, and sources without a number: what an app or a merchant-initiated request says of the
 * device has a column of its own beside the browser's, and a card that only an upstream knows has no BIN here. Replicas
 * of before insert and read as they did.
 */
export class CarryOtherDevices1795392130000 implements MigrationInterface {
  name = 'CarryOtherDevices1795392130000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session ADD COLUMN device jsonb, ALTER COLUMN bin DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE session SET bin = '' WHERE bin IS NULL`);
    await runner.query('ALTER TABLE session DROP COLUMN device, ALTER COLUMN bin SET NOT NULL');
  }
}
