import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { findLeaks } from '../support/leaks';

const PAN = '4539628347117863';
const SECRET = `sek_${Buffer.alloc(32, 0xa7).toString('base64')}`;

jest.setTimeout(60_000);

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
  const leaksWith = (logs: string): Promise<string[]> => findLeaks({ database, logs: () => logs }, [PAN, SECRET]);

  it('finds nothing where nothing is', async () => {
    expect(await leaksWith('{"level":30,"msg":"listening"}')).toEqual([]);
  });

  it('finds a value in the logs, without telling it', async () => {
    expect(await leaksWith(`{"msg":"sent ${PAN} to the issuer"}`)).toEqual(['logs: 4539…']);
  });

  it.each([
    ['text', 'note', `card ${PAN}`],
    ['JSON', 'body', JSON.stringify({ deep: [{ number: PAN }] })],
    ['bytes', 'bytes', Buffer.from(`{"number":"${PAN}"}`)],
    ['base64', 'note', Buffer.from(PAN).toString('base64')],
  ] as const)('finds a card number in a table, as %s', async (_form, column, value) => {
    await plant(column, value);

    expect(await leaksWith('')).toEqual(['table planted: 4539…']);
  });

  it.each([
    ['text', 'note', SECRET],
    ['the bytes behind it', 'bytes', Buffer.alloc(32, 0xa7)],
  ] as const)('finds a secret in a table, as %s', async (_form, column, value) => {
    await plant(column, value);

    expect(await leaksWith('')).toEqual(['table planted: sek_…']);
  });
});
