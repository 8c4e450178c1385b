import { FixedClock } from '@app/kernel';
import { Metrics } from '@app/platform';
import fc from 'fast-check';
import { DIMENSION_IDS } from '../../../libs/reporting/src/domain/dimensions';
import type { ReportQuery } from '../../../libs/reporting/src/domain/report-listing';
import { Rollups } from '../../../libs/reporting/src/rollups.service';
import { anySession } from '../../../libs/reporting/src/testing/sessions';
import { DEMO, openWorld, OURS, THEIRS, type SessionRow, type World } from './sessions';

const DAY = new Date('2026-03-28T00:00:00.000Z');
const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(DAY.getTime() + hours * HOUR_MS);

let world: World;
let clock: FixedClock;
let rollups: Rollups;

beforeEach(async () => {
  world = await openWorld(DAY);
  clock = new FixedClock(at(74));
  rollups = new Rollups(world.rollups, clock, new Metrics());
}, 60_000);
afterEach(() => world.close());

const hours = async (): Promise<number[]> =>
  (await world.rollups.hoursWithin({ from: at(-1_000), to: at(1_000) })).map(
    (hour) => (hour.getTime() - DAY.getTime()) / HOUR_MS,
  );

const cycle = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

/** Sessions of all outcomes and merchants, of which some are of one purchase, over thirty hours. */
async function fill(): Promise<void> {
  const sessions = fc.sample(anySession, { numRuns: 150, seed: 11 });
  for (const [index, session] of sessions.entries()) {
    await world.add({
      at: at(index / 5),
      ...session,
      merchant: cycle([OURS, OURS, THEIRS, DEMO], index),
      environment: cycle(['live', 'test', 'live', 'test', 'live'] as const, index),
      scheme: cycle(['visa', 'jcb', 'amex'], index),
      connector: cycle(['emv3ds', 'checkout'], index),
      currency: cycle(['EUR', 'JPY', 'EUR', 'USD', 'EUR'], index),
      amountMinor: 100 + index,
      indicator: session.challengeIndicator,
      facts:
        session.exemptionApplied === null
          ? {}
          : { upstream: { members: { exemption: { applied: session.exemptionApplied } } } },
      legs: session.isChallengeSeen ? { method_started: index, method_finished: 3 * index, challenge_shown: 1 } : {},
      ...(index % 3 === 0 ? {} : { reference: `ORD-${Math.floor(index / 6)}`, fingerprint: 'card' }),
      events: [
        ...(session.isEndedByUs ? [{ type: 'ended', leg: null, ms: 1, actor: 'system', from: 'somewhere' }] : []),
        { type: 'request_sent', leg: 'request', ms: index * 7 },
        { type: 'authenticated', leg: cycle(['answer', 'result'], index), ms: index * 7 + index ** 2 },
      ],
      callback: cycle(CALLBACKS, index),
    });
  }
}

/** Delivered in time or days later, given up, waiting, none, and wanted once more. */
const CALLBACKS: readonly SessionRow['callback'][] = [
  { tries: 1, deliveredMs: 2_345, state: 'delivered' },
  { tries: 4, deliveredMs: 7_654_321, state: 'delivered' },
  { tries: 9, deliveredMs: 40 * HOUR_MS, state: 'delivered' },
  { tries: 12, deliveredMs: null, state: 'dead' },
  { tries: 1, deliveredMs: null, state: 'due' },
  undefined,
  { tries: 2, takenOn: 1, deliveredMs: 3_210, state: 'delivered' },
  { tries: 1, deliveredMs: 4_321, state: 'delivered', isWanted: true },
];

const is = (
  field: 'merchant_id' | 'channel_id' | 'scheme' | 'connector' | 'currency' | 'flow' | 'bin',
  value: string,
) => ({ field, operator: 'eq', values: [value] }) as const;

const WINDOWS = [
  { from: at(0), to: at(30) },
  { from: at(3.3), to: at(20.7) },
];
const NARROWED: readonly ReportQuery['conditions'][] = [
  [],
  [is('merchant_id', OURS)],
  [is('channel_id', THEIRS)],
  [is('scheme', 'visa')],
  [{ field: 'connector', operator: 'in', values: ['emv3ds', 'checkout'] }],
  [is('currency', 'JPY'), is('merchant_id', OURS)],
  [is('flow', 'hosted')],
  [is('scheme', 'visa'), is('currency', 'EUR')],
  [is('bin', '40000000')],
];

const ZONES = [
  ['hour', 'UTC'],
  ['day', 'Europe/Zurich'],
  ['day', 'Asia/Kolkata'],
  ['week', 'UTC'],
] as const;

/** Every kind of report. */
async function everything(): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const window of WINDOWS)
    for (const basis of ['raw', 'deduplicated'] as const) {
      for (const [index, conditions] of NARROWED.entries()) {
        const query = { ...window, basis, traffic: 'live', conditions } as const;
        const scope = index % 2 === 0 ? 'all' : [OURS];
        answers.push([await world.reports.counts(query, scope), await world.reports.money(query, scope)]);
        answers.push([await world.reports.durations(query, scope), await world.reports.callbacks(query, scope)]);
      }
      for (const traffic of ['test', 'demo'] as const)
        answers.push(await world.reports.counts({ ...window, basis, traffic, conditions: [] }, 'all'));
    }
  for (const basis of ['raw', 'deduplicated'] as const) {
    const query = { from: at(3.3), to: at(29), basis, traffic: 'live', conditions: [] } as const;
    for (const [unit, zone] of ZONES) answers.push(await world.reports.trend(query, unit, zone, [OURS, THEIRS]));
    for (const by of DIMENSION_IDS) answers.push(await world.reports.split(query, by, 100, 'all'));
  }
  return answers;
}

describe('figures of rolled up hours', () => {
  it('are those that are counted from the sessions, for every kind of report', async () => {
    await fill();
    // No session is open: a later test has those.
    await world.database.query(
      `UPDATE session SET status = 'approved', final_at = created_at, deadline_at = NULL WHERE final_at IS NULL`,
    );
    const exact = await everything();

    await rollups.rollUp();

    expect(await hours()).toEqual(Array.from({ length: 49 }, (_, hour) => hour));
    expect(await everything()).toEqual(exact);
  });

  it('are what the report says: it does not count the sessions again', async () => {
    await world.add({ at: at(1) });
    await rollups.rollUp();
    await world.database.query('UPDATE report_slice SET sessions = 7');
    const query = { from: at(0), to: at(24), basis: 'raw', traffic: 'live', conditions: [] } as const;

    expect((await world.reports.counts(query, 'all')).sessions).toBe(7);
    expect((await world.reports.counts(query, [OURS])).sessions).toBe(7);
    expect((await world.reports.counts(query, [THEIRS])).sessions).toBe(0);
    expect((await world.reports.counts({ ...query, from: at(1.1) }, 'all')).sessions).toBe(0);
    expect((await world.reports.counts({ ...query, conditions: [is('bin', '40000000')] }, 'all')).sessions).toBe(1);
  });
});

describe('an hour', () => {
  it('is rolled up when its sessions have ended and a while has gone by', async () => {
    const id = await world.add({ at: at(1.5), status: 'challenged' });
    await world.add({ at: at(2.5) });
    clock.advance(at(27.9).getTime() - clock.now().getTime());
    await rollups.rollUp();
    expect(await hours()).toEqual([]);

    clock.advance(HOUR_MS / 2);
    await rollups.rollUp();
    expect(await hours()).toEqual([2]);

    // The result comes late: the hour of its creation has it.
    await world.database.query(
      `UPDATE session SET status = 'approved', final_at = $2, updated_at = $2, deadline_at = NULL WHERE id = $1`,
      [id, clock.now()],
    );
    await rollups.rollUp();
    expect(await hours()).toEqual([2]);
    clock.advance(HOUR_MS / 2);
    await rollups.rollUp();
    expect(await hours()).toEqual([1, 2]);
    const query = { from: at(1), to: at(2), basis: 'raw', traffic: 'live', conditions: [] } as const;
    expect(await world.reports.counts(query, 'all')).toMatchObject({ sessions: 1, approved: 1, open: 0 });
  });

  it('is rolled up some at a time, the youngest first, by as many as try', async () => {
    await world.add({ at: at(-30) });
    const first = await rollups.rollUp();
    expect(first).toBe(60);
    expect((await hours())[0]).toBe(-11);

    await Promise.all([rollups.rollUp(), rollups.rollUp()]);

    expect(await hours()).toEqual(Array.from({ length: 79 }, (_, hour) => hour - 30));
    expect(await rollups.rollUp()).toBe(0);
    const [row] = await world.database.query(
      `SELECT count(*)::int AS rows FROM report_slice WHERE dimension = 'all' AND basis = 'raw'`,
    );
    expect(row).toEqual({ rows: 1 });
  });

  it('has the sessions whose ids were made in it, also when they were stored a moment later', async () => {
    const border = { at: new Date(at(2).getTime() + 3), idAt: new Date(at(2).getTime() - 5) };
    await world.add(border);
    await world.add({ at: at(2.5) });
    const query = { from: at(1), to: at(3), basis: 'raw', traffic: 'live', conditions: [] } as const;

    await rollups.rollUp();

    expect((await world.reports.counts(query, 'all')).sessions).toBe(2);
    expect((await world.reports.counts({ ...query, to: at(2) }, 'all')).sessions).toBe(1);
    expect(await world.rollups.differing({ from: at(0), to: at(12) }, clock.now())).toEqual([]);
  });

  it('stays as it was when rolling it up anew fails in the middle', async () => {
    await world.add({ at: at(1) });
    await rollups.rollUp();
    const query = { from: at(1), to: at(2), basis: 'raw', traffic: 'live', conditions: [] } as const;
    await world.add({ at: at(1.1) });
    await world.database.query('ALTER TABLE report_slice ADD CONSTRAINT ck_full CHECK (false) NOT VALID');

    await expect(world.rollups.rollUp(at(1), clock.now(), clock.now())).rejects.toThrow('ck_full');
    expect((await world.reports.counts(query, 'all')).sessions).toBe(1);

    await world.database.query('ALTER TABLE report_slice DROP CONSTRAINT ck_full');
    await world.rollups.rollUp(at(1), clock.now(), clock.now());
    expect((await world.reports.counts(query, 'all')).sessions).toBe(2);
  });

  it('is counted from the sessions again when what counts has changed since', async () => {
    await world.add({ at: at(1) });
    await rollups.rollUp();
    await world.database.query(`UPDATE report_hour SET definition = 'older'; UPDATE report_slice SET sessions = 7`);
    const query = { from: at(1), to: at(2), basis: 'raw', traffic: 'live', conditions: [] } as const;
    expect((await world.reports.counts(query, 'all')).sessions).toBe(1);

    await rollups.rollUp();

    expect(await world.database.query(`SELECT DISTINCT sessions FROM report_slice`)).toEqual([{ sessions: 1 }]);
  });

  it('is what it was by then, when what counts has changed and its sessions are gone', async () => {
    await world.add({ at: at(1) });
    await rollups.rollUp();
    await world.database.query(`UPDATE report_hour SET definition = 'older'`);
    await world.database.query('DELETE FROM session');
    await world.add({ at: at(3) });
    const query = { from: at(1), to: at(4), basis: 'raw', traffic: 'live', conditions: [] } as const;

    await rollups.rollUp();

    expect((await world.reports.counts(query, 'all')).sessions).toBe(2);
  });

  it('that cannot be rolled up keeps no other from it', async () => {
    await world.add({ at: at(1) });
    await world.add({ at: at(2) });
    await world.database.query(
      `ALTER TABLE report_slice ADD CONSTRAINT ck_other CHECK (hour <> '${at(2).toISOString()}')`,
    );

    await expect(rollups.rollUp()).rejects.toThrow('ck_other');

    expect(await hours()).toEqual(Array.from({ length: 48 }, (_, hour) => hour + 1).filter((hour) => hour !== 2));
  });
});

describe('callbacks of an hour that is rolled up', () => {
  const query = { from: at(0), to: at(24), basis: 'raw', traffic: 'live', conditions: [] } as const;
  const told = async (): Promise<unknown> => [
    await world.reports.callbacks(query, 'all'),
    (await world.reports.durations(query, [OURS])).callback,
    await world.reports.callbacks({ ...query, conditions: [is('scheme', 'visa')] }, [OURS]),
  ];
  /** As if nothing were rolled up. */
  const counted = async (): Promise<unknown> => {
    await world.database.query(`UPDATE report_hour SET definition = 'none:' || definition`);
    const exact = await told();
    await world.database.query(`UPDATE report_hour SET definition = substr(definition, 6)`);
    return exact;
  };
  const deliver = (state: string, after: string): Promise<unknown[]> =>
    world.database.query(
      `UPDATE callback_message SET state = 'delivered', next_try_at = NULL, delivered_at = created_at + $2::interval WHERE state = $1`,
      [state, after],
    );

  beforeEach(async () => {
    for (const [index, callback] of CALLBACKS.entries()) await world.add({ at: at(index), callback });
    await rollups.rollUp();
  });

  it('are told as they are, also when they are delivered, given up or made days later', async () => {
    expect(await told()).toEqual(await counted());
    expect(await world.reports.callbacks(query, 'all')).toMatchObject({ due: 7, delivered: 5, dead: 1, backlog: 2 });

    await deliver('due', '3 days');
    await deliver('dead', '50 days');
    expect(await world.reports.callbacks(query, 'all')).toMatchObject({ due: 7, delivered: 7, dead: 0, backlog: 1 });
    expect(await told()).toEqual(await counted());

    // Another kind, of a session that was told of before.
    await world.database.query(
      `INSERT INTO callback_message (id, merchant_id, environment, channel_id, session_id, kind, url, payload, state, tries, created_at, next_try_at)
       SELECT gen_random_uuid(), merchant_id, environment, channel_id, session_id, 'session_retried', url, payload, 'due', 0,
         created_at + interval '2 days', created_at + interval '2 days' FROM callback_message`,
    );
    expect(await told()).toEqual(await counted());
    await deliver('due', '1 hour');
    expect(await world.reports.callbacks(query, 'all')).toMatchObject({ due: 14, delivered: 14 });
    expect((await world.reports.durations(query, 'all')).callback.count).toBe(7);
    expect(await told()).toEqual(await counted());
    expect(await world.rollups.differing(query, clock.now())).toEqual([]);
  });

  it('stay told when they are forgotten, also when what counts has changed', async () => {
    clock.advance(31 * 24 * HOUR_MS);
    await world.database.query(
      `DELETE FROM callback_message WHERE state = 'delivered' AND delivered_at < created_at + interval '1 day'`,
    );
    const known = { due: 7, delivered: 5, firstTry: 3, dead: 1, backlog: 1 };
    expect(await world.reports.callbacks(query, 'all')).toMatchObject(known);
    expect(await world.rollups.differing(query, clock.now())).toEqual([]);

    await world.database.query(`UPDATE report_hour SET definition = 'older'`);
    while ((await rollups.rollUp()) > 0);

    expect(await world.reports.callbacks(query, 'all')).toMatchObject(known);
  });
});
