import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';

let product: Product;
let admin: ConsoleClient;
/** Somebody who sees another merchant alone. */
let other: ConsoleClient;

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  const { body } = await admin.get(`merchants?filter=${encodeURIComponent(JSON.stringify({ name: 'Second shop' }))}`);
  other = await inviteAndSignIn(product, 'second@example.com', 'gravel lantern tiger', {
    role: 'viewer',
    merchant_ids: [body['data']?.[0]?.['id']],
  });
  const sessions = new Calls(product, await bearer(product));
  const extra = { channel_data: BROWSER };
  // Approved and declined without a challenge, one that is challenged, one that has asked nobody yet.
  for (const card of ['4485040371536584', '4539628347117863', '4242424242424242']) await sessions.open(card, extra);
  await sessions.open('4485040371536584');
}, 120_000);

afterAll(() => product.stop());

const hourOf = async (client: ConsoleClient, environment: string): Promise<Body | undefined> => {
  const { status, body } = await client.get('overview');
  expect(status).toBe(200);
  return (body['last_hour'] as unknown as Body[]).find((hour) => String(hour['environment']) === environment);
};

it('tells the last hour by the definitions of the catalogue', async () => {
  const hour = await hourOf(admin, 'test');

  expect(hour).toMatchObject({
    sessions: 4,
    submitted: 3,
    authentication_rate: 1 / 3,
    frictionless: 2,
    challenge_requested: 1,
    frictionless_rate: 2 / 3,
  });
  const perMinute = hour?.['per_minute'] as unknown as number[];
  expect(perMinute).toHaveLength(60);
  expect(perMinute.reduce((sum, one) => sum + one, 0)).toBe(4);
  const sumOf = (name: string): number => (hour?.[name] as unknown as number[]).reduce((sum, one) => sum + one, 0);
  expect(['submitted', 'authenticated', 'answered', 'frictionless'].map((name) => sumOf(`${name}_per_minute`))).toEqual(
    [3, 1, 3, 2],
  );
});

it('tells how far behind it is with callbacks', async () => {
  const { status, body } = await admin.get('callbacks/figures');

  expect(status).toBe(200);
  expect(body['environments']).toMatchObject([
    { environment: 'live', due: 0, last_hour: { owed: 0, lag_p50_seconds: null } },
    { environment: 'test', due: 0, failing: 0, dead: 0 },
  ]);
});

it('has no rate where nothing was asked, and never mixes environments', async () => {
  expect(await hourOf(admin, 'live')).toMatchObject({
    sessions: 0,
    authentication_rate: null,
    frictionless_rate: null,
  });
});

it('counts the merchants of one’s scope only', async () => {
  expect(await hourOf(other, 'test')).toMatchObject({ sessions: 0, submitted: 0 });
});

it('tells the same as a report of the same sessions', async () => {
  // What an upstream's own rules turn down, and what only shares data: no request for authentication.
  await rows(product, `UPDATE session SET status_reason = 'risk_declined' WHERE status = 'declined'`);
  await rows(product, `UPDATE session SET status = 'attempted', trans_status = 'I' WHERE status = 'approved'`);

  const hour = await hourOf(admin, 'test');
  const { body } = await admin.get('reports/summary?traffic=test');

  const counts = body['counts'] as unknown as Record<string, number>;
  const rates = body['rates'] as unknown as Record<string, Body>;
  for (const name of ['sessions', 'submitted', 'submitted_for_authentication', 'frictionless', 'challenge_requested'])
    expect([name, hour?.[name]]).toEqual([name, counts[name]]);
  expect(hour?.['authentication_rate']).toBe(rates['authentication']?.['value']);
  expect(hour?.['frictionless_rate']).toBe(rates['frictionless']?.['value']);
  expect(hour).toMatchObject({ submitted: 2, submitted_for_authentication: 1, authentication_rate: 0 });
});

/** The ids of those that a filter finds, of what is not made up. */
async function sessionsOf(filter: object): Promise<unknown[]> {
  const asked = encodeURIComponent(JSON.stringify({ ...filter, is_demo: false }));
  const { body } = await admin.get(`sessions?filter=${asked}`);
  return (body['data'] as unknown as Body[]).map(({ id }) => id);
}

describe('connectors', () => {
  it('are told with their calls and how long they took, of one’s scope', async () => {
    const { status, body } = await admin.get('overview/connectors');

    expect(status).toBe(200);
    const [own] = body['last_hour'] as unknown as Body[];
    // The fourth session has asked nobody.
    expect(own).toMatchObject({ environment: 'test', connector: 'emv3ds', calls: 3, failed: 0, error_rate: 0 });
    expect(Number(own?.['p95_ms'])).toBeGreaterThanOrEqual(Number(own?.['p50_ms']));
    const medians = own?.['p50_ms_per_minute'] as unknown as (number | null)[];
    expect(medians).toHaveLength(60);
    expect(medians.filter((one) => one !== null).length).toBeGreaterThan(0);

    expect((await other.get('overview/connectors')).body['last_hour']).toEqual([]);
    expect(await sessionsOf({ called_connector: 'emv3ds' })).toHaveLength(3);
    expect(await sessionsOf({ called_connector: 'checkout' })).toEqual([]);
  });

  it('fail where they do not answer, and not where they say no', async () => {
    await rows(product, `UPDATE exchange SET problem = 'HTTP 422' WHERE message_type = 'ARes'`);
    const failed = async (): Promise<unknown> =>
      ((await admin.get('overview/connectors')).body['last_hour'] as unknown as Body[])[0]?.['failed'];
    expect(await failed()).toBe(0);
    expect(await sessionsOf({ failed_connector: 'emv3ds' })).toEqual([]);

    await rows(product, `UPDATE exchange SET problem = 'timeout' WHERE message_type = 'ARes'`);
    expect(await failed()).toBe(3);
    expect(await sessionsOf({ failed_connector: 'emv3ds' })).toEqual(await sessionsOf({ called_connector: 'emv3ds' }));
    expect(await sessionsOf({ failed_connector: 'checkout' })).toEqual([]);
  });
});

describe('of one merchant', () => {
  it.each(['overview', 'overview/connectors', 'callbacks/figures', 'callbacks/endpoints'])(
    '%s tells its figures, nothing of one outside of the scope, and names what it cannot read',
    async (path) => {
      const ours = String(product.demo.merchants[0]?.name);
      const { body } = await admin.get(`merchants?filter=${encodeURIComponent(JSON.stringify({ name: ours }))}`);
      const id = String(body['data']?.[0]?.['id']);

      expect((await admin.get(`${path}?merchant_id=${id}`)).body).toEqual((await admin.get(path)).body);
      expect((await other.get(`${path}?merchant_id=${id}`)).body).toEqual((await other.get(path)).body);
      expect(JSON.stringify((await other.get(`${path}?merchant_id=${id}`)).body)).not.toMatch(/127\.0\.0\.1:9/);
      expect(await admin.get(`${path}?merchant_id=mer_nobody`)).toMatchObject({
        status: 422,
        body: { error_codes: ['merchant_id_invalid'] },
      });
      expect(await admin.get(`${path}?merchant=x`)).toMatchObject({
        status: 422,
        body: { error_codes: ['query_invalid'] },
      });
    },
  );
});

it('callbacks are told by where they go, and found by it', async () => {
  const { status, body } = await admin.get('callbacks/endpoints');

  expect(status).toBe(200);
  const [endpoint] = body['data'] as unknown as Body[];
  expect(endpoint).toMatchObject({ environment: 'test', owed: 2, dead: 0 });
  const url = String(endpoint?.['url']);
  expect(url).not.toContain('?');
  const filter = encodeURIComponent(JSON.stringify({ endpoint: url }));
  expect((await admin.get(`callbacks?filter=${filter}`)).body['data']).toHaveLength(2);
  const nowhere = encodeURIComponent(JSON.stringify({ endpoint: 'https://elsewhere.example/' }));
  expect((await admin.get(`callbacks?filter=${nowhere}`)).body['data']).toEqual([]);
});

it('what waits for its merchant is not owed yet', async () => {
  await rows(
    product,
    `UPDATE callback_message SET state = 'due', tries = 0, delivered_at = NULL, next_try_at = now() + interval '4 minutes'`,
  );
  const { body } = await admin.get('callbacks/figures');

  expect((body['environments'] as unknown as Body[])[1]).toMatchObject({ due: 0, last_hour: { owed: 0 } });
  const found = async (filter: object): Promise<unknown> =>
    (
      (await admin.get(`callbacks?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body[
        'data'
      ] as unknown as Body[]
    ).length;
  expect(await found({ is_due_now: true })).toBe(0);
  expect(await found({ is_due_now: false })).toBe(2);
});
