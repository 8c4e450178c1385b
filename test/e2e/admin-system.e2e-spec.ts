import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';
import { eventually } from '../support/simulator';

jest.setTimeout(60_000);

let product: Product;
let operator: ConsoleClient;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
}, 120_000);

afterAll(() => product.stop());

const system = async (): Promise<Record<string, Body[]>> => (await operator.get('system')).body;

it('tells who runs, what they do and what the database holds', async () => {
  const told = await system();

  expect(told['replicas']).toMatchObject([{ role: 'all', pid: product.pid(), is_alive: true }]);
  expect(told['migrations']).toMatchObject({ pending: [] });
  expect(told['keks']).toMatchObject([{ is_current: true, is_configured: true }]);
  expect(told['partitions']?.map(({ table }) => table)).toEqual(expect.arrayContaining(['session', 'card']));
  expect(told['queues']?.map(({ name }) => name).sort()).toEqual([
    'bulk_jobs',
    'callbacks',
    'deadlines',
    'erasures',
    'inquiries',
    'notices',
  ]);
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

it('counts what waits', async () => {
  const calls = new Calls(product, await bearer(product));
  await calls.open('4539628347117863', { channel_data: BROWSER });
  await rows(product, `UPDATE card SET expires_at = now() - interval '1 minute'`, []);

  const { queues } = await system();

  const erasures = queues?.find(({ name }) => String(name) === 'erasures');
  // The tick that erases them may have been faster.
  expect(Number(erasures?.['count'])).toBeGreaterThanOrEqual(0);
  expect(Number(erasures?.['count']) > 0).toBe(erasures?.['oldest_at'] !== null);
});

it('is for who has all merchants', async () => {
  const [merchant] = (await operator.get('merchants')).body['data'] as unknown as Body[];
  const grant = { role: 'admin', merchant_ids: [merchant?.['id']] };
  const some = await inviteAndSignIn(product, 'some@example.com', 'gravel lantern tiger', grant);

  expectRefusal(await some.get('system'), 403, 'operation_not_allowed', 'merchant_scope_insufficient');
});
