import { DatabaseProbe } from '../../../apps/server/src/database-probe';
import { Database } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

describe('the probe of the database', () => {
  let test: TestDatabase;
  let probe: DatabaseProbe;

  beforeAll(async () => {
    test = await createTestDatabase();
    probe = new DatabaseProbe(test.url);
  }, 120_000);
  afterAll(async () => {
    await probe.close();
    await test.drop();
  });

  it('says that it answers, also to many at once', async () => {
    await Promise.all([probe.check(), probe.check(), probe.check()]);
    await probe.check();
  });

  it('does not wait in the line for the pool', async () => {
    const busy = new Database(await createDataSource(test.url, 1).initialize());
    const work = busy.query('SELECT pg_sleep(1)');

    await probe.check();

    await work;
    await busy.onApplicationShutdown();
  });

  it('gets over a connection that was cut', async () => {
    await probe.check();
    const other = new Database(await createDataSource(test.url, 1).initialize());
    await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'countersign readiness' AND datname = current_database()`);
    await other.onApplicationShutdown();

    await probe.check();
  });

  it('says that nobody is there', async () => {
    const lost = new DatabaseProbe('postgres://nobody:x@127.0.0.1:1/none');

    await expect(lost.check()).rejects.toThrow();
    await lost.close();
  });
});
