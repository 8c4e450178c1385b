import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createEmptyDatabase, type TestDatabase } from '../../support/database';
import { adminUrl } from '../../support/postgres';

const ROLE = `plain_${randomBytes(4).toString('hex')}`;
const READER = 'countersign_reader';
const PASSWORD = randomBytes(12).toString('hex');

let test: TestDatabase;

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: await adminUrl() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const ownerUrl = (): string => {
  const url = new URL(test.url);
  url.username = ROLE;
  url.password = PASSWORD;
  return url.toString();
};

async function migrate(): Promise<void> {
  const dataSource = await createDataSource(ownerUrl(), 1).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

beforeAll(async () => {
  test = await createEmptyDatabase();
  await asAdmin(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}'`);
  await asAdmin(`ALTER DATABASE ${test.name} OWNER TO ${ROLE}`);
  // Roles are the cluster's, so other tests may have made the reader: for this one it exists in either case.
  await asAdmin(`DO $$ BEGIN CREATE ROLE ${READER} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
});

afterAll(async () => {
  await test?.drop();
  await asAdmin(`DROP ROLE IF EXISTS ${ROLE}`);
});

describe('an owner who may not make or grant roles', () => {
  it('is told what an operator has to run, which then suffices', async () => {
    const refusal = await migrate().then(
      () => null,
      (error: unknown) => error as Error & { hint?: string },
    );
    const [, grant = ''] =
      /migrate again: CREATE ROLE countersign_reader NOLOGIN; (GRANT .*;)$/.exec(refusal?.message ?? '') ?? [];
    expect(grant).toContain(`GRANT ${READER} TO ${ROLE}`);

    await asAdmin(grant);
    await migrate();

    const client = new Client({ connectionString: ownerUrl() });
    await client.connect();
    await client.query(`BEGIN; SET LOCAL ROLE ${READER}`);
    expect((await client.query('SELECT id FROM session')).rows).toEqual([]);
    await client.end();
  }, 60_000);
});
