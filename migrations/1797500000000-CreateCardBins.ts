import type { MigrationInterface, QueryRunner } from 'typeorm';

const CARD_TYPES = `IN ('credit', 'debit', 'prepaid', 'charge', 'deferred_debit')`;

/**
 * Whose cards are: the table of BINs that an installation is given (`bin_entry`), and what is known of each BIN that some
 * session had (`card_bin`), so that lists and reports look at few rows and never at the whole table. A BIN is nobody's: the
 * reader may see all of them.
 */
export class CreateCardBins1797500000000 implements MigrationInterface {
  name = 'CreateCardBins1797500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bin_entry (
        environment text NOT NULL,
        prefix text NOT NULL,
        issuer text,
        issuer_country text,
        card_type text,
        CONSTRAINT pk_bin_entry PRIMARY KEY (environment, prefix),
        CONSTRAINT ck_bin_entry_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_bin_entry_prefix CHECK (prefix ~ '^[0-9]{6,8}$'),
        CONSTRAINT ck_bin_entry_card_type CHECK (card_type ${CARD_TYPES})
      )`);
    await runner.query(`
      CREATE TABLE card_bin (
        environment text NOT NULL,
        bin text NOT NULL,
        issuer text,
        issuer_country text,
        card_type text,
        told_issuer text,
        told_issuer_country text,
        told_card_type text,
        CONSTRAINT pk_card_bin PRIMARY KEY (environment, bin),
        CONSTRAINT ck_card_bin_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_card_bin_bin CHECK (bin ~ '^[0-9]{6,8}$'),
        CONSTRAINT ck_card_bin_card_type CHECK (card_type ${CARD_TYPES}),
        CONSTRAINT ck_card_bin_told_card_type CHECK (told_card_type ${CARD_TYPES})
      )`);
    await runner.query(`SELECT countersign_protect('card_bin', 'true')`);
    // Reads all sessions there are, once, and holds nobody up.
    await runner.query(
      `INSERT INTO card_bin (environment, bin) SELECT DISTINCT environment, bin FROM session WHERE bin ~ '^[0-9]{6,8}$'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE card_bin');
    await runner.query('DROP TABLE bin_entry');
  }
}
