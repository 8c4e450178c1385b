import { Client } from 'pg';
import { createEmptyDatabase, createTestDatabase, TestDatabase } from '../../support/database';

describe('test databases', () => {
  const databases: TestDatabase[] = [];
  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  const query = async (database: TestDatabase, sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('carry the migrated schema and share nothing', async () => {
    databases.push(...(await Promise.all([createTestDatabase(), createTestDatabase()])));
    const [one, other] = databases as [TestDatabase, TestDatabase];

    await query(one, 'CREATE TABLE only_here (id int)');

    expect(await query(one, "SELECT to_regclass('merchant') IS NOT NULL AS there")).toEqual([{ there: true }]);
    expect(await query(other, "SELECT to_regclass('only_here') IS NULL AS missing")).toEqual([{ missing: true }]);
  });

  it('are used as an ordinary role, so that row-level security holds', async () => {
    const database = await createEmptyDatabase();
    databases.push(database);

    expect(await query(database, 'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user')).toEqual([
      { rolsuper: false, rolbypassrls: false },
    ]);
  });

  it('are gone once dropped', async () => {
    const database = await createEmptyDatabase();

    await database.drop();

    await expect(query(database, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });
});
