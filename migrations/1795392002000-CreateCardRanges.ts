import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reference data of the native connector: the directory servers it asks and the card ranges they published. `revision`
 * counts the changes of a server's ranges, so replicas see from one small row whether to read them again.
 */
export class CreateCardRanges1795392002000 implements MigrationInterface {
  name = 'CreateCardRanges1795392002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE directory_server (
        environment text NOT NULL,
        id text NOT NULL,
        url text NOT NULL,
        serial_num text,
        ds_start_version text,
        ds_end_version text,
        revision int NOT NULL DEFAULT 0,
        ranges_loaded_at timestamptz,
        last_attempt_at timestamptz,
        next_attempt_at timestamptz,
        last_error text,
        CONSTRAINT pk_directory_server PRIMARY KEY (environment, id),
        CONSTRAINT ck_directory_server_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_directory_server_id
          CHECK (id IN ('visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb', 'discover'))
      )`);
    await runner.query(`
      CREATE TABLE card_range (
        environment text NOT NULL,
        directory_server_id text NOT NULL,
        start_range text NOT NULL,
        end_range text NOT NULL,
        acs_start_version text NOT NULL,
        acs_end_version text NOT NULL,
        ds_start_version text,
        ds_end_version text,
        method_url text,
        acs_info_ind text[],
        CONSTRAINT pk_card_range PRIMARY KEY (environment, directory_server_id, start_range, end_range),
        CONSTRAINT fk_card_range_directory_server FOREIGN KEY (environment, directory_server_id)
          REFERENCES directory_server (environment, id) ON DELETE CASCADE,
        CONSTRAINT ck_card_range_bounds CHECK (
          start_range ~ '^[0-9]{13,19}$' AND end_range ~ '^[0-9]{13,19}$' AND length(start_range) = length(end_range)
        )
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE card_range');
    await runner.query('DROP TABLE directory_server');
  }
}
