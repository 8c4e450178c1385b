import { newUuidV7 } from '@app/kernel';
import { Database, ReaderBreach } from '@app/platform';
import { Client } from 'pg';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const AT = new Date();
const [OURS, THEIRS, THIRD] = [newUuidV7(AT), newUuidV7(AT), newUuidV7(AT)] as const;
const MERCHANTS = [OURS, THEIRS, THIRD];

/** Tables of merchants that the reader may read, all with one row per merchant. */
const SHARED = [
  'access_key',
  'access_log',
  'acquirer_record',
  'attempt',
  'audit_entry',
  'bulk_job',
  'bulk_job_item',
  'callback_delivery',
  'callback_message',
  'card',
  'card_token',
  'connector_account',
  'connector_credential',
  'connector_webhook_key',
  'correlation',
  'exchange',
  'hosted_link',
  'instrument',
  'merchant',
  'notice_seen',
  'processing_channel',
  'public_key',
  'report_histogram',
  'report_slice',
  'session',
  'session_event',
  'session_leg',
  'session_reproduction',
  'session_retry',
];
const UNSHARED = [
  'act_request',
  'admin_request',
  'audit_head',
  'channel_logo',
  'idempotency',
  'instrument_key',
  'merchant_fingerprint_key',
  'oidc_return',
  'operator',
  'operator_invitation',
  'operator_recovery_code',
  'operator_session',
  'service_account',
  'sign_in_throttle',
];
/** Of the installation and not of a merchant. */
const NOBODYS = [
  'bin_entry',
  'card_range',
  'data_key',
  'directory_server',
  'directory_server_call',
  'lease',
  'mac_key',
  'migration',
  'replica',
  'report_check',
  'report_hour',
  'signing_key',
  'upstream_token',
];

/** Of the installation, and the reader may see all of it. */
const EVERYBODYS = ['card_bin'];

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database(await createDataSource(test.url, 2).initialize());
  for (const merchant of MERCHANTS) await fill(merchant);
  await database.query(`INSERT INTO card_bin (environment, bin) VALUES ('test', '42424242')`);
}, 120_000);

afterAll(async () => {
  await database?.onApplicationShutdown();
  await test?.drop();
});

/** One row of everything. */
async function fill(merchant: string): Promise<void> {
  const [channel, key, session, message] = [newUuidV7(AT), newUuidV7(AT), newUuidV7(AT), newUuidV7(AT)];
  const account = newUuidV7(AT);
  const statements: [string, unknown[]][] = [
    [
      `INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, 'Shop', 'active', now(), now())`,
      [merchant],
    ],
    [
      `INSERT INTO processing_channel (id, merchant_id, environment, name, connectors, preferred_schemes,
         webhook_secret_sealed, created_at, updated_at)
       VALUES ($2, $1, 'test', 'web', '{emv3ds}', '{}', 'sealed', now(), now())`,
      [merchant, channel],
    ],
    [
      `INSERT INTO acquirer_record (channel_id, scheme, acquirer_bin, acquirer_merchant_id, mcc, country_code, merchant_name,
         requestor_id, requestor_name, requestor_url, created_at, updated_at)
       VALUES ($1, 'visa', '1', '1', '5999', '826', 'Shop', '1', 'Shop', 'https://shop.example', now(), now())`,
      [channel],
    ],
    [
      `INSERT INTO access_key (id, merchant_id, environment, mac_key_sealed, secret_mac, scopes, created_at)
       VALUES ($2, $1, 'test', 'sealed', 'mac', '{sessions}', now())`,
      [merchant, key],
    ],
    [
      `INSERT INTO public_key (id, merchant_id, environment, channel_id, allowed_origins, created_at)
       VALUES ($3, $1, 'test', $2, '{}', now())`,
      [merchant, channel, key],
    ],
    [
      `INSERT INTO connector_account (id, merchant_id, connector, environment, name, api_base_url, token_url, scopes, status,
         webhook_address_mac, created_at, updated_at)
       VALUES ($2, $1, 'checkout', 'test', 'Shop', 'https://api.example', 'https://access.example', '{}', 'active',
         $1::uuid::text::bytea, now(), now())`,
      [merchant, account],
    ],
    [
      `INSERT INTO connector_credential (id, account_id, merchant_id, client_id, client_secret_sealed, version, valid_from)
       VALUES ($2, $2, $1, 'ack', 'sealed', 1, now())`,
      [merchant, account],
    ],
    [
      `INSERT INTO connector_webhook_key (id, account_id, merchant_id, key_sealed, created_at)
       VALUES ($2, $2, $1, 'sealed', now())`,
      [merchant, account],
    ],
    [
      `INSERT INTO access_log (id, at, merchant_id, actor, act, subject) VALUES ($1, now(), $1, 'ack', 'read', 'sid')`,
      [merchant],
    ],
    [
      `INSERT INTO audit_entry (id, seq, at, merchant_id, actor_kind, actor_name, act, subject, chain_mac)
       VALUES ($1, (SELECT count(*) + 1 FROM audit_entry), now(), $1, 'operator', 'ada', 'session.retried', 'sid', 'mac')`,
      [merchant],
    ],
    [`INSERT INTO merchant_fingerprint_key VALUES ($1, 1, 'sealed', now())`, [merchant]],
    [`INSERT INTO instrument_key VALUES ($1, $1, 'wrapped', now())`, [merchant]],
    [
      `INSERT INTO card_token (id, merchant_id, environment, public_key_id, sealed, expiry_month, expiry_year, created_at,
         expires_at)
       VALUES ($2, $1, 'test', $2, 'sealed', 12, 2030, now(), now())`,
      [merchant, key],
    ],
    [
      `INSERT INTO instrument (id, merchant_id, environment, fingerprint, fingerprint_key_version, number_sealed,
         expiry_month, expiry_year, bin, last_four, created_at, updated_at, last_used_at)
       VALUES ($2, $1, 'test', 'f', 1, 'sealed', 12, 2030, '42424242', '4242', now(), now(), now())`,
      [merchant, key],
    ],
    [`INSERT INTO card VALUES ($2, $1, 'sealed', 12, 2030, NULL, now())`, [merchant, session]],
    [
      `INSERT INTO session (id, merchant_id, channel_id, access_key_id, environment, status, version, created_at, updated_at,
         deadline_at, flow, amount_minor, currency, reference, details, secret_hash, secret_sealed, scheme, bin,
         card_retention_minutes, attempt_number, event_seq, exchange_seq)
       VALUES ($2, $1, $3, $4, 'test', 'pending', 1, now(), now(), now(), 'non_hosted', 100, 'EUR', $1::uuid::text, '{}', 'hash',
         'sealed', 'visa', '424242', 60, 1, 1, 1)`,
      [merchant, session, channel, key],
    ],
    [
      `INSERT INTO attempt (session_id, number, merchant_id, connector, scheme, protocol_version, transaction_id,
         directory_server_id, progress, state, facts, created_at)
       VALUES ($2, 1, $1, 'emv3ds', 'visa', '2.2.0', $2, 'visa', 'planned', '{}', '{}', now())`,
      [merchant, session],
    ],
    [
      `INSERT INTO session_event (session_id, seq, merchant_id, at, type, to_status, actor, attempt_number, data)
       VALUES ($2, 1, $1, now(), 'created', 'pending', 'ack', 1, '{}')`,
      [merchant, session],
    ],
    [
      `INSERT INTO exchange (session_id, seq, merchant_id, attempt_number, direction, message_type, at)
       VALUES ($2, 1, $1, 1, 'sent', 'AReq', now())`,
      [merchant, session],
    ],
    [`INSERT INTO hosted_link VALUES ($2::uuid::text::bytea, $2, $1, 'sealed', now(), now())`, [merchant, session]],
    [`INSERT INTO session_leg VALUES ($2, 'page_shown', $1, now())`, [merchant, session]],
    [
      `INSERT INTO report_histogram (dimension, basis, hour, merchant_id, environment, is_known, value, part, buckets, counts, longest)
       VALUES ('all', 'raw', date_trunc('hour', now()), $1, 'test', false, '', 'session', '{}', '{}', '{}')`,
      [merchant],
    ],
    [
      `INSERT INTO report_slice (dimension, basis, hour, merchant_id, environment, is_known, value)
       VALUES ('all', 'raw', date_trunc('hour', now()), $1, 'test', false, '')`,
      [merchant],
    ],
    [
      `INSERT INTO session_reproduction (session_id, reproduced_from, merchant_id) VALUES ($2, $1, $1)`,
      [merchant, session],
    ],
    [
      `INSERT INTO session_retry (retry_of, session_id, merchant_id, number) VALUES ($1, $2, $1, 2)`,
      [merchant, session],
    ],
    [
      `INSERT INTO bulk_job (id, act, state, actor_kind, actor_id, actor_name, merchant_ids, total, created_at)
       VALUES ($1, 'expire', 'running', 'operator', $1, 'ada', ARRAY[$1::uuid], 1, now())`,
      [merchant],
    ],
    [
      `INSERT INTO bulk_job_item (job_id, number, session_id, merchant_id, state, fence) VALUES ($1, 1, $2, $1, 'waiting', 0)`,
      [merchant, session],
    ],
    [`INSERT INTO correlation VALUES ('emv3ds', $1::uuid::text, $1::uuid, 1, now())`, [session]],
    [
      `INSERT INTO notice_seen (connector, notice_id, session_id, body, received_at)
       VALUES ('emv3ds', $1::uuid::text, $1::uuid, '{}', now())`,
      [session],
    ],
    [
      `INSERT INTO callback_message (id, merchant_id, environment, channel_id, session_id, kind, url, payload, next_try_at,
         created_at)
       VALUES ($2, $1, 'test', $3, $4, 'session_completed', 'https://shop.example', '{}', now(), now())`,
      [merchant, message, channel, session],
    ],
    [`INSERT INTO callback_delivery VALUES ($1, 1, now(), 1, 200, NULL)`, [message]],
    [
      `INSERT INTO idempotency VALUES ($1, 'POST', 'key', 'body', $2, 1, now(), NULL, NULL, now())`,
      [merchant, session],
    ],
  ];
  for (const [sql, values] of statements) await database.query(sql, values);
}

const count = async (sql: string, merchants: readonly string[]): Promise<number> => {
  const [row] = await database.asReader(merchants, (reader) => reader.query<{ n: number }>(sql));
  return row?.n ?? -1;
};

/** Any SQL in a session that became the reader by itself, as only an attacker would: the simple protocol, several at a time. */
async function asBareReader(...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: test.url });
  await client.connect();
  try {
    await client.query('BEGIN; SET LOCAL ROLE countersign_reader');
    let rows: unknown[] = [];
    for (const sql of statements) rows = (await client.query(sql)).rows as unknown[];
    return rows;
  } finally {
    await client.end();
  }
}

const asMerchant = (merchant: string): string => `SET LOCAL countersign.merchant_ids = '{${merchant}}'`;
const DENIED = { code: '42501' };

describe('the schema', () => {
  it('locks every table that is not listed as nobody’s, with FORCE', async () => {
    const open = await database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
         AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`,
    );
    const all = await database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
    );

    expect(open.map(({ name }) => name).filter((name) => !NOBODYS.includes(name))).toEqual([]);
    expect(all.map(({ name }) => name).filter((name) => !NOBODYS.includes(name))).toEqual(
      [...SHARED, ...UNSHARED, ...EVERYBODYS].sort(),
    );
  });

  it('has no function and no view that would look with the rights of its owner', async () => {
    const trespassing = await database.query(
      `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
       UNION ALL
       SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
         AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)`,
    );

    expect(trespassing).toEqual([]);
  });

  it('has a reader who cannot log in, sees past nothing and is no member of the owner', async () => {
    const [role] = await database.query(
      `SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, pg_has_role(oid, current_user, 'MEMBER') AS owns
       FROM pg_roles WHERE rolname = 'countersign_reader'`,
    );

    expect(role).toEqual({
      rolcanlogin: false,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      owns: false,
    });
  });

  it('gives the reader nothing that is sealed or a hash', async () => {
    const columns = await database.query<{ name: string }>(
      `SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
         AND a.atttypid = 'bytea'::regtype AND has_column_privilege('countersign_reader', c.oid, a.attnum, 'SELECT')`,
    );

    expect(columns).toEqual([]);
  });
});

describe('the reader', () => {
  it.each(SHARED)('sees of %s the rows of its merchants only', async (table) => {
    const sql = `SELECT count(*)::int AS n FROM ${table}`;

    expect((await database.query<{ n: number }>(sql))[0]?.n).toBe(3);
    expect(await count(sql, [OURS])).toBe(1);
    expect(await count(sql, [OURS, THEIRS])).toBe(2);
    expect(await count(sql, [newUuidV7(AT)])).toBe(0);
    expect(await count(sql, [])).toBe(0);
  });

  it.each(EVERYBODYS)('sees all of %s, whosever it is', async (table) => {
    const sql = `SELECT count(*)::int AS n FROM ${table}`;

    expect(await count(sql, [OURS])).toBe(1);
    expect(await count(sql, [])).toBe(1);
  });

  it.each([...UNSHARED, ...NOBODYS])('sees nothing of %s', async (table) => {
    await expect(count(`SELECT count(*)::int AS n FROM ${table}`, MERCHANTS)).rejects.toMatchObject(DENIED);
  });

  it('sees exactly its own, whatever it asks for', async () => {
    const references = await database.asReader([OURS], (reader) =>
      reader.query('SELECT reference FROM session WHERE merchant_id = $1 OR true', [THEIRS]),
    );

    expect(references).toEqual([{ reference: OURS }]);
  });

  it('sees nothing across by joins, unions, subqueries or conditions that tell what they look at', async () => {
    expect(
      await count(
        `SELECT count(*)::int AS n FROM session s JOIN attempt a ON a.session_id <> s.id
         FULL JOIN card c ON c.merchant_id = s.merchant_id WHERE s.merchant_id <> '${OURS}'`,
        [OURS],
      ),
    ).toBe(0);
    expect(
      await count(
        `SELECT count(*)::int AS n FROM (SELECT merchant_id FROM session UNION ALL SELECT merchant_id FROM exchange) x
         WHERE merchant_id <> '${OURS}' OR EXISTS (SELECT FROM callback_message WHERE merchant_id <> '${OURS}')`,
        [OURS],
      ),
    ).toBe(0);
    // Fails on the first row that is not ours, if the planner let it look at one.
    expect(
      await count(`SELECT count(*)::int AS n FROM session WHERE 1 / (merchant_id = '${OURS}')::int = 1`, [OURS]),
    ).toBe(1);
  });

  it('is refused by every partition, also by those made later', async () => {
    await database.query(`SELECT countersign_ensure_partitions('session', 'month', 0, 30)`);
    await database.query(`SELECT countersign_ensure_partitions('card', 'day', 0, 30)`);
    const partitions = await database.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relispartition AND relkind = 'r'`,
    );
    expect(partitions.length).toBeGreaterThan(60);

    const readable = await database.query(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relispartition AND relkind = 'r'
         AND has_any_column_privilege('countersign_reader', oid, 'SELECT')`,
    );
    expect(readable).toEqual([]);
    for (const { name } of partitions.slice(0, 3)) {
      await expect(count(`SELECT count(*)::int AS n FROM ${name}`, MERCHANTS)).rejects.toMatchObject(DENIED);
    }
    await database.query(`INSERT INTO card VALUES ($1, $2, 'sealed', 12, 2030, NULL, now())`, [
      newUuidV7(new Date(AT.getTime() + 20 * 24 * 3_600_000)),
      THEIRS,
    ]);
    expect(await count('SELECT count(*)::int AS n FROM card', [OURS])).toBe(1);
    expect(await count('SELECT count(*)::int AS n FROM card', [THEIRS])).toBe(2);
  });

  it('sees nothing through functions, neither its own setting’s nor others’', async () => {
    expect(await count('SELECT cardinality(countersign_merchant_ids()) AS n', [OURS, THEIRS])).toBe(2);
    expect(
      await count(
        `SELECT (xpath('count(//row)', query_to_xml('SELECT id FROM session', true, false, '')))[1]::text::int AS n`,
        [OURS],
      ),
    ).toBe(1);
    await expect(count(`SELECT countersign_ensure_partitions('card', 'day', 90, 0) AS n`, [OURS])).rejects.toThrow();
    await expect(count(`SELECT 1 AS n FROM countersign_protect('session')`, [OURS])).rejects.toThrow();
  });

  it('writes nothing', async () => {
    await expect(
      count(`WITH gone AS (DELETE FROM session RETURNING 1) SELECT count(*)::int AS n FROM gone`, [OURS]),
    ).rejects.toThrow();
    await expect(count('SELECT 1 AS n FROM session FOR UPDATE', [OURS])).rejects.toThrow();
    await expect(asBareReader(asMerchant(OURS), 'UPDATE session SET version = 2')).rejects.toMatchObject(DENIED);
    await expect(asBareReader(asMerchant(OURS), 'TRUNCATE session')).rejects.toMatchObject(DENIED);
  });

  it.each([
    'RESET ROLE',
    'SET ROLE none',
    'SET LOCAL ROLE none',
    'SET SESSION AUTHORIZATION DEFAULT',
    'COMMIT',
    'ROLLBACK',
    '  -- a comment\nRESET ROLE',
    `SELECT set_config('role', 'none', true)`,
    `SELECT Set_Config('countersign.merchant_ids', '{${THEIRS}}', true)`,
    'DO $$ BEGIN RESET ROLE; END $$',
  ])('cannot become somebody else by %s', async (sql) => {
    await expect(database.asReader([OURS], (reader) => reader.query(sql))).rejects.toThrow(ReaderBreach);
  });

  it('cannot send a second statement behind the first', async () => {
    const sql = 'SELECT 1; RESET ROLE; SELECT * FROM session';

    await expect(database.asReader([OURS], (reader) => reader.query(sql))).rejects.toMatchObject({ code: '42601' });
  });

  it.each([
    ['its role', `'set_' || 'config(''role'', ''none'', true)'`],
    ['its merchants', `'set_' || 'config(''countersign.merchant_ids'', ''{${THEIRS}}'', true)'`],
  ])('hands nothing out when it changed %s by a way that nobody thought of', async (_, call) => {
    const escape = `SELECT query_to_xml('SELECT ' || ${call}, true, false, '')`;

    await expect(
      database.asReader([OURS], async (reader) => {
        await reader.query(escape);
        return reader.query('SELECT reference FROM session');
      }),
    ).rejects.toThrow(ReaderBreach);
  });

  it('takes UUIDs for merchants and nothing else', async () => {
    await expect(count('SELECT 1 AS n', [`${OURS},${THEIRS}`])).rejects.toThrow(ReaderBreach);
    await expect(count('SELECT 1 AS n', ['}'])).rejects.toThrow(ReaderBreach);
  });

  it('sees nothing in a session that names no merchants, and in one that did before', async () => {
    expect(await asBareReader('SELECT id FROM session')).toEqual([]);
    expect(await asBareReader(asMerchant(OURS), 'SELECT reference FROM session')).toEqual([{ reference: OURS }]);
    const client = new Client({ connectionString: test.url });
    await client.connect();
    await client.query(`BEGIN; SET LOCAL ROLE countersign_reader; ${asMerchant(OURS)}; COMMIT`);
    await client.query('BEGIN; SET LOCAL ROLE countersign_reader');
    expect((await client.query('SELECT id FROM session')).rows).toEqual([]);
    await client.end();
  });

  it('leaves a connection as it found it, after good ends and bad ones', async () => {
    const whole = async (): Promise<unknown> =>
      (
        await database.query(
          `SELECT current_user = session_user AS itself, current_setting('transaction_read_only') AS readonly,
             coalesce(current_setting('countersign.merchant_ids', true), '') AS merchants, count(*)::int AS n FROM session`,
        )
      )[0];
    const untouched = { itself: true, readonly: 'off', merchants: '', n: 3 };

    for (let round = 0; round < 6; round++) {
      await database.asReader([OURS], (reader) => reader.query('SELECT 1'));
      await expect(database.asReader([OURS], (reader) => reader.query('SELECT 1/0'))).rejects.toThrow();
      await expect(
        database.asReader([OURS], async () => {
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await whole()).toEqual(untouched);
    }
  });

  it('serves many at once, each with its own merchants', async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const merchant = MERCHANTS[index % 3] as string;
        const rows = await database.asReader([merchant], (reader) => reader.query('SELECT reference FROM session'));
        return JSON.stringify(rows) === JSON.stringify([{ reference: merchant }]);
      }),
    );

    expect(seen).toEqual(Array(60).fill(true));
  });
});

describe('the hot path', () => {
  const BY_ID = `SELECT s.*, a.facts FROM session s JOIN attempt a ON a.session_id = $1 AND a.number = s.attempt_number
    WHERE s.id = $1 AND s.merchant_id = $2`;
  const LOCKED = ['session', 'attempt'];
  let id: string;

  beforeAll(async () => {
    const [session] = await database.query<{ id: string }>('SELECT id FROM session WHERE merchant_id = $1', [OURS]);
    id = session?.id ?? '';
  });

  const lock = async (command: 'ENABLE' | 'DISABLE'): Promise<void> => {
    for (const table of LOCKED) await database.query(`ALTER TABLE ${table} ${command} ROW LEVEL SECURITY`);
  };

  const query = (): string => BY_ID.replaceAll('$1', `'${id}'`).replaceAll('$2', `'${OURS}'`);

  const plan = async (): Promise<string> => {
    const lines = await database.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${query()}`);
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  };

  /** Pages that one read touches: what it costs, whatever else the machine has to do. */
  const pages = async (): Promise<number> => {
    const [line] = await database.query<{ 'QUERY PLAN': readonly [{ Plan: Record<string, number> }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${query()}`,
    );
    const read = line?.['QUERY PLAN'][0].Plan ?? {};
    return (read['Shared Hit Blocks'] ?? 0) + (read['Shared Read Blocks'] ?? 0);
  };

  it('reads one session by the same plan and from as few pages with the lock as without it', async () => {
    const locked = { plan: await plan(), pages: await pages() };
    await lock('DISABLE');
    const open = { plan: await plan(), pages: await pages() };
    await lock('ENABLE');

    expect(locked).toEqual(open);
    expect(locked.pages).toBeGreaterThan(0);
    expect(locked.plan).toMatch(/Index/);
    expect(locked.plan).not.toMatch(/merchant_ids|SubPlan|InitPlan/);
  });
});
