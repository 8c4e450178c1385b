import { createLogger, Database, Leases, Replicas, type Logger } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { HeartbeatJob } from '../../../apps/server/src/system/heartbeat.job';
import { Ticks } from '../../../apps/server/src/system/ticks';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { Relay } from '../../support/relay';

const HEARTBEAT: Parameters<Replicas['beat']>[0] = {
  role: 'all',
  version: '1.0.0',
  host: 'here',
  pid: 1,
  startedAt: new Date('2026-11-30T08:00:00Z'),
  eventLoopDelayMs: 0.5,
  memoryBytes: 5_000_000_000,
  ticks: [],
};

let testDatabase: TestDatabase;
let relay: Relay;
let database: Database;
let shaken: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(await createDataSource(testDatabase.url, 2).initialize());
  const through = await Relay.to(testDatabase.url);
  relay = through.relay;
  shaken = new Database(await createDataSource(through.url, 2).initialize());
}, 120_000);
afterEach(() => database.query('DELETE FROM replica'));
afterAll(async () => {
  await database.onApplicationShutdown();
  await shaken.onApplicationShutdown();
  await relay.close();
  await testDatabase.drop();
});

/** A process over a database of its own, and the name that it goes by. */
function processOver(over: Database): { id: string; replicas: Replicas } {
  const leases = new Leases(over);
  return { id: leases.holder, replicas: new Replicas(over, leases) };
}

describe('the processes of an installation', () => {
  it('are each what they last told', async () => {
    const { id, replicas } = processOver(database);

    await replicas.beat({ ...HEARTBEAT, memoryBytes: 1 });
    await replicas.beat(HEARTBEAT);

    expect(await replicas.list()).toEqual([{ ...HEARTBEAT, id, isAlive: true, seenAt: expect.any(Date) as Date }]);
  });

  it('are silent after three heartbeats that did not come, and forgotten by the others after an hour', async () => {
    const [survivor, killed] = [processOver(database), processOver(database)];
    await killed.replicas.beat(HEARTBEAT);
    const seen = async (before: string): Promise<unknown> => {
      await database.query(`UPDATE replica SET seen_at = clock_timestamp() - $1::interval`, [before]);
      await survivor.replicas.beat({ ...HEARTBEAT, startedAt: new Date() });
      return (await survivor.replicas.list()).map(({ id, isAlive }) => [id, isAlive]);
    };

    expect(await seen('20 seconds')).toEqual([
      [survivor.id, true],
      [killed.id, true],
    ]);
    expect(await seen('31 seconds')).toEqual([
      [survivor.id, true],
      [killed.id, false],
    ]);
    expect(await seen('61 minutes')).toEqual([[survivor.id, true]]);
  });

  it('are not missed when they have ended', async () => {
    const [staying, leaving] = [processOver(database), processOver(database)];
    await staying.replicas.beat(HEARTBEAT);
    await leaving.replicas.beat(HEARTBEAT);

    await leaving.replicas.leave();

    expect((await staying.replicas.list()).map(({ id }) => id)).toEqual([staying.id]);
  });
});

describe('a process whose database goes away', () => {
  /** What a job over the wire logs, by its level. */
  function jobLogging(): { job: HeartbeatJob; logged: string[] } {
    const logged: string[] = [];
    const log = Object.create(createLogger('silent')) as Logger;
    for (const level of ['error', 'warn', 'info'] as const) log[level] = () => void logged.push(level);
    const { replicas } = processOver(shaken);
    return { job: new HeartbeatJob(replicas, { delayMs: 1 }, new Ticks(), { role: 'all' }, log), logged };
  }

  it('says so once, goes on, and tells of itself again', async () => {
    const { job, logged } = jobLogging();
    await job.onApplicationBootstrap();
    relay.cut();

    for (let round = 0; round < 3; round++) await job.beat();
    expect(logged).toEqual(['error']);
    relay.mend();
    for (let round = 0; round < 2; round++) await job.beat();

    expect(logged).toEqual(['error', 'info']);
    expect(await processOver(database).replicas.list()).toMatchObject([{ pid: process.pid, isAlive: true }]);
  });

  it('ends without it', async () => {
    const { job, logged } = jobLogging();
    await job.onApplicationBootstrap();
    relay.cut();

    await job.beforeApplicationShutdown();
    relay.mend();
    await job.beat();

    expect(logged).toEqual(['warn']);
    expect(await processOver(database).replicas.list()).toHaveLength(1);
  });
});
