import { newUuidV7 } from '@app/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createDataSource } from '../../../apps/server/src/data-source';
import { migrate } from '../../../apps/server/src/migrate';
import { createEmptyDatabase, type TestDatabase } from '../../support/database';

const ADDED = ['AddTransStatusReason', 'AddNonPayment', 'IndexWhatIsLookedFor', 'IndexCallbacks'];

/** Any number that is not the migrations' own. */
const GATE = 1;
/** Found before the one that takes a bigint, which it calls: tries are answered only where the gate is open. */
const GATED_TRY = `CREATE FUNCTION pg_try_advisory_xact_lock(key integer) RETURNS boolean
  LANGUAGE plpgsql SET lock_timeout TO 0 AS $$
  BEGIN
    PERFORM pg_advisory_lock_shared(${GATE});
    PERFORM pg_advisory_unlock_shared(${GATE});
    RETURN pg_try_advisory_xact_lock(key::bigint);
  END $$`;

let test: TestDatabase;
let client: Client;

beforeAll(async () => {
  test = await createEmptyDatabase();
  client = new Client({ connectionString: test.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await test?.drop();
});

/** Those of one test: what a test that failed still holds would keep the next ones waiting. */
const connections: Client[] = [];

afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.end()));
  await client.query('DROP FUNCTION IF EXISTS pg_try_advisory_xact_lock(integer)');
});

async function connected(): Promise<Client> {
  const made = new Client({ connectionString: test.url });
  await made.connect();
  connections.push(made);
  return made;
}

/** Waits until somebody in this database has, or waits for, a lock like this. */
async function until(of: Client, lock: string): Promise<void> {
  const here = 'pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())';
  for (;;) {
    const { rowCount } = await of.query(`SELECT 1 FROM pg_locks WHERE ${here} AND ${lock}`);
    if (rowCount !== null && rowCount > 0) return;
    await sleep(20);
  }
}

const startingWith = (words: readonly string[]): unknown[] =>
  words.map((word) => expect.stringMatching(new RegExp(`^${word}\\d`)) as unknown);

/** Takes the last migrations back, down to `verbNoun` and with it. */
async function backTo(verbNoun: string): Promise<void> {
  const dataSource = await createDataSource(test.url, 1).initialize();
  try {
    for (let name = ''; !name.startsWith(verbNoun);) {
      const [last] = await dataSource.query<{ name: string }[]>('SELECT name FROM migration ORDER BY id DESC LIMIT 1');
      name = last?.name ?? verbNoun;
      await dataSource.undoLastMigration();
    }
  } finally {
    await dataSource.destroy();
  }
}

async function aRefusedSession(): Promise<string> {
  const id = newUuidV7(new Date());
  await client.query(
    `INSERT INTO session (id, merchant_id, channel_id, access_key_id, environment, status, version, created_at, updated_at,
       final_at, flow, amount_minor, currency, details, secret_hash, secret_sealed, card_retention_minutes, attempt_number,
       event_seq, exchange_seq)
     VALUES ($1, $1, $1, $1, 'test', 'declined', 1, now(), now(), now(), 'non_hosted', 1, 'EUR', $2, '', '', 0, 2, 0, 0)`,
    [id, { purchase: { authenticationCategory: 'non_payment' } }],
  );
  for (const [number, reason] of [
    [1, '05'],
    [2, '11'],
  ]) {
    await client.query(
      `INSERT INTO attempt (session_id, number, merchant_id, connector, scheme, protocol_version, transaction_id,
         directory_server_id, progress, state, facts, created_at)
       VALUES ($1, $2, $1, 'emv3ds', 'visa', '2.2.0', $1, 'A000000003', 'settled', '{}', $3, now())`,
      [id, number, { transStatusReason: reason }],
    );
  }
  return id;
}

describe('migrations', () => {
  it('are applied once by whoever starts at the same time', async () => {
    const applied = await Promise.all([migrate(test.url), migrate(test.url)]);

    expect(applied.map(({ length }) => length > 0).sort()).toEqual([false, true]);
    expect(applied.flat()).toEqual(expect.arrayContaining(startingWith(ADDED)));
  });

  it('that wait for their turn hold up no index that is built meanwhile', async () => {
    const [holder, builder] = [await connected(), await connected()];
    await holder.query(`SELECT pg_advisory_lock(hashtext('countersign migrations')), pg_advisory_lock(${GATE})`);
    await client.query(GATED_TRY);
    const waiting = migrate(test.url);
    // Asked and not answered: what an index that is built now sees of whoever waits, at the worst moment.
    await until(client, `locktype = 'advisory' AND objid = ${GATE} AND NOT granted`);
    const built = builder.query('CREATE INDEX CONCURRENTLY ix_meanwhile ON callback_message (created_at)');
    await until(client, `locktype = 'virtualxid' AND NOT granted`);
    await holder.query(`SELECT pg_advisory_unlock(${GATE})`);

    await built;
    await holder.query(`SELECT pg_advisory_unlock(hashtext('countersign migrations'))`);
    expect(await waiting).toEqual([]);
  });

  it('give up a table that somebody keeps, and go on the next time', async () => {
    await backTo('AddTransStatusReason');
    const id = await aRefusedSession();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM session LIMIT 1');

    await expect(migrate(test.url)).rejects.toMatchObject({ code: '55P03' });
    await client.query('COMMIT');
    expect(await migrate(test.url)).toEqual(expect.arrayContaining(startingWith(ADDED)));

    const { rows } = await client.query('SELECT trans_status_reason, is_non_payment FROM session WHERE id = $1', [id]);
    expect(rows).toEqual([{ trans_status_reason: '11', is_non_payment: true }]);
  });

  it('leave every index whole, also after one that was cut short', async () => {
    await backTo('IndexWhatIsLookedFor');
    const { rows: partitions } = await client.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'session'::regclass ORDER BY 1`,
    );
    await client.query('CREATE INDEX ix_session_retry_of ON ONLY session (retry_of) WHERE retry_of IS NOT NULL');
    await client.query(`CREATE INDEX ix_${partitions[0]?.name}_retry_of ON ${partitions[0]?.name} (amount_minor)`);

    await migrate(test.url);

    const { rows } = await client.query(
      `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid
       UNION ALL SELECT 'partitions with it: ' || count(*) FROM pg_inherits WHERE inhparent = 'ix_session_retry_of'::regclass`,
    );
    expect(rows).toEqual([{ name: `partitions with it: ${partitions.length}` }]);
  });
});
