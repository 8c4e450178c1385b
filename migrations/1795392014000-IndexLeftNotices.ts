import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices that nobody acted upon are looked for every few seconds, among those of a month. */
export class IndexLeftNotices1795392014000 implements MigrationInterface {
  name = 'IndexLeftNotices1795392014000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX ix_notice_seen_left ON notice_seen (received_at, connector, notice_id) WHERE acted_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_notice_seen_left');
  }
}
