import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { encodeId } from '@app/kernel';
import type { AuditEntry } from '@app/platform';
import { parseListQuery } from '@app/platform';
import { Client } from 'pg';
import { AUDIT_LISTING } from '../../../libs/operators/src/domain/listings';
import { adminUrl } from '../../support/postgres';
import {
  aMerchant,
  createTestDatabase,
  signedIn,
  somebody,
  startHouse,
  THE_SYSTEM,
  type House,
  type TestDatabase,
} from './house';

let test: TestDatabase;
let house: House;

beforeEach(async () => {
  test = await createTestDatabase();
  house = await startHouse(test.url);
});

afterEach(async () => {
  await house?.close();
  await test?.drop();
});

const entry = (act: string, change: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date('2026-11-29T12:00:00.123Z'),
  by: THE_SYSTEM,
  act,
  subject: 'sid_1',
  merchantId: null,
  before: { status: 'processing', amount: 1.5, list: [1, { b: 2, a: null }] },
  after: { status: 'expired', note: 'ü "quoted" \u0000 \ud800 end' },
  reason: 'because',
  ...change,
});

const record = async (howMany: number): Promise<void> => {
  for (let number = 1; number <= howMany; number++) await house.audit.record(entry(`act.${number}`));
};

/** What only somebody can do who owns the tables, and takes rights and trigger away first. */
async function tamper(...statements: string[]): Promise<void> {
  await house.database.query('GRANT UPDATE, DELETE ON audit_entry TO CURRENT_USER');
  await house.database.query('ALTER TABLE audit_entry DISABLE TRIGGER tr_audit_entry_append_only');
  for (const sql of statements) await house.database.query(sql);
}

/** How a superuser gives the audit log an owner of its own. */
const HAND_OVER =
  /```sql\n(\s*CREATE ROLE countersign_auditor[\s\S]*?)```/.exec(
    readFileSync(resolve(__dirname, '../../../docs/operations.md'), 'utf8'),
  )?.[1] ?? '';

/** What the owner of the tables could do to them. */
const TAMPERING = [
  'ALTER TABLE audit_entry DISABLE TRIGGER tr_audit_entry_append_only',
  'ALTER TABLE audit_entry OWNER TO CURRENT_USER',
  'DROP TRIGGER tr_audit_entry_append_only ON audit_entry',
  'DROP FUNCTION countersign_refuse_change() CASCADE',
  'CREATE OR REPLACE FUNCTION countersign_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
  `UPDATE audit_entry SET act = 'nothing'`,
  'DELETE FROM audit_entry',
  'TRUNCATE audit_entry',
  'DROP TABLE audit_entry',
  'DELETE FROM audit_head',
];

async function asSuperuser(sql: string): Promise<void> {
  const url = new URL(await adminUrl());
  url.pathname = `/${test.name}`;
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('the audit log', () => {
  it('is intact when it is empty, and however much was written', async () => {
    expect(await house.audit.verify()).toEqual({ intact: true, entries: 0, end: '0:' });
    await record(3);

    expect(await house.audit.verify()).toMatchObject({ intact: true, entries: 3 });
  });

  it('keeps one chain when many write at once, on any replica', async () => {
    const replica = await startHouse(test.url);

    await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? house : replica).audit.record(entry(`act.${index}`))),
    );

    expect(await replica.audit.verify()).toMatchObject({ intact: true, entries: 40 });
    await replica.close();
  });

  it('has an entry exactly when its act was done', async () => {
    const undone = house.database.transaction(async (tx) => {
      await house.audit.record(entry('undone'), tx);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await record(1);

    expect(await house.audit.verify()).toMatchObject({ intact: true, entries: 1 });
    expect(await house.database.query('SELECT act FROM audit_entry')).toEqual([{ act: 'act.1' }]);
  });

  it.each([
    `UPDATE audit_entry SET actor_name = 'nobody'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    'DELETE FROM audit_head',
    'TRUNCATE audit_head',
  ])('does not let the server do this: %s', async (sql) => {
    await record(1);

    await expect(house.database.query(sql)).rejects.toMatchObject({ code: '42501' });
    expect(await house.audit.verify()).toMatchObject({ intact: true, entries: 1 });
  });

  it.each([`UPDATE audit_entry SET actor_name = 'nobody'`, 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    'is kept by a trigger where somebody has the right: %s',
    async (sql) => {
      await record(1);
      await house.database.query('GRANT ALL ON audit_entry TO CURRENT_USER');

      await expect(house.database.query(sql)).rejects.toThrow('never changed or taken away');
    },
  );

  it.each([
    ['who did it', `UPDATE audit_entry SET actor_name = 'somebody else' WHERE seq = 3`],
    ['when, by a microsecond', `UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = 3`],
    ['what', `UPDATE audit_entry SET act = 'nothing' WHERE seq = 3`],
    ['on what', `UPDATE audit_entry SET subject = 'sid_2' WHERE seq = 3`],
    ['whose', `UPDATE audit_entry SET merchant_id = gen_random_uuid() WHERE seq = 3`],
    ['before', `UPDATE audit_entry SET before = jsonb_set(before, '{amount}', '2') WHERE seq = 3`],
    ['after', `UPDATE audit_entry SET after = NULL WHERE seq = 3`],
    ['why', `UPDATE audit_entry SET reason = '' WHERE seq = 3`],
    ['from where', `UPDATE audit_entry SET address = '203.0.113.9' WHERE seq = 3`],
    ['its hash', `UPDATE audit_entry SET chain_mac = sha256(chain_mac) WHERE seq = 3`],
  ])('shows that somebody changed %s', async (_what, sql) => {
    await record(5);
    await tamper(sql);

    expect(await house.audit.verify()).toEqual({ intact: false, problem: 'entry_altered', brokenAt: 3 });
  });

  it('shows that an entry was taken away, moved, or put in', async () => {
    await record(5);
    await tamper('DELETE FROM audit_entry WHERE seq = 2');
    expect(await house.audit.verify()).toEqual({ intact: false, problem: 'entry_missing', brokenAt: 2 });

    await tamper('UPDATE audit_entry SET seq = 2 WHERE seq = 5');
    expect(await house.audit.verify()).toEqual({ intact: false, problem: 'entry_altered', brokenAt: 2 });
  });

  it('shows that its end was cut off, also where the end’s own row was set back', async () => {
    await record(3);
    const whole = await house.audit.verify();
    const anchor = { seq: 3, mac: Buffer.from((whole.intact ? whole.end : '').slice(2), 'hex') };
    await tamper('DELETE FROM audit_entry WHERE seq = 3');
    expect(await house.audit.verify()).toEqual({ intact: false, problem: 'entry_missing', brokenAt: 3 });

    await tamper(
      'UPDATE audit_head SET seq = 2, chain_mac = (SELECT chain_mac FROM audit_entry WHERE seq = 2) WHERE id = 1',
    );
    // Nothing in the database knows any better; what was noted outside does.
    expect(await house.audit.verify()).toMatchObject({ intact: true, entries: 2 });
    expect(await house.audit.verify(anchor)).toEqual({ intact: false, problem: 'end_missing', brokenAt: 3 });
    expect(house.logged.join('\n')).toContain(`"chainEnd":"3:${anchor.mac.toString('hex')}"`);
  });

  it('shows that the row of its end was changed', async () => {
    await record(3);
    await house.database.query(
      'UPDATE audit_head SET seq = 2, chain_mac = (SELECT chain_mac FROM audit_entry WHERE seq = 2)',
    );

    expect(await house.audit.verify()).toEqual({ intact: false, problem: 'end_altered', brokenAt: 2 });
  });

  it('cannot be written anew by somebody who has no key', async () => {
    await record(2);
    await tamper(
      `UPDATE audit_entry SET act = 'nothing', chain_mac = sha256('anything') WHERE seq = 2`,
      `UPDATE audit_head SET chain_mac = sha256('anything') WHERE id = 1`,
    );

    expect(await house.audit.verify()).toEqual({ intact: false, problem: 'entry_altered', brokenAt: 2 });
  });

  it('that belongs to another role, as operations.md has it, goes on, and Postgres keeps the server from changing it', async () => {
    const auditor = `auditor_${randomBytes(6).toString('hex')}`;
    const [server] = await house.database.query<{ name: string }>('SELECT current_user AS name');
    const handOver = HAND_OVER.replaceAll('countersign_auditor', auditor).replaceAll(
      /countersign;/g,
      `${server?.name};`,
    );
    await record(2);

    await asSuperuser(handOver);
    try {
      await record(3);

      // Of a right that is not one's to give Postgres only warns.
      await house.database.query('GRANT UPDATE, DELETE, TRUNCATE ON audit_entry TO CURRENT_USER');
      for (const sql of TAMPERING) await expect(house.database.query(sql)).rejects.toThrow(/must be owner|permission/);
      expect(await house.audit.verify()).toMatchObject({ intact: true, entries: 5 });
      const query = parseListQuery(AUDIT_LISTING, {});
      expect(await house.audit.list(query, { merchants: 'all', wireId: 'opr_x' })).toHaveLength(5);
    } finally {
      await asSuperuser(
        `REASSIGN OWNED BY ${auditor} TO ${server?.name}; DROP OWNED BY ${auditor}; DROP ROLE ${auditor}`,
      );
    }
  });

  it('holds no secret that somebody put into an entry', async () => {
    await house.audit.record(entry('careless', { after: { password: 'hunter2hunter2', note: '4242424242424242' } }));

    const [row] = await house.database.query<{ after: object }>('SELECT after FROM audit_entry');
    expect(row?.after).toEqual({ password: '[masked]', note: '[masked]' });
    expect(await house.audit.verify()).toMatchObject({ intact: true });
  });

  it('shows merchants’ entries to who has them, by the database’s own lock', async () => {
    const [ours, theirs] = [await aMerchant(house), await aMerchant(house)];
    for (const merchantId of [ours, theirs, null]) await house.audit.record(entry('session.retried', { merchantId }));
    const query = parseListQuery(AUDIT_LISTING, {});
    const merchantsIn = async (scope: 'all' | string[]): Promise<unknown[]> =>
      (await house.audit.list(query, { merchants: scope, wireId: 'opr_x' })).map(({ merchantId }) => merchantId);

    expect(await merchantsIn('all')).toEqual([null, theirs, ours]);
    expect(await merchantsIn([ours])).toEqual([ours]);
    expect(await merchantsIn([ours, theirs])).toEqual([theirs, ours]);
  });

  it('shows what somebody did to people and the installation to themselves, and to nobody else, in order', async () => {
    const [ours, theirs] = [await aMerchant(house), await aMerchant(house)];
    const [self, other] = ['opr_self', 'opr_other'].map((wireId) => ({ ...THE_SYSTEM, wireId }));
    const written = [
      { by: self, merchantId: ours },
      { by: self, merchantId: null },
      { by: other, merchantId: null },
      { by: self, merchantId: theirs },
      { by: other, merchantId: ours },
      { by: self, merchantId: null },
    ] as const;
    for (const change of written) await house.audit.record(entry('operator.invited', change));
    const seen = async (parameters: Record<string, unknown> = {}): Promise<number[]> => {
      const query = parseListQuery(AUDIT_LISTING, { limit: '2', ...parameters });
      return (await house.audit.list(query, { merchants: [ours], wireId: 'opr_self' })).map(({ seq }) => seq);
    };

    // Each page with the one behind it, by which it is known that there is more.
    expect(await seen()).toEqual([6, 5, 2]);
    expect(await seen({ sort: 'seq' })).toEqual([1, 2, 5]);
    expect(await seen({ filter: '{"actor_id":"opr_other"}' })).toEqual([5]);
    expect(await seen({ filter: `{"merchant_id":"${encodeId('merchant', theirs)}"}` })).toEqual([]);
  });

  it('is listed in both directions, whole, with filters', async () => {
    await record(7);
    await somebody(house, 'reader@example.com');
    const headers = await signedIn(house, 'reader@example.com');
    const page = async (query: string): Promise<{ seqs: number[]; next: string | null; prev: string | null }> => {
      const { body } = await house.call('GET', `audit?limit=3&${query}`, undefined, headers);
      const data = body['data'] as { seq: number }[];
      return { seqs: data.map(({ seq }) => seq), next: body['next'] as string, prev: body['prev'] as string };
    };

    const pages = [await page('')];
    while (pages.at(-1)?.next) pages.push(await page(`after=${pages.at(-1)?.next}`));
    expect(pages.map(({ seqs }) => seqs)).toEqual([
      [9, 8, 7],
      [6, 5, 4],
      [3, 2, 1],
    ]);
    const back = [pages.at(-1) as (typeof pages)[0]];
    while (back.at(-1)?.prev) back.push(await page(`after=${back.at(-1)?.prev}`));
    expect(back.map(({ seqs }) => seqs)).toEqual([
      [3, 2, 1],
      [6, 5, 4],
      [9, 8, 7],
    ]);
    expect((await page('sort=seq')).seqs).toEqual([1, 2, 3]);
    expect((await page('filter={"act":["act.2","act.5"]}')).seqs).toEqual([5, 2]);
    expect((await page('filter={"actor_kind":"operator"}')).seqs).toEqual([9]);
    expect((await page('filter={"at":{"lt":"2026-11-29T12:00:00Z"}}')).seqs).toEqual([]);
    expect((await page(`filter={"merchant_id":"${encodeId('merchant', await aMerchant(house))}"}`)).seqs).toEqual([]);
  });
});
