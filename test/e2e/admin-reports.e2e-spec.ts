import { bearer, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { eventually } from '../support/simulator';

let product: Product;
let admin: ConsoleClient;

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  const sessions = new Calls(product, await bearer(product));
  const extra = { channel_data: BROWSER };
  // Approved and declined without a challenge, one that is challenged, one that has asked nobody yet.
  for (const card of ['4485040371536584', '4539628347117863', '4242424242424242']) await sessions.open(card, extra);
  await sessions.open('4485040371536584');
}, 120_000);

afterAll(() => product.stop());

const reported = (kind: string, query: Record<string, string> = {}, client = admin): Promise<Answer> =>
  client.get(`reports/${kind}?${new URLSearchParams({ traffic: 'test', ...query }).toString()}`);

const countsOf = ({ body }: Answer): Record<string, number> => body['counts'] as unknown as Record<string, number>;

it('each count is that of the sessions that the list finds by it', async () => {
  const counts = countsOf(await reported('summary'));

  expect(Object.keys(counts).length).toBeGreaterThan(25);
  for (const [count, sessions] of Object.entries(counts)) {
    const filter = JSON.stringify({ environment: ['test'], is_demo: false, counts_as: [count] });
    const { body } = await admin.get(`sessions?${new URLSearchParams({ filter }).toString()}`);
    expect([count, (body['data'] as unknown as Body[]).length]).toEqual([count, sessions]);
  }
  const filter = JSON.stringify({ counts_as: ['approved', 'awaiting'] });
  const { body } = await admin.get(`sessions?${new URLSearchParams({ filter }).toString()}`);
  expect(body['data']).toHaveLength(2);
  expectRefusal(
    await admin.get(`sessions?${new URLSearchParams({ filter: '{"counts_as":"nothing"}' }).toString()}`),
    422,
    'unprocessable_entity',
    'filter_counts_as_invalid',
  );
});

it('tells the figures of a window by the catalogue', async () => {
  const answer = await reported('summary');

  expect(answer.status).toBe(200);
  expect(countsOf(answer)).toMatchObject({
    sessions: 4,
    submitted: 3,
    frictionless: 2,
    challenge_requested: 1,
    open: 2,
  });
  const rates = answer.body['rates'] as unknown as Record<string, Body>;
  expect(rates['authentication']).toEqual({ value: 1 / 3, numerator: 1, denominator: 3, small: true });
  expect(rates['exemption_acceptance']).toEqual({ numerator: 0, denominator: 0, small: true });
  expect((answer.body['identities'] as unknown as Body[]).map(({ holds }) => holds)).toEqual([true, true]);
  expect(answer.body['money']).toEqual([{ currency: 'EUR', sessions: 4, amount: 26_160, approved_amount: 6_540 }]);
});

it('sums the amounts of the sessions that the list finds by their currency', async () => {
  const { body } = await reported('summary');

  for (const { currency, amount, approved_amount: approved } of body['money'] as unknown as Record<string, number>[])
    for (const [sum, more] of [
      [amount, {}],
      [approved, { counts_as: 'approved' }],
    ] as const) {
      const filter = JSON.stringify({ environment: ['test'], is_demo: false, currency: [currency], ...more });
      const { body: list } = await admin.get(`sessions?${new URLSearchParams({ filter }).toString()}`);
      const amounts = (list['data'] as unknown as { amount: number }[]).map((one) => one.amount);
      expect(amounts.reduce((total, one) => total + one, 0)).toBe(sum);
    }
});

it('each figure of callbacks is that of the callbacks that the list finds by it', async () => {
  const { body } = await reported('callbacks');

  for (const [count, callbacks] of [
    ['due', body['due']],
    ['first_try', (body['first_try_rate'] as unknown as Body)['numerator']],
    ['delivered', (body['delivered_rate'] as unknown as Body)['numerator']],
    ['backlog', body['backlog']],
    ['dead', body['dead']],
  ] as const) {
    const about = { is_demo: false, is_last_of_purchase: true, session_created_at: { gte: body['from'] } };
    const filter = JSON.stringify({ environment: ['test'], ...about, scheme: ['visa'], counts_as: [count] });
    const { body: list } = await admin.get(`callbacks?${new URLSearchParams({ filter }).toString()}`);
    expect([count, (list['data'] as unknown as Body[]).length]).toEqual([count, callbacks]);
  }
  expectRefusal(
    await admin.get(`callbacks?${new URLSearchParams({ filter: '{"counts_as":"approved"}' }).toString()}`),
    422,
    'unprocessable_entity',
    'filter_counts_as_invalid',
  );
});

it('has no figures of tests among the live ones', async () => {
  expect(countsOf(await reported('summary', { traffic: 'live' }))).toMatchObject({ sessions: 0 });
  expect(countsOf(await reported('summary', { traffic: 'demo' }))).toMatchObject({ sessions: 0 });
});

it('tells trend, split, durations and callbacks of the same sessions', async () => {
  const { body: trend } = await reported('trend', { unit: 'hour', zone: 'Asia/Kolkata' });
  const points = trend['points'] as unknown as { counts: Record<string, number> }[];
  expect(points.length).toBeGreaterThanOrEqual(720);
  expect(points.reduce((sum, { counts }) => sum + (counts['sessions'] ?? 0), 0)).toBe(4);

  const { body: split } = await reported('split', { by: 'status' });
  const rows = split['rows'] as unknown as { value: string; counts: Record<string, number> }[];
  expect(rows.map(({ value }) => value).sort()).toEqual(['approved', 'challenged', 'declined', 'pending']);

  const { body: durations } = await reported('durations');
  const answered = (durations['legs'] as unknown as Body[]).find(({ id }) => String(id) === 'answer');
  expect(Number(answered?.['count'])).toBe(3);

  expect((await reported('callbacks')).body).toMatchObject({ dead: 0, unresolved_past_deadline: 0 });
});

it('says what every figure means', async () => {
  const { status, body } = await admin.get('reports/catalogue');

  expect(status).toBe(200);
  for (const part of ['counts', 'rates', 'durations', 'callbacks'])
    for (const one of body[part] as unknown as Body[]) expect(String(one['explanation']).length).toBeGreaterThan(10);
  expect((await admin.get('reports')).body).toEqual({ has_demo: false });
});

it('counts the merchants of one’s scope only', async () => {
  const filter = encodeURIComponent(JSON.stringify({ name: 'Second shop' }));
  const { body } = await admin.get(`merchants?filter=${filter}`);
  const grant = { role: 'viewer', merchant_ids: [body['data']?.[0]?.['id']] };
  const other = await inviteAndSignIn(product, 'second@example.com', 'gravel lantern tiger', grant);

  expect(countsOf(await reported('summary', {}, other))).toMatchObject({ sessions: 0, submitted: 0 });
  const { body: split } = await reported('split', { by: 'merchant' }, other);
  expect(split['rows']).toEqual([]);
});

it('refuses what is no report', async () => {
  for (const [kind, query, code] of [
    ['summary', { traffic: 'all' }, 'traffic_invalid'],
    ['summary', { from: '2020-01-01T00:00:00Z' }, 'from_invalid'],
    ['summary', { filter: '{"reference":"x"}' }, 'filter_reference_invalid'],
    ['summary', { filter: `{"acs":"${'x'.repeat(10_000)}"}` }, 'filter_acs_invalid'],
    ['summary', { filter: '{"bin":"4"}' }, 'filter_bin_invalid'],
    ['summary', { filter: '{"bin":"%"}' }, 'filter_bin_invalid'],
    ['trend', { zone: '+01:00' }, 'zone_invalid'],
    ['trend', { zone: 'AET' }, 'zone_invalid'],
    ['split', { by: 'secret' }, 'by_invalid'],
    ['split', {}, 'by_required'],
  ] as const)
    expectRefusal(await reported(kind, query), 422, 'unprocessable_entity', code);
});

it('shows merchants’ own texts as they are, and asks for them safely', async () => {
  const filter = JSON.stringify({ acs: "x' OR 1=1 --", currency: '%' });

  expect(countsOf(await reported('summary', { filter }))).toMatchObject({ sessions: 0 });
});

it('adds figures up to the sessions when an admin asks, and tells everybody what came of it', async () => {
  expect((await admin.post('reports/check', { reason: 'a doubt' })).status).toBe(200);

  const { body } = await eventually(async () => {
    const answer = await admin.get('reports/check');
    return answer.body['last'] && answer.body['is_under_way'] === (false as unknown) ? answer : undefined;
  }, 30_000);

  expect(body['last']).toMatchObject({ holds: true, findings: [] });
  const filter = encodeURIComponent(JSON.stringify({ act: 'reports.check_asked' }));
  const { body: audit } = await admin.get(`audit?filter=${filter}`);
  expect(audit['data']).toMatchObject([{ act: 'reports.check_asked', reason: 'a doubt' }]);
});
