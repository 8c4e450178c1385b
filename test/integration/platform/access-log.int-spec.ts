import { newUuidV4 } from '@app/kernel';
import { AccessLog, Database } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database(await createDataSource(test.url, 2).initialize());
});

afterAll(async () => {
  await database?.onApplicationShutdown();
  await test?.drop();
});

const entry = (merchantId: string) => ({
  at: new Date('2026-11-23T12:00:00Z'),
  merchantId,
  actor: 'access_key:ack_1',
  act: 'authorization_data.read',
  subject: 'sid_1',
  data: { format: 'adyen' },
});

describe('the access log', () => {
  it('keeps who did what to what', async () => {
    const merchant = newUuidV4();

    await new AccessLog(database).record(entry(merchant));

    const rows = await database.query('SELECT * FROM access_log WHERE merchant_id = $1', [merchant]);
    expect(rows).toEqual([
      expect.objectContaining({
        at: new Date('2026-11-23T12:00:00Z'),
        actor: 'access_key:ack_1',
        act: 'authorization_data.read',
        subject: 'sid_1',
        data: { format: 'adyen' },
      }),
    ]);
  });

  it('is part of the transaction that it is given', async () => {
    const merchant = newUuidV4();

    const undone = database.transaction(async (tx) => {
      await new AccessLog(database).record(entry(merchant), tx);
      throw new Error('no');
    });

    await expect(undone).rejects.toThrow('no');
    expect(await database.query('SELECT 1 FROM access_log WHERE merchant_id = $1', [merchant])).toEqual([]);
  });

  it.each([`UPDATE access_log SET actor = 'nobody'`, 'DELETE FROM access_log', 'TRUNCATE access_log'])(
    'does not let the server do this: %s',
    async (sql) => {
      await expect(database.query(sql)).rejects.toMatchObject({ code: '42501' });
    },
  );
});
