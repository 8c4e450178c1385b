import type { MigrationInterface, QueryRunner } from 'typeorm';

const NAME = 'ix_session_without_card';
/**
 * Sessions of no card, or of one of no scheme that we know, are few where most have one, and those that are indexed by them are the
 * others: to find some, all sessions were walked. A session of a card costs nothing here, and one that gets its card later leaves.
 */
const OF = '(id) WHERE scheme IS NULL OR bin IS NULL';
const LOCK_TIMEOUT = `SET LOCAL lock_timeout = '3s'`;

/** Partition by partition, while they are written. Not one transaction: one that was cut short begins again where it was. */
export class IndexSessionsWithoutCard1797600000000 implements MigrationInterface {
  name = 'IndexSessionsWithoutCard1797600000000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // Several statements in one are one transaction, so that the limit is theirs only. The parent's index holds nothing and makes
    // partitions to come have theirs; it is whole when each present one has.
    await runner.query(`${LOCK_TIMEOUT}; CREATE INDEX IF NOT EXISTS ${NAME} ON ONLY session ${OF}`);
    const partitions = (await runner.query(
      `SELECT c.relname AS partition FROM pg_inherits p JOIN pg_class c ON c.oid = p.inhrelid
       WHERE p.inhparent = 'session'::regclass AND NOT EXISTS (
         SELECT FROM pg_inherits i JOIN pg_index own ON own.indexrelid = i.inhrelid
         WHERE i.inhparent = $1::regclass AND own.indrelid = c.oid)
       ORDER BY c.relname`,
      [NAME],
    )) as { partition: string }[];
    for (const { partition } of partitions) {
      const child = NAME.replace('session', partition);
      // One that was cut short is there and of no use.
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${child}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${child} ON ${partition} ${OF}`);
      await runner.query(`${LOCK_TIMEOUT}; ALTER INDEX ${NAME} ATTACH PARTITION ${child}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS ${NAME}`);
  }
}
