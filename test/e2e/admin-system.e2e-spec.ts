import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { eventually } from '../support/simulator';

let product: Product;
let operator: ConsoleClient;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
}, 120_000);

afterAll(() => product.stop());

const system = async (): Promise<Record<string, Body[]>> => (await operator.get('system')).body;

const monthAfter = (date: Date): string =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)).toISOString().slice(0, 7).replace('-', '');

/** Each queue by its name. */
const queues = async (): Promise<Record<string, object>> => {
  const { queues: told = [] } = await system();
  return Object.fromEntries(told.map(({ name, ...queue }) => [String(name), queue]));
};

it('tells who runs, what they do and what the database holds', async () => {
  const told = await system();

  expect(told['replicas']).toMatchObject([{ role: 'all', pid: product.pid(), is_alive: true }]);
  expect(told['migrations']).toMatchObject({ pending: [] });
  expect(told['keks']).toMatchObject([{ is_current: true, is_configured: true }]);
  expect(told['partitions']?.map(({ table }) => table)).toEqual(expect.arrayContaining(['session', 'card']));
  expect(told['partitions']).toContainEqual(
    expect.objectContaining({ table: 'session', period: 'month', next: monthAfter(new Date()) }),
  );
});

it('tells how scheduled work goes, and who holds which lease', async () => {
  const job = await eventually(async () => {
    const { jobs } = await system();
    return jobs?.find(({ name, runs }) => String(name) === 'SettlementJob.tick' && Number(runs) > 0);
  }, 30_000);
  const { leases, replicas } = await system();

  expect(job).toMatchObject({ every_ms: 5_000, outcome: 'done', failures: 0, replica: replicas?.[0]?.['id'] });
  expect(leases?.find(({ name }) => String(name) === 'sessions.settlement')).toMatchObject({
    holder: replicas?.[0]?.['id'],
  });
});

it('is for who has all merchants', async () => {
  const [merchant] = (await operator.get('merchants')).body['data'] as unknown as Body[];
  const grant = { role: 'admin', merchant_ids: [merchant?.['id']] };
  const some = await inviteAndSignIn(product, 'some@example.com', 'gravel lantern tiger', grant);

  expectRefusal(await some.get('system'), 403, 'operation_not_allowed', 'merchant_scope_insufficient');
});

it('counts what waits, and tells since when', async () => {
  // Nobody does what is due: it waits for a worker.
  await product.restart({ COUNTERSIGN_ROLE: 'api' });
  const calls = new Calls(product, await bearer(product));
  const waiting = await calls.open('4242424242424242', { channel_data: BROWSER });
  const completion = { type: 'non_hosted', callback_url: `${product.simulatorUrl}/nowhere` };
  const untold = await calls.open('4485040371536584', { channel_data: BROWSER, completion });
  expect((await calls.complete(untold)).status).toBe(502);
  const before = await queues();
  const at = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  const since = { callbacks: at(5), inquiries: at(4), deadlines: at(3), erasures: at(2) };

  await rows(product, 'UPDATE callback_message SET next_try_at = $1', [since.callbacks]);
  await rows(product, 'UPDATE session SET inquire_at = $2, deadline_at = $3 WHERE id = $1', [
    uuidOf(String(waiting['id'])),
    since.inquiries,
    since.deadlines,
  ]);
  await rows(product, 'UPDATE card SET expires_at = $2 WHERE session_id = $1', [
    uuidOf(String(waiting['id'])),
    since.erasures,
  ]);

  const nothing = { count: 0, oldest_at: null };
  expect(before).toEqual({
    callbacks: nothing,
    inquiries: nothing,
    deadlines: nothing,
    erasures: nothing,
    notices: nothing,
    bulk_jobs: nothing,
  });
  expect(await queues()).toEqual({
    callbacks: { count: 1, oldest_at: since.callbacks },
    inquiries: { count: 1, oldest_at: since.inquiries },
    deadlines: { count: 1, oldest_at: since.deadlines },
    erasures: { count: 1, oldest_at: since.erasures },
    notices: nothing,
    bulk_jobs: nothing,
  });
  const due = await operator.get(`sessions?filter=${encodeURIComponent('{"is_inquiry_due":true}')}`);
  expect(due.body['data']).toMatchObject([{ id: waiting['id'] }]);
});
