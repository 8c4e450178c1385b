import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, inviteAndSignIn, serviceAccount } from '../support/console';
import { findLeaks } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';

const CHALLENGED = '4242424242424242';
const DECLINED = '4539628347117863';

let product: Product;
let operator: ConsoleClient;
let calls: Calls;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
  const merchant = product.demo.merchants.find(({ connector }) => connector === 'emv3ds') as DemoMerchant;
  calls = new Calls(product, await bearer(product, merchant));
}, 120_000);

afterAll(() => product.stop());

const open = (number: string): Promise<Body> => {
  const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
  return calls.open(number, { channel_data: BROWSER, completion });
};
const ended = (id: unknown, client = operator): Promise<Body> =>
  eventually(async () => {
    const { body } = await client.get(`jobs/${String(id)}`);
    return body['state'] === 'running' ? undefined : body;
  }, 20_000);

it('ends many sessions by a job, which tells what came of each', async () => {
  const open_ = await Promise.all([open(CHALLENGED), open(CHALLENGED)]);
  const final = await open(DECLINED);
  const ids = [...open_, final].map(({ id }) => String(id));

  const made = await operator.post('jobs', { act: 'expire', ids, reason: 'the shop has closed' });

  expect({ status: made.status, total: made.body['total'] }).toEqual({ status: 201, total: 3 });
  expect(await ended(made.body['id'])).toMatchObject({
    state: 'done',
    reason: 'the shop has closed',
    counts: { waiting: 0, done: 2, failed: 1, skipped: 0 },
    failures: [{ session_id: final['id'], code: 'update_not_allowed_due_to_state' }],
  });
  for (const { id } of open_) {
    expect((await operator.get(`sessions/${String(id)}`)).body['status']).toBe('challenge_abandoned');
  }
  const { data } = (await operator.get('jobs?filter={"act":"expire"}')).body as { data?: Body[] };
  expect(data?.map(({ id }) => id)).toEqual([made.body['id']]);
});

it('sends callbacks again once, however often the same job is asked for', async () => {
  const session = await open(DECLINED);
  await calls.complete(session);
  const received = () => callbacksOf(product, String(session['id']));
  await eventually(async () => ((await received()).length === 1 ? true : undefined));
  const { client } = await serviceAccount(product, operator, { role: 'operator', all_merchants: true });
  const wish = { act: 'resend_callback', filter: { id: session['id'] } };

  const first = await client.post('jobs', wish, { 'idempotency-key': 'again' });
  const again = await client.post('jobs', wish, { 'idempotency-key': 'again' });

  expect(again.body['id']).toBe(first.body['id']);
  expect(await ended(first.body['id'], client)).toMatchObject({ state: 'done', total: 1, counts: { done: 1 } });
  await eventually(async () => ((await received()).length === 2 ? true : undefined));
  expectRefusal(
    await client.post('jobs', { ...wish, act: 'expire' }, { 'idempotency-key': 'again' }),
    409,
    'conflict',
    'idempotency_key_reused',
  );
});

it('finds nothing of merchants outside of the scope, in sessions and in jobs', async () => {
  const session = await open(CHALLENGED);
  const { body: shown } = await operator.get(`sessions/${String(session['id'])}`);
  const { body: page } = await operator.get('merchants?limit=100');
  const others = (page as unknown as { data: { id: string }[] }).data.filter(({ id }) => id !== shown['merchant_id']);
  const grant = { role: 'operator', merchant_ids: others.map(({ id }) => id) };
  const other = await inviteAndSignIn(product, 'other@example.com', 'gravel lantern tiger', grant);

  const made = await other.post('jobs', { act: 'expire', ids: [session['id']] });
  expect(made.body).toMatchObject({ state: 'done', counts: { failed: 1 }, failures: [{ code: 'session_not_found' }] });
  expect((await operator.get(`sessions/${String(session['id'])}`)).body['status']).toBe('challenged');

  const { body: job } = await operator.post('jobs', { act: 're_sync', ids: [session['id']] });
  expectRefusal(await other.get(`jobs/${String(job['id'])}`), 404, 'not_found', 'job_not_found');
  expectRefusal(await other.post(`jobs/${String(job['id'])}/cancel`), 404, 'not_found', 'job_not_found');
});

it('leaves no secret in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
