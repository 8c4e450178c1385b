import { FixedClock } from '@app/kernel';
import { createLogger, Leases, Metrics, type AdminActor, type AuditEntry } from '@app/platform';
import { ReportCheckJob } from '../../../libs/reporting/src/jobs/report-check.job';
import { ReportCheckRepository } from '../../../libs/reporting/src/persistence/report-check.repository';
import { ReportChecks } from '../../../libs/reporting/src/report-checks.service';
import { Rollups } from '../../../libs/reporting/src/rollups.service';
import { eventually } from '../../support/simulator';
import { openWorld, OURS, THEIRS, type World } from './sessions';

const DAY = new Date('2026-03-28T00:00:00.000Z');
const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(DAY.getTime() + hours * HOUR_MS);
const EVERYBODY = { merchants: 'all', kind: 'operator', name: 'ada' } as unknown as AdminActor;

let world: World;
let clock: FixedClock;
let rollups: Rollups;
let checks: ReportChecks;
const audited: AuditEntry[] = [];

beforeEach(async () => {
  world = await openWorld(DAY);
  clock = new FixedClock(at(50));
  const metrics = new Metrics();
  rollups = new Rollups(world.rollups, clock, metrics);
  const audit = { record: (entry: AuditEntry) => Promise.resolve(void audited.push(entry)) };
  checks = new ReportChecks(new ReportCheckRepository(world.database), world.rollups, audit, clock, metrics);
  await world.add({ at: at(1) });
  await world.add({ at: at(1), merchant: THEIRS, status: 'challenged' });
  await world.add({ at: at(2.5), status: 'declined', transStatus: 'N' });
}, 60_000);
afterEach(() => world.close());

it('is done once a night, and when somebody asks', async () => {
  expect(await checks.latest(EVERYBODY)).toEqual({ ended: null, isUnderWay: false });
  expect(await checks.work()).toBe(true);
  expect(await checks.work()).toBe(false);
  const { ended } = await checks.latest(EVERYBODY);
  // From the first session to an hour ago.
  expect(ended).toMatchObject({ hours: 48, sessions: 3, findings: [], begunAt: clock.now(), endedAt: clock.now() });

  expect(await checks.ask(EVERYBODY, 'a doubt')).toMatchObject({ isUnderWay: true });
  expect(await checks.ask(EVERYBODY, null)).toMatchObject({ isUnderWay: true });
  expect(audited).toMatchObject([
    { act: 'reports.check_asked', reason: 'a doubt', merchantId: null },
    { reason: null },
  ]);
  expect(await checks.work()).toBe(true);
  expect(await checks.work()).toBe(false);

  clock.advance(24 * HOUR_MS);
  expect(await checks.work()).toBe(true);
});

it('finds a rollup that is not what its sessions make, in whichever row, and has it made anew', async () => {
  await rollups.rollUp();
  await world.database.query(
    `UPDATE report_slice SET approved = approved + 1 WHERE dimension = 'scheme' AND basis = 'deduplicated' AND hour = $1`,
    [at(2)],
  );
  await checks.work();

  const finding = { hour: at(2).toISOString(), merchantId: OURS, what: 'rollup', excess: null, isMended: true };
  expect((await checks.latest(EVERYBODY)).ended?.findings).toEqual([finding]);
  expect((await checks.latest({ merchants: [OURS] })).ended?.findings).toEqual([finding]);
  expect((await checks.latest({ merchants: [THEIRS] })).ended?.findings).toEqual([]);

  clock.advance(60_000);
  await checks.ask(EVERYBODY, null);
  await checks.work();
  expect((await checks.latest(EVERYBODY)).ended?.findings).toEqual([]);
});

it('finds a histogram that is not what its sessions make, and has it made anew', async () => {
  await world.add({ at: at(2.6), callback: { tries: 1, deliveredMs: 3_000, state: 'delivered' } });
  await rollups.rollUp();
  for (const part of ['session', 'callback'])
    await world.database.query(`UPDATE report_histogram SET longest[10] = 7 WHERE dimension = 'all' AND part = $1`, [
      part,
    ]);
  const query = { from: at(2), to: at(3), basis: 'raw', traffic: 'live', conditions: [] } as const;
  expect(await world.reports.durations(query, 'all')).toMatchObject({ whole: { count: 2, max: 7 } });

  await checks.work();

  expect((await checks.latest(EVERYBODY)).ended?.findings).toMatchObject([
    { hour: at(2).toISOString(), isMended: true },
  ]);
  expect(await world.reports.durations(query, 'all')).toMatchObject({ whole: { count: 2, max: 2_000 } });
});

it('finds rows that are missing, and rows of nobody', async () => {
  await rollups.rollUp();
  await world.database.query('DELETE FROM report_slice WHERE hour = $1', [at(2)]);
  await world.database.query(
    `INSERT INTO report_slice (dimension, basis, hour, merchant_id, environment, is_known, value, sessions)
     VALUES ('all', 'raw', $1, $2, 'live', false, '', 1)`,
    [at(5), THEIRS],
  );

  await checks.work();

  expect((await checks.latest(EVERYBODY)).ended?.findings).toMatchObject([
    { hour: at(2).toISOString(), merchantId: OURS, isMended: true },
    { hour: at(5).toISOString(), merchantId: THEIRS, isMended: true },
  ]);
});

it('is done from its beginning by the next when its worker stops', async () => {
  checks.stop();
  expect(await checks.work()).toBe(false);
  expect(await checks.latest(EVERYBODY)).toEqual({ ended: null, isUnderWay: true });

  const next = new ReportChecks(
    new ReportCheckRepository(world.database),
    world.rollups,
    { record: () => Promise.resolve() },
    clock,
    new Metrics(),
  );
  expect(await next.work()).toBe(true);
  expect(await next.latest(EVERYBODY)).toMatchObject({ ended: { hours: 48 }, isUnderWay: false });
});

it('is left by a worker that has lost it to another', async () => {
  expect(await checks.work(AbortSignal.abort())).toBe(false);
  expect(await checks.latest(EVERYBODY)).toEqual({ ended: null, isUnderWay: true });
});

it('is free for another a minute after its worker died', async () => {
  await checks.ask(EVERYBODY, null);
  const job = new ReportCheckJob(checks, new Leases(world.database), { role: 'worker' }, createLogger('silent'));
  // What has died in the middle of it has a lease, and holds it no longer than this.
  let tick = Promise.resolve();
  const left = await world.database.transaction(async (tx) => {
    await tx.query('LOCK TABLE report_check IN ACCESS EXCLUSIVE MODE');
    tick = job.tick();
    return eventually(async () => {
      const [lease] = await tx.query<{ left: number }>(
        `SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM lease WHERE name = 'reports.check'`,
      );
      return lease?.left;
    });
  });
  await tick;

  expect(left).toBeLessThanOrEqual(60);
  expect(await checks.latest(EVERYBODY)).toMatchObject({ ended: { sessions: 3 }, isUnderWay: false });
});
