import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Due inquiries are claimed merchant by merchant, so that one whose upstream is slow holds its own places only. */
export class IndexInquiriesByMerchant1796300000000 implements MigrationInterface {
  name = 'IndexInquiriesByMerchant1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_session_inquire');
    await runner.query(
      'CREATE INDEX ix_session_inquire ON session (merchant_id, inquire_at) WHERE inquire_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_session_inquire');
    await runner.query('CREATE INDEX ix_session_inquire ON session (inquire_at) WHERE inquire_at IS NOT NULL');
  }
}
