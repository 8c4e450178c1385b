import type { CountersignError } from '@app/kernel';
import fc from 'fast-check';
import { bucketOf, MOST_MS } from '../../../libs/reporting/src/domain/histogram';
import { firstOf } from '../../../libs/reporting/src/domain/measures';
import { countSessions } from '../../../libs/reporting/src/domain/reported-session';
import { rateOf } from '../../../libs/reporting/src/domain/rates';
import type { ReportQuery } from '../../../libs/reporting/src/domain/report-listing';
import { measuredSql } from '../../../libs/reporting/src/persistence/histogram.sql';
import { Reports } from '../../../libs/reporting/src/reports.service';
import { DIMENSION_IDS } from '../../../libs/reporting/src/domain/dimensions';
import { anySession } from '../../../libs/reporting/src/testing/sessions';
import { DEMO, openWorld, OURS, THEIRS, type World } from './sessions';

/** The night to 29 March 2026 is an hour shorter in Zurich. */
const DAY = new Date('2026-03-28T00:00:00.000Z');
const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(DAY.getTime() + hours * HOUR_MS);

const asked = (change: Partial<ReportQuery> = {}): ReportQuery => ({
  from: DAY,
  to: at(48),
  traffic: 'live',
  basis: 'raw',
  conditions: [],
  ...change,
});

let world: World;

afterEach(() => world.close());
beforeEach(async () => {
  world = await openWorld(DAY);
}, 60_000);

/** Nine sessions of a day, counted by hand below. */
async function fill(): Promise<void> {
  const { add } = world;
  await add({ at: at(1), liabilityShift: 'yes' });
  await add({ at: at(1.2), liabilityShift: 'yes', currency: 'JPY', amountMinor: 90, scheme: 'jcb' });
  await add({ at: at(2), status: 'attempted', transStatus: 'A', liabilityShift: 'yes' });
  await add({ at: at(3), status: 'attempted', transStatus: 'I', indicator: 'transaction_risk_assessment' });
  await add({ at: at(4), status: 'declined', transStatus: 'N', challenged: true, facts: { resultSource: 'RReq' } });
  await add({ at: at(5), status: 'challenge_abandoned', challenged: true, legs: { challenge_shown: 900 } });
  await add({ at: at(6), status: 'unavailable', statusReason: 'ares_error', attempts: 2, connector: 'checkout' });
  await add({ at: at(7), status: 'unavailable', refusalCode: 'card_not_enrolled', attempts: 0 });
  await add({
    at: at(30),
    status: 'expired',
    events: [{ type: 'deadline_passed', leg: null, ms: 1_800_000, actor: 'system', from: 'pending' }],
  });
}

describe('figures', () => {
  it('are those that one counts by hand', async () => {
    await fill();

    const counts = await world.reports.counts(asked(), 'all');

    expect(counts).toMatchObject({
      sessions: 9,
      open: 0,
      awaiting: 0,
      not_submitted: 2,
      refused: 1,
      submitted: 7,
      frictionless: 4,
      frictionless_succeeded: 3,
      challenge_requested: 2,
      challenge_shown: 2,
      challenge_completed: 1,
      challenge_abandoned: 1,
      failed_before_answer: 1,
      technical_failure: 1,
      approved: 2,
      attempted: 1,
      data_only: 1,
      unavailable: 2,
      expired: 1,
      exemption_requested: 1,
      exemption_applied: 1,
      failed_over: 1,
      recovered_late: 1,
      liability_shifted: 3,
    });
    expect(rateOf('authentication', counts)).toEqual({ value: 0.5, numerator: 3, denominator: 6, isSmall: true });
    expect(rateOf('frictionless', counts)).toMatchObject({ numerator: 4, denominator: 6 });
  });

  it('never add money of two currencies', async () => {
    await fill();

    expect(await world.reports.money(asked(), 'all')).toEqual([
      { currency: 'EUR', sessions: 8, amountMinor: 8_000, approvedMinor: 1_000 },
      { currency: 'JPY', sessions: 1, amountMinor: 90, approvedMinor: 90 },
    ]);
  });

  it('are the same in Postgres as in the catalogue, session by session', async () => {
    const sessions = fc.sample(anySession, { numRuns: 90, seed: 7 });
    for (const [index, session] of sessions.entries()) {
      await world.add({
        at: at(index / 4),
        ...session,
        bin: String(10_000_000 + index),
        // A session without an attempt has no facts either.
        indicator: session.challengeIndicator,
        facts:
          session.exemptionApplied === null
            ? {}
            : { upstream: { members: { exemption: { applied: session.exemptionApplied } } } },
        legs: session.isChallengeSeen ? { challenge_shown: 1 } : {},
        events: [
          { type: 'created', leg: 'created', ms: 0, actor: 'system', from: session.status },
          {
            type: 'ended',
            leg: null,
            ms: 1,
            actor: session.isEndedByUs ? 'system' : 'issuer',
            from: 'somewhere',
          },
        ],
      });
    }

    const rows = await world.reports.split(asked(), 'bin', 100, 'all');

    const byBin = new Map(rows.map(({ value, counts }) => [value, counts]));
    for (const [index, session] of sessions.entries()) {
      const known = session.attempts === 0 ? { ...session, exemptionApplied: null } : session;
      expect([index, byBin.get(String(10_000_000 + index))]).toEqual([index, countSessions([known])]);
    }
    expect(byBin.get(null)).toEqual(
      countSessions(sessions.map((one) => (one.attempts === 0 ? { ...one, exemptionApplied: null } : one))),
    );
  });
});

describe('a report', () => {
  it('has the sessions of its window, its traffic and its scope, and no others', async () => {
    await world.add({ at: at(-0.001) });
    await world.add({ at: at(0) });
    await world.add({ at: at(48) });
    await world.add({ at: at(1), environment: 'test' });
    await world.add({ at: at(1), environment: 'test', merchant: DEMO });
    await world.add({ at: at(1), merchant: THEIRS });
    const count = async (change: Partial<ReportQuery>, scope: 'all' | string[]): Promise<number> =>
      (await world.reports.counts(asked(change), scope)).sessions;

    expect(await count({}, 'all')).toBe(2);
    expect(await count({}, [OURS])).toBe(1);
    expect(await count({}, [])).toBe(0);
    expect(await count({ traffic: 'test' }, 'all')).toBe(1);
    expect(await count({ traffic: 'demo' }, 'all')).toBe(1);
    expect(await count({ traffic: 'demo' }, [OURS])).toBe(0);
    const other = { field: 'merchant_id', operator: 'eq', values: [THEIRS] } as const;
    expect(await count({ conditions: [other] }, [OURS])).toBe(0);
    expect(await count({ conditions: [other] }, 'all')).toBe(1);
    expect(await world.reports.hasDemo([OURS])).toBe(false);
    expect(await world.reports.hasDemo('all')).toBe(true);
  });

  it('counts the last of the sessions of one purchase when it is asked to', async () => {
    const purchase = { reference: 'ORD-1', fingerprint: 'card' };
    await world.add({ at: at(1), ...purchase, status: 'declined', transStatus: 'N' });
    await world.add({ at: at(1.4), ...purchase });
    await world.add({ at: at(2), ...purchase, status: 'declined', transStatus: 'N' });
    await world.add({ at: at(1), ...purchase, merchant: THEIRS });
    await world.add({ at: at(1), reference: 'ORD-1', fingerprint: 'another card' });
    for (const hours of [1, 1.1]) await world.add({ at: at(hours), fingerprint: 'card' });
    const of = async (change: Partial<ReportQuery>): Promise<[number, number]> => {
      const { sessions, declined } = await world.reports.counts(asked(change), 'all');
      return [sessions, declined];
    };

    expect(await of({})).toEqual([7, 2]);
    expect(await of({ basis: 'deduplicated' })).toEqual([6, 1]);
    // What stands for a session may be younger than the window.
    expect(await of({ basis: 'deduplicated', to: at(1.2) })).toEqual([4, 0]);
    expect((await world.reports.counts(asked({ basis: 'deduplicated' }), [OURS])).sessions).toBe(5);
  });

  it('puts sessions into the hour of their creation, also when their result comes late', async () => {
    const id = await world.add({ at: at(1.5), status: 'processing' });
    const reports = new Reports(world.reports);
    const actor = { merchants: 'all' } as never;
    const points = async (): Promise<[string, number][]> =>
      (await reports.trend(actor, asked({ from: at(1), to: at(4) }), 'hour', 'UTC')).map(({ at: time, counts }) => [
        time.toISOString().slice(11, 16),
        counts.approved,
      ]);
    expect(await points()).toEqual([
      ['01:00', 0],
      ['02:00', 0],
      ['03:00', 0],
    ]);

    await world.database.query(
      `UPDATE session SET status = 'approved', trans_status = 'Y', final_at = $2, deadline_at = NULL WHERE id = $1`,
      [id, at(3.5)],
    );

    expect(await points()).toEqual([
      ['01:00', 1],
      ['02:00', 0],
      ['03:00', 0],
    ]);
  });

  it('has days as who looks has them', async () => {
    await world.add({ at: at(22.5) });
    await world.add({ at: at(45.5) });
    const reports = new Reports(world.reports);
    const days = await reports.trend({ merchants: 'all' } as never, asked(), 'day', 'Europe/Zurich');

    expect(days.map(({ at: time, counts }) => [time.toISOString(), counts.sessions])).toEqual([
      ['2026-03-27T23:00:00.000Z', 1],
      ['2026-03-28T23:00:00.000Z', 1],
      ['2026-03-29T22:00:00.000Z', 0],
    ]);
  });

  it('is refused in a zone that Postgres does not know', async () => {
    await world.add({ at: at(1) });

    await expect(world.reports.trend(asked(), 'day', 'AET', 'all')).rejects.toMatchObject({ codes: ['zone_invalid'] });
  });

  it('can be split by every dimension, and its slices add up', async () => {
    await fill();
    const reports = new Reports(world.reports);
    const actor = { merchants: [OURS] } as never;

    for (const by of DIMENSION_IDS) {
      const { rows, others, total } = await reports.split(actor, asked(), by);
      expect([by, total.sessions, others.sessions]).toEqual([by, 9, 0]);
      expect(rows.reduce((sum, { counts }) => sum + counts.sessions, 0)).toBe(9);
    }
    const { rows } = await reports.split(actor, asked(), 'scheme');
    expect(rows.map(({ value, counts }) => [value, counts.sessions])).toEqual([
      ['visa', 8],
      ['jcb', 1],
    ]);
  });

  it('tells of issuers, their countries and kinds of card what is known of BINs, and of the others that nothing is', async () => {
    await world.database.query(
      `INSERT INTO card_bin (environment, bin, issuer, issuer_country, card_type)
       VALUES ('live', '40009901', 'Northbank', 'GB', 'credit'), ('live', '40009902', 'Northbank', 'GB', 'debit'),
         ('test', '52009901', 'Northbank', 'GB', 'debit')`,
    );
    for (const bin of ['40009901', '40009902', '40009902', '52009901']) await world.add({ at: at(1), bin });
    await world.add({ at: at(1), bin: '40009901', status: 'declined' });
    const split = async (by: 'issuer' | 'issuer_country' | 'card_type', conditions: ReportQuery['conditions'] = []) => {
      const reports = new Reports(world.reports);
      const { rows } = await reports.split({ merchants: 'all' } as never, { ...asked(), conditions }, by);
      return rows.map(({ value, counts }) => [value, counts.sessions, counts.approved]);
    };

    expect(await split('issuer')).toEqual([
      ['Northbank', 4, 3],
      [null, 1, 1],
    ]);
    expect(await split('issuer_country')).toEqual([
      ['GB', 4, 3],
      [null, 1, 1],
    ]);
    expect(await split('card_type', [{ field: 'issuer', operator: 'contains', values: ['north'] }])).toEqual([
      ['credit', 2, 1],
      ['debit', 2, 2],
    ]);
    expect(await split('issuer', [{ field: 'card_type', operator: 'eq', values: ['debit'] }])).toEqual([
      ['Northbank', 2, 2],
    ]);
  });

  it('tells how long each leg took', async () => {
    for (const ms of [100, 200, 300]) {
      await world.add({
        at: at(1),
        events: [
          { type: 'request_sent', leg: 'request', ms: 1_000 },
          { type: 'challenge_required', leg: 'answer', ms: 1_000 + ms },
          { type: 'late_answer', leg: 'answer', ms: 1 },
          { type: 'authenticated', leg: 'result', ms: 5_000 + ms },
        ],
        callback: { tries: 1, deliveredMs: 2_000 + ms, state: 'delivered' },
      });
    }
    await world.add({ at: at(2), callback: { tries: 3, deliveredMs: null, state: 'dead' } });

    const legs = await world.reports.durations(asked(), [OURS]);

    // To a sixty-fourth, but for the longest.
    expect(legs.answer).toEqual({ count: 3, p50: 202, p95: 300, p99: 300, max: 300 });
    expect(legs.challenge).toMatchObject({ count: 3, p50: 4_000 });
    expect(legs.request).toMatchObject({ count: 3, max: 1_000 });
    expect(legs.callback).toMatchObject({ count: 3, p50: 202 });
    expect(legs.whole).toMatchObject({ count: 4, p50: 2_000 });
    expect(legs.method).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null });
    expect(await world.reports.callbacks(asked(), 'all')).toMatchObject({
      due: 4,
      firstTry: 3,
      delivered: 3,
      dead: 1,
      backlog: 0,
      lagP50: 2_208,
      unresolvedPastDeadline: 0,
    });

    // One waits for its merchant's complete, one for its next try, and one is due.
    for (const tries of [0, 1, 2]) await world.add({ at: at(2), callback: { tries, deliveredMs: null, state: 'due' } });
    await world.database.query(
      `UPDATE callback_message SET next_try_at = now() + interval '1 hour' WHERE state = 'due' AND tries < 2`,
    );
    const { oldestDueAt, ...figures } = await world.reports.callbacks(asked(), 'all');
    expect(figures).toMatchObject({ due: 6, firstTry: 3, delivered: 3, dead: 1, backlog: 1 });
    expect(oldestDueAt?.getTime()).toBeLessThan(Date.now());
  });
});

it('a duration is in the same bucket in Postgres as in the catalogue', async () => {
  const edges = [0, 63.499, 63.5, 64, 65, 127, 128, 2 ** 31, MOST_MS, MOST_MS * 10].flatMap((ms) => [
    ms,
    ms + 0.4,
    ms + 1,
  ]);
  const durations = [...edges, ...fc.sample(fc.double({ min: 0, max: 1e9, noNaN: true }), { numRuns: 500, seed: 3 })];
  const measured = measuredSql('own', 'own.given, ', 'unnest($1::float8[]) own(given)', { answer: 'own.given' });

  const rows = await world.database.query<{ given: number; code: number }>(measured, [durations]);

  const expected = durations.map((ms) => ({ given: ms, code: firstOf('answer') + bucketOf(ms) }));
  expect(rows.map(({ given, code }) => ({ given, code }))).toEqual(expected);
});

it('a session was recovered late when its deadline had it asked about, and not by an answer before', async () => {
  const answer = { type: 'authenticated', leg: 'result', ms: 1_000, from: 'processing' };
  await world.add({ at: at(1), events: [answer] });
  await world.add({ at: at(2), events: [{ ...answer, data: { via: 'deadline' } }] });
  await world.add({ at: at(3), status: 'expired', events: [{ ...answer, actor: 'system', from: 'pending' }] });

  expect(await world.reports.counts(asked(), 'all')).toMatchObject({ sessions: 3, recovered_late: 2 });
});

it('a callback that was taken at first stays so when it is sent again', async () => {
  const delivered = { deliveredMs: 2_000, state: 'delivered' } as const;
  await world.add({ at: at(1), callback: { tries: 1, ...delivered } });
  await world.add({ at: at(2), callback: { tries: 2, takenOn: 1, ...delivered } });
  await world.add({ at: at(3), callback: { tries: 2, ...delivered } });

  for (const scope of ['all', [OURS]] as const)
    expect(await world.reports.callbacks(asked(), scope)).toMatchObject({ due: 3, delivered: 3, firstTry: 2 });
});

describe('reports that take long', () => {
  const codeOf = (report: Promise<unknown>): Promise<string> =>
    report.then(
      () => 'counted',
      (error: unknown) => (error as CountersignError).codes.join(),
    );

  it('leave the others’ connections alone, however many are asked for at once', async () => {
    const reports = world.limited({ patienceMs: 50 });
    // The pool has four connections: one is ours, and two are for reports.
    const asking = await world.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE session IN ACCESS EXCLUSIVE MODE');
      const many = Array.from({ length: 12 }, (_, index) =>
        codeOf(reports.counts(asked(), index % 2 ? 'all' : [OURS])),
      );
      await Promise.race(many);
      expect(await world.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      return many;
    });

    const codes = await Promise.all(asking);
    expect(codes.filter((code) => code === 'counted')).toHaveLength(2);
    expect(codes.filter((code) => code === 'reports_busy')).toHaveLength(10);
    expect(await codeOf(reports.counts(asked(), 'all'))).toBe('counted');
  });

  it('are ended, and give their turn to the next', async () => {
    // Long enough for the last one on a machine that has other things to do.
    const reports = world.limited({ running: 1, withinMs: 1_000 });
    await world.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE session IN ACCESS EXCLUSIVE MODE');
      const two = [codeOf(reports.counts(asked(), 'all')), codeOf(reports.money(asked(), [OURS]))];
      expect(await Promise.all(two)).toEqual(['report_too_large', 'report_too_large']);
    });

    expect(await codeOf(reports.counts(asked(), 'all'))).toBe('counted');
  });
});
