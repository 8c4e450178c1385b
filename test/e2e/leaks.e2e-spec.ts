import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { findLeaksOnDisk, walPosition } from '../support/database-files';
import { assertNoLeaks, findLeaks, watchAnswer, watchedValues } from '../support/leaks';

/** A number that no other test uses: the write-ahead log is the cluster's, and neighbours search it too. */
const PAN = '4929000000000006001';
const SECRET = `sek_${Buffer.alloc(32, 0xa7).toString('base64')}`;
/** The token of a hosted session's link: its alphabet is that of addresses. */
const TOKEN = Buffer.alloc(32, 0xfb).toString('base64url');

describe('the search for leaks', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('CREATE TABLE planted (id int PRIMARY KEY, note text, bytes bytea, body jsonb)');
  });

  afterEach(() => client.query('TRUNCATE planted'));

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const plant = (column: 'note' | 'bytes' | 'body', value: unknown): Promise<unknown> =>
    client.query(`INSERT INTO planted (id, ${column}) VALUES (1, $1)`, [value]);
  const leaksWith = (logs: string): Promise<string[]> =>
    findLeaks({ database, logs: () => logs }, [PAN, SECRET, TOKEN]);

  it('finds nothing where nothing is', async () => {
    expect(await leaksWith('{"level":30,"msg":"listening"}')).toEqual([]);
  });

  it('finds a value in the logs, without telling it', async () => {
    expect(await leaksWith(`{"msg":"sent ${PAN} to the issuer"}`)).toEqual(['logs: 4929…']);
  });

  it.each([
    ['text', 'note', `card ${PAN}`],
    ['JSON', 'body', JSON.stringify({ deep: [{ number: PAN }] })],
    ['bytes', 'bytes', Buffer.from(`{"number":"${PAN}"}`)],
    ['base64', 'note', Buffer.from(PAN).toString('base64')],
  ] as const)('finds a card number in a table, as %s', async (_form, column, value) => {
    await plant(column, value);

    expect(await leaksWith('')).toEqual(['table planted: 4929…']);
  });

  it.each([
    ['text', 'note', SECRET],
    ['the bytes behind it', 'bytes', Buffer.alloc(32, 0xa7)],
  ] as const)('finds a secret in a table, as %s', async (_form, column, value) => {
    await plant(column, value);

    expect(await leaksWith('')).toEqual(['table planted: sek_…']);
  });

  it.each(['client secret', 'webhook secret', 'key encryption key'])(
    'is made before the database of a product goes, also for its own %s',
    async (planted) => {
      const [clientSecret, webhookSecret, kek] = ['one', 'two', 'three'].map((word) => `${word} that nobody may read`);
      const demo = { merchants: [{ clientSecret: clientSecret ?? '', webhookSecret: webhookSecret ?? '' }] };
      const product = { database, logs: () => '', demo };
      await expect(assertNoLeaks(product, kek ?? '')).resolves.toBeUndefined();

      const secrets: Record<string, string | undefined> = {
        'client secret': clientSecret,
        'webhook secret': webhookSecret,
        'key encryption key': kek,
      };
      await plant('body', JSON.stringify({ said: secrets[planted] }));

      await expect(assertNoLeaks(product, kek ?? '')).rejects.toThrow(
        /^Secrets can be read.*\ntable planted: (one|two|thre)/,
      );
    },
  );

  it.each([
    ['text', 'note', `GET /hosted/${TOKEN}`],
    ['the bytes behind it', 'bytes', Buffer.alloc(32, 0xfb)],
  ] as const)('finds the token of a link in a table, as %s', async (_form, column, value) => {
    await plant(column, value);

    expect(await leaksWith('')).toEqual(['table planted: -_v7…']);
  });

  it('watches the secret and the link of every answer', () => {
    watchAnswer({ session_secret: 'sek_x', _links: { redirect_url: { href: `https://x.example/hosted/${TOKEN}` } } });

    expect([...watchedValues()]).toEqual(expect.arrayContaining(['sek_x', TOKEN]));
  });

  it.each([
    ['a card number', 'note', `card ${PAN}`, '4929…'],
    ['the bytes behind a secret', 'bytes', Buffer.alloc(32, 0xa7), 'sek_…'],
  ] as const)('finds %s in the files of the database and in the log', async (_what, column, value, shown) => {
    const since = await walPosition();
    await plant(column, value);

    const leaks = await findLeaksOnDisk(database, since, [PAN, SECRET]);

    expect(leaks).toContainEqual(expect.stringMatching(new RegExp(`^base/\\d+/\\d+: ${shown}$`)));
    expect(leaks).toContainEqual(expect.stringMatching(new RegExp(`^pg_wal/[0-9A-F]{24}: ${shown}$`)));
  });

  it('finds nothing on disk where nothing was written', async () => {
    const since = await walPosition();
    const empty = await createTestDatabase();

    expect(await findLeaksOnDisk(empty, since, ['4929000000000009000'])).toEqual([]);
    await empty.drop();
  });
});
