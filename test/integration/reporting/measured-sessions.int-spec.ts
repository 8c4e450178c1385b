import { SESSION_COUNTS } from '@app/platform';
import fc from 'fast-check';
import { LEG_IDS } from '../../../libs/reporting/src/domain/legs';
import { COUNTING, countSessions, type ReportedSession } from '../../../libs/reporting/src/domain/reported-session';
import { MeasuredSessions } from '../../../libs/reporting/src/measured-sessions.service';
import { MeasuredSessionRepository } from '../../../libs/reporting/src/persistence/measured-session.repository';
import { anySession } from '../../../libs/reporting/src/testing/sessions';
import { openWorld, OURS, THEIRS, type SessionRow, type World } from './sessions';

const DAY = new Date('2026-03-28T00:00:00.000Z');

let world: World;
let measures: MeasuredSessions;

afterEach(() => world.close());
beforeEach(async () => {
  world = await openWorld(DAY);
  measures = new MeasuredSessions(new MeasuredSessionRepository(world.database));
}, 60_000);

/** A browser's session, of which this page told where it was. */
const CHALLENGED: SessionRow = {
  at: DAY,
  challenged: true,
  events: [
    { type: 'method_reported', leg: 'method', ms: 320 },
    { type: 'request_sent', leg: 'request', ms: 400 },
    { type: 'challenge_required', leg: 'answer', ms: 650 },
    { type: 'late_answer', leg: 'answer', ms: 1 },
    { type: 'authenticated', leg: 'result', ms: 1_950 },
  ],
  legs: { method_started: 100, method_finished: 300, challenge_shown: 750, first_input: 1_500 },
  callback: { tries: 2, deliveredMs: 2_600, state: 'delivered' },
};

it('has each leg of a session, and how long its merchant waited', async () => {
  const id = await world.add(CHALLENGED);

  expect((await measures.of([id], 'all')).get(id)).toEqual({
    id,
    legsMs: {
      method_start: 100,
      method: 200,
      request: 100,
      answer: 250,
      challenge_open: 100,
      first_input: 750,
      input_to_result: 450,
      challenge: 1_300,
      callback: 600,
      whole: 2_000,
    },
    callbackLagMs: 2_600,
    isRecoveredLate: false,
    exemptionRequested: null,
    exemptionApplied: null,
  });
});

it('has nothing of what a session does not have', async () => {
  const id = await world.add({
    at: DAY,
    status: 'processing',
    callback: { tries: 1, deliveredMs: null, state: 'due' },
  });

  const measured = (await measures.of([id], 'all')).get(id);

  expect(measured).toMatchObject({ callbackLagMs: null, isRecoveredLate: false });
  expect(Object.values(measured?.legsMs ?? {})).toEqual(LEG_IDS.map(() => null));
});

it('has nothing of another merchant, and nothing of what is not there', async () => {
  const [ours, theirs] = [await world.add(CHALLENGED), await world.add({ ...CHALLENGED, merchant: THEIRS })];

  expect([...(await measures.of([ours, theirs], [OURS])).keys()]).toEqual([ours]);
  expect((await measures.of([], [OURS])).size).toBe(0);
});

it('tells of a native exemption by what was asked for', async () => {
  const id = await world.add({
    at: DAY,
    status: 'attempted',
    transStatus: 'I',
    indicator: 'transaction_risk_assessment',
  });

  expect((await measures.of([id], 'all')).get(id)).toMatchObject({
    exemptionRequested: 'transaction_risk_assessment',
    exemptionApplied: 'transaction_risk_assessment',
  });
});

it('says of each session whether a later one of its purchase stands for it, as reports count them', async () => {
  const purchase = { reference: 'ORD-1', fingerprint: 'card' };
  const after = (minutes: number): Date => new Date(DAY.getTime() + minutes * 60_000);
  await world.add({ at: after(0), ...purchase });
  const last = [await world.add({ at: after(29), ...purchase }), await world.add({ at: after(60), ...purchase })];
  last.push(await world.add({ at: after(1), ...purchase, merchant: THEIRS }));
  last.push(await world.add({ at: after(1), ...purchase, environment: 'test' }));
  last.push(await world.add({ at: after(1), reference: 'ORD-1', fingerprint: 'another card' }));
  for (const minutes of [1, 2]) last.push(await world.add({ at: after(minutes), reference: 'ORD-1' }));

  const rows = await world.database.query<{ id: string }>(
    `SELECT s.id FROM session s WHERE ${measures.isLastOfPurchase}`,
  );

  expect(rows.map(({ id }) => id).sort()).toEqual(last.sort());
  const query = { from: DAY, to: after(24 * 60), basis: 'deduplicated', conditions: [] } as const;
  expect((await world.reports.counts({ ...query, traffic: 'live' }, 'all')).sessions).toBe(last.length - 1);
});

it('says of each session whether it is open more than a minute past its deadline, as reports count them', async () => {
  const [late, soon] = [
    await world.add({ at: DAY, status: 'challenged' }),
    await world.add({ at: DAY, status: 'pending' }),
  ];
  await world.add({ at: DAY });
  await world.database.query(
    `UPDATE session SET deadline_at = clock_timestamp() - CASE WHEN id = $1 THEN interval '2 minutes' ELSE interval '2 seconds' END
     WHERE id = ANY($2::uuid[])`,
    [late, [late, soon]],
  );

  const rows = await world.database.query<{ id: string }>(`SELECT s.id FROM session s WHERE ${measures.isUnresolved}`);

  expect(rows).toEqual([{ id: late }]);
  const query = { from: DAY, to: new Date(DAY.getTime() + 3_600_000), basis: 'raw', traffic: 'live' } as const;
  const { unresolvedPastDeadline } = await world.reports.callbacks({ ...query, conditions: [] }, 'all');
  expect(unresolvedPastDeadline).toBe(1);
});

it('says the same of sessions one by one as reports say of all', async () => {
  const sessions = fc.sample(anySession, { numRuns: 60, seed: 11 });
  const ids: string[] = [];
  for (const session of sessions) ids.push(await world.add(rowOf(session)));

  const measured = await measures.of(ids, 'all');

  for (const [index, session] of sessions.entries()) {
    const one = measured.get(ids[index] ?? '');
    // A session without an attempt has no facts either.
    const known = session.attempts === 0 ? { ...session, exemptionApplied: null } : session;
    expect([index, one?.isRecoveredLate, one?.exemptionRequested !== null, one?.exemptionApplied !== null]).toEqual([
      index,
      COUNTING.recovered_late(known),
      COUNTING.exemption_requested(known),
      COUNTING.exemption_applied(known),
    ]);
  }
  const query = { from: DAY, to: new Date(DAY.getTime() + 3_600_000), traffic: 'live', basis: 'raw' } as const;
  const legs = await world.reports.durations({ ...query, conditions: [] }, 'all');
  for (const leg of LEG_IDS) {
    const lengths = [...measured.values()].map(({ legsMs }) => legsMs[leg]).filter((ms) => ms !== null);
    expect([leg, lengths.length, Math.max(0, ...lengths.map(Number))]).toEqual([
      leg,
      legs[leg].count,
      legs[leg].max ?? 0,
    ]);
    const rows = await world.database.query<{ id: string }>(
      `SELECT s.id FROM session s WHERE s.id = ANY($1::uuid[]) AND ${measures.tookLeg(leg)}`,
      [ids],
    );
    const known = [...measured].filter(([, { legsMs }]) => legsMs[leg] !== null).map(([id]) => id);
    expect([leg, rows.map(({ id }) => id).sort()]).toEqual([leg, known.sort()]);
  }
  expect(countSessions(sessions).recovered_late).toBeGreaterThan(0);

  for (const count of SESSION_COUNTS) {
    const rows = await world.database.query<{ id: string }>(
      `SELECT s.id FROM session s LEFT JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number
       WHERE s.id = ANY($1::uuid[]) AND ${measures.countsAs(count)}`,
      [ids],
    );
    const counted = new Set(rows.map(({ id }) => id));
    const known = sessions.map((one) => (one.attempts === 0 ? { ...one, exemptionApplied: null } : one));
    expect([count, ids.map((id) => counted.has(id))]).toEqual([count, known.map((one) => COUNTING[count](one))]);
  }
});

let drawn = 0;

function rowOf(session: ReportedSession): SessionRow {
  const ms = 100 * ++drawn;
  return {
    at: DAY,
    ...session,
    indicator: session.challengeIndicator,
    facts:
      session.exemptionApplied === null
        ? {}
        : { upstream: { members: { exemption: { applied: session.exemptionApplied } } } },
    legs: session.isChallengeSeen ? { challenge_shown: ms } : {},
    events: [
      { type: 'request_sent', leg: 'request', ms: ms / 4 },
      { type: 'challenge_required', leg: 'answer', ms: ms / 2 },
      { type: 'ended', leg: null, ms, actor: session.isEndedByUs ? 'system' : 'issuer', from: 'somewhere' },
    ],
  };
}
