import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the first weeks of the spine asked for: notices that cannot be acted upon wait longer each time, callbacks are
 * claimed merchant by merchant, a line of the story names its leg, and partitions are attached without stopping anybody.
 * New columns are nullable or have a default, because replicas of before still insert without them.
 */
export class AmendSpine1795392020000 implements MigrationInterface {
  name = 'AmendSpine1795392020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notice_seen
        ADD COLUMN tries int NOT NULL DEFAULT 0,
        ADD COLUMN next_try_at timestamptz`);
    await runner.query('CREATE INDEX ix_notice_seen_session ON notice_seen (session_id)');
    // Turned away before anybody knew whose card it is.
    await runner.query(`
      ALTER TABLE session
        ALTER COLUMN scheme DROP NOT NULL,
        ADD COLUMN card_fingerprint_key_version int`);
    await runner.query(`
      ALTER TABLE session_event
        ADD COLUMN leg text,
        ADD CONSTRAINT ck_session_event_leg
          CHECK (leg IN ('created','method','request','answer','challenge','result','callback'))`);
    await runner.query(`
      ALTER TABLE card
        ADD COLUMN environment text,
        ADD CONSTRAINT ck_card_environment CHECK (environment IN ('test','live'))`);
    await runner.query(
      `CREATE INDEX ix_callback_message_merchant_due ON callback_message (merchant_id, next_try_at) WHERE state = 'due'`,
    );
    await runner.query(`
      SELECT countersign_protect('notice_seen', 'EXISTS (SELECT FROM session s WHERE s.id = notice_seen.session_id)')`);
    for (const table of ['session', 'session_event', 'card']) {
      await runner.query('SELECT countersign_protect($1::regclass)', [table]);
    }
    await runner.query(ensurePartitions(ATTACH, `SET lock_timeout TO '2s'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ensurePartitions(CREATE_WITHIN));
    await runner.query('DROP INDEX ix_callback_message_merchant_due');
    await runner.query('ALTER TABLE card DROP COLUMN environment');
    await runner.query('ALTER TABLE session_event DROP COLUMN leg');
    await runner.query(`UPDATE session SET scheme = 'unknown' WHERE scheme IS NULL`);
    await runner.query(
      'ALTER TABLE session DROP COLUMN card_fingerprint_key_version, ALTER COLUMN scheme SET NOT NULL',
    );
    await runner.query('DROP INDEX ix_notice_seen_session');
    await runner.query('ALTER TABLE notice_seen DROP COLUMN tries, DROP COLUMN next_try_at');
  }
}

/** Made inside the parent: shuts out everybody who uses it for that moment, and waits for all who do. */
const CREATE_WITHIN = `
            EXECUTE format(
              'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
              child, parent,
              countersign_uuid_floor(lower_bound AT TIME ZONE 'UTC'),
              countersign_uuid_floor((lower_bound + step) AT TIME ZONE 'UTC'));`;

/** Made beside the parent and attached: readers and writers go on (SHARE UPDATE EXCLUSIVE). */
const ATTACH = `
            EXECUTE format(
              'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE INCLUDING CONSTRAINTS)',
              child, parent);
            EXECUTE format(
              'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
              parent, child,
              countersign_uuid_floor(lower_bound AT TIME ZONE 'UTC'),
              countersign_uuid_floor((lower_bound + step) AT TIME ZONE 'UTC'));`;

function ensurePartitions(make: string, settings = ''): string {
  return `
      CREATE OR REPLACE FUNCTION countersign_ensure_partitions(
        parent text, period text, behind int, ahead int, at timestamptz DEFAULT now()
      ) RETURNS int
      LANGUAGE plpgsql ${settings} AS $$
      DECLARE
        step interval := ('1 ' || period)::interval;
        shape text := CASE period WHEN 'day' THEN 'YYYYMMDD' ELSE 'YYYYMM' END;
        start timestamp := date_trunc(period, at AT TIME ZONE 'UTC');
        lower_bound timestamp;
        child text;
        made int := 0;
      BEGIN
        FOR i IN -behind .. ahead LOOP
          lower_bound := start + i * step;
          child := parent || '_' || to_char(lower_bound, shape);
          IF to_regclass(quote_ident(child)) IS NULL THEN
            -- Of two callers the second waits here, and then finds the first one's partition. A table lock and not an
            -- advisory one: only that lets a session see what another has created meanwhile.
            EXECUTE format('LOCK TABLE ONLY %I IN SHARE UPDATE EXCLUSIVE MODE', parent);
          END IF;
          IF to_regclass(quote_ident(child)) IS NULL THEN${make}
            made := made + 1;
          END IF;
        END LOOP;
        RETURN made;
      END
      $$`;
}
