import { bindings, CALLBACK_COUNTS, type CALLBACK_FRAME, type CallbackCount, type ListCondition } from '@app/platform';
import type { CallbackFigures } from '../../../libs/reporting/src/domain/figures';
import type { ReportQuery } from '../../../libs/reporting/src/domain/report-listing';
import { MeasuredCallbacks } from '../../../libs/reporting/src/measured-callbacks.service';
import { DEMO, openWorld, OURS, THEIRS, type SessionRow, type World } from './sessions';

jest.setTimeout(60_000);

const DAY = new Date('2026-03-28T00:00:00.000Z');
const at = (hours: number): Date => new Date(DAY.getTime() + hours * 3_600_000);

const measures = new MeasuredCallbacks([DEMO]);
const soon = new Date(Date.now() + 3_600_000);

/** One of each: taken at once, later, at once and sent again, wanted once more, given up, due, waiting for a next try, owed by nobody. */
const CALLBACKS: readonly SessionRow['callback'][] = [
  { tries: 1, deliveredMs: 2_000, state: 'delivered' },
  { tries: 3, deliveredMs: 9_000, state: 'delivered' },
  { tries: 2, takenOn: 1, deliveredMs: 2_500, state: 'delivered' },
  { tries: 1, deliveredMs: 3_000, state: 'delivered', isWanted: true },
  { tries: 5, deliveredMs: null, state: 'dead' },
  { tries: 1, deliveredMs: null, state: 'due' },
  { tries: 2, deliveredMs: null, state: 'due', nextTryAt: soon },
  { tries: 0, deliveredMs: null, state: 'due', nextTryAt: soon },
  undefined,
];

/** Sessions of which each has something that a report can be narrowed by. */
const KINDS: readonly Partial<SessionRow>[] = [
  {},
  { scheme: 'jcb' },
  { bin: '52000000' },
  { currency: 'JPY', amountMinor: 5 },
  { connector: 'checkout' },
  { merchant: THEIRS },
  { environment: 'test' },
  { environment: 'test', merchant: DEMO },
  { at: at(30) },
  { reference: 'ORD-1', fingerprint: 'card' },
  { at: at(1.2), reference: 'ORD-1', fingerprint: 'card' },
];

type About = ListCondition<keyof typeof CALLBACK_FRAME>;
const is = <Field extends About['field']>(field: Field, value: string) =>
  ({ field, operator: 'eq', values: [value] }) as const;

const FRAMES: readonly [name: string, change: Partial<ReportQuery>, scope: 'all' | readonly string[]][] = [
  ['all that is live', {}, 'all'],
  ['another window', { from: at(1.1), to: at(48) }, 'all'],
  ['one merchant of a scope', {}, [OURS]],
  ['a scheme', { conditions: [is('scheme', 'jcb')] }, 'all'],
  ['a BIN and a currency', { conditions: [is('bin', '40000000'), is('currency', 'JPY')] }, 'all'],
  ['an amount', { conditions: [{ field: 'amount', operator: 'lt', values: [100] }] }, 'all'],
  ['a connector', { conditions: [is('connector', 'checkout')] }, 'all'],
  ['a flow and a device', { conditions: [is('flow', 'non_hosted'), is('device_channel', 'browser')] }, [THEIRS]],
  ['the last of each purchase', { basis: 'deduplicated' }, 'all'],
  ['tests', { traffic: 'test' }, 'all'],
  ['what was made up', { traffic: 'demo' }, 'all'],
];

const FIGURE: Readonly<Record<CallbackCount, keyof CallbackFigures>> = {
  due: 'due',
  first_try: 'firstTry',
  delivered: 'delivered',
  backlog: 'backlog',
  dead: 'dead',
};

let world: World;

beforeAll(async () => {
  world = await openWorld(DAY);
  for (const kind of KINDS)
    for (const [index, callback] of CALLBACKS.entries())
      await world.add({
        at: at(1),
        ...kind,
        ...(kind.reference ? { reference: `${kind.reference}-${index}` } : {}),
        ...(callback ? { callback } : {}),
      });
}, 60_000);
afterAll(() => world.close());

/** How many the list of callbacks has by a count, of what a report is about. */
async function listed(count: CallbackCount, query: ReportQuery, scope: 'all' | readonly string[]): Promise<number> {
  const { values, bind } = bindings(query.traffic === 'live' ? 'live' : 'test', scope === 'all' ? null : scope);
  const flag = (field: 'is_demo' | 'is_last_of_purchase', value: boolean): About => ({
    field,
    operator: 'eq',
    values: [value],
  });
  const about: readonly About[] = [
    { field: 'session_created_at', operator: 'gte', values: [query.from] },
    { field: 'session_created_at', operator: 'lt', values: [query.to] },
    flag('is_demo', query.traffic === 'demo'),
    ...(query.basis === 'deduplicated' ? [flag('is_last_of_purchase', true)] : []),
    ...(query.conditions as readonly About[]),
  ];
  const conditions = about.map((condition) => measures.about[condition.field](condition, bind));
  const [row] = await world.database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM callback_message m
     WHERE m.environment = $1 AND ($2::uuid[] IS NULL OR m.merchant_id = ANY($2::uuid[]))
       AND ${[measures.countsAs(count), ...conditions].join(' AND ')}`,
    values,
  );
  return row?.count ?? -1;
}

const whole: ReportQuery = { from: at(0), to: at(48), traffic: 'live', basis: 'raw', conditions: [] };

it.each(FRAMES)('the list has as many callbacks of %s as each figure says', async (_name, change, scope) => {
  const query = { ...whole, ...change };

  const figures = await world.reports.callbacks(query, scope);

  const told = CALLBACK_COUNTS.map((count) => [count, figures[FIGURE[count]]]);
  expect(await Promise.all(CALLBACK_COUNTS.map(async (count) => [count, await listed(count, query, scope)]))).toEqual(
    told,
  );
  expect(Math.min(...told.map(([, figure]) => Number(figure)))).toBeGreaterThan(0);
});

it('what is delivered and wanted once more is in the backlog, and fallen due once', async () => {
  const { due, delivered, firstTry, backlog, dead } = await world.reports.callbacks(
    { ...whole, conditions: [is('scheme', 'jcb')] },
    'all',
  );

  expect({ due, delivered, firstTry, backlog, dead }).toEqual({
    due: 7,
    delivered: 4,
    firstTry: 3,
    backlog: 2,
    dead: 1,
  });
});

it('a session stands for itself among callbacks until a later one of its purchase does', async () => {
  const raw = await world.reports.callbacks({ ...whole, traffic: 'live' }, 'all');
  const last = await world.reports.callbacks({ ...whole, basis: 'deduplicated' }, 'all');

  expect(raw.due - last.due).toBe(7);
});
