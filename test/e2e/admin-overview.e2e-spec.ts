import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';

jest.setTimeout(60_000);

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
  const { body } = await admin.get(`merchants?filter=${encodeURIComponent(JSON.stringify({ name: 'Second shop' }))}`);
  const other = await inviteAndSignIn(product, 'second@example.com', 'gravel lantern tiger', {
    role: 'viewer',
    merchant_ids: [body['data']?.[0]?.['id']],
  });

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
