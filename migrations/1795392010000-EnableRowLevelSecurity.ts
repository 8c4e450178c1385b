import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of a table that belongs to a merchant through another one are readable where that other row is. */
const THROUGH = {
  acquirer_record: 'EXISTS (SELECT FROM processing_channel c WHERE c.id = acquirer_record.channel_id)',
  callback_delivery: 'EXISTS (SELECT FROM callback_message m WHERE m.id = callback_delivery.message_id)',
  correlation: 'EXISTS (SELECT FROM session s WHERE s.id = correlation.session_id)',
  notice_seen: 'EXISTS (SELECT FROM session s WHERE s.id = notice_seen.session_id)',
};

const BY_MERCHANT_ID = [
  'access_key',
  'attempt',
  'callback_message',
  'card',
  'exchange',
  'processing_channel',
  'session',
  'session_event',
];

/** Merchants' rows that nobody reads in bulk: locked, and not granted to the reader at all. */
const UNSHARED = ['idempotency', 'merchant_fingerprint_key'];

/**
 * The second lock between merchants, for the paths that read many rows: the role `countersign_reader` sees only rows of the
 * merchants in the setting `countersign.merchant_ids`, which is local to its transaction; without it, nothing. The owner
 * sees everything, so that the hot path, whose statements carry the merchant id, stays as it is.
 *
 * A later migration calls `countersign_protect` for every table of merchants that it makes, and again when it adds
 * columns that the reader may see. Views that the reader may use must be `security_invoker`.
 */
export class EnableRowLevelSecurity1795392010000 implements MigrationInterface {
  name = 'EnableRowLevelSecurity1795392010000';

  async up(runner: QueryRunner): Promise<void> {
    await makeReader(runner);
    // NULLIF: once set, a setting of our own is empty after the transaction, and no longer unknown.
    await runner.query(`
      CREATE FUNCTION countersign_merchant_ids() RETURNS uuid[]
      LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT NULLIF(current_setting('countersign.merchant_ids', true), '')::uuid[]
      $$`);
    await runner.query(`
      CREATE FUNCTION countersign_protect(
        relation regclass,
        readable text DEFAULT 'merchant_id = ANY ((SELECT countersign_merchant_ids())::uuid[])',
        shared boolean DEFAULT true
      ) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE
        owner name := (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation);
        columns text := (
          SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
          WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
            AND attname !~ '(^|_)(sealed|wrapped|mac|hash)$');
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', relation);
        EXECUTE format('DROP POLICY IF EXISTS owner_everything ON %s', relation);
        EXECUTE format('DROP POLICY IF EXISTS reader_own_merchants ON %s', relation);
        EXECUTE format('CREATE POLICY owner_everything ON %s TO %I USING (true) WITH CHECK (true)', relation, owner);
        EXECUTE format('REVOKE ALL ON %s FROM countersign_reader', relation);
        IF shared THEN
          EXECUTE format(
            'CREATE POLICY reader_own_merchants ON %s FOR SELECT TO countersign_reader USING (%s)', relation, readable);
          EXECUTE format('GRANT SELECT (%s) ON %s TO countersign_reader', columns, relation);
        END IF;
      END
      $$`);
    await runner.query(
      `SELECT countersign_protect('merchant', 'id = ANY ((SELECT countersign_merchant_ids())::uuid[])')`,
    );
    for (const table of BY_MERCHANT_ID) await runner.query('SELECT countersign_protect($1::regclass)', [table]);
    for (const [table, readable] of Object.entries(THROUGH)) {
      await runner.query('SELECT countersign_protect($1::regclass, $2)', [table, readable]);
    }
    for (const table of UNSHARED) {
      await runner.query(`SELECT countersign_protect($1::regclass, 'false', shared => false)`, [table]);
    }
  }

  // The role stays: it belongs to the cluster, and other databases may have granted it something.
  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['merchant', ...BY_MERCHANT_ID, ...Object.keys(THROUGH), ...UNSHARED]) {
      await runner.query(`REVOKE ALL ON ${table} FROM countersign_reader`);
      await runner.query(`DROP POLICY IF EXISTS reader_own_merchants ON ${table}`);
      await runner.query(`DROP POLICY owner_everything ON ${table}`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query('DROP FUNCTION countersign_protect(regclass, text, boolean)');
    await runner.query('DROP FUNCTION countersign_merchant_ids()');
  }
}

/**
 * The reader's role, and the right of the migrating role to take it on. Where the latter may not make roles, an operator
 * has done both before, or is told how.
 */
async function makeReader(runner: QueryRunner): Promise<void> {
  await runner.query(`
    DO $$
    DECLARE
      -- From 16 on a member may be one in name only; whoever makes a role is, at first.
      may text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
      how text := CASE may WHEN 'SET' THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
      done_by_hand text := format(
        'Run as a superuser, then migrate again: CREATE ROLE countersign_reader NOLOGIN; GRANT countersign_reader TO %I%s;',
        current_user, how);
    BEGIN
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_reader') THEN
          CREATE ROLE countersign_reader NOLOGIN;
        END IF;
      EXCEPTION
        -- Roles are the cluster's: a migration of another database was faster.
        WHEN duplicate_object OR unique_violation THEN NULL;
      END;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_reader' AND (rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'The role countersign_reader sees past row-level security'
          USING HINT = 'Run as a superuser: ALTER ROLE countersign_reader NOSUPERUSER NOBYPASSRLS;';
      END IF;
      IF NOT pg_has_role(current_user, 'countersign_reader', may) THEN
        EXECUTE format('GRANT countersign_reader TO %I%s', current_user, how);
      END IF;
    EXCEPTION
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The role countersign_reader is missing and % may not make it. %', current_user, done_by_hand
          USING ERRCODE = 'insufficient_privilege', HINT = done_by_hand;
    END
    $$`);
}
