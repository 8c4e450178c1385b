import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { findLeaks, watchSecret } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';

const CARD = '4485040371536584';
/** Authentication requests at the start: one merchant's upstream is another one of this server. */
const SENT = 2;
const CALLBACK_URL = 'http://127.0.0.1:9/never';

let product: Product;
let admin: ConsoleClient;
let session: Body;

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  const upstream = product.demo.merchants.find(({ connector }) => connector === 'checkout') as DemoMerchant;
  const sessions = new Calls(product, await bearer(product, upstream));
  await sessions.open(CARD, { channel_data: BROWSER });
  const native = new Calls(product, await bearer(product));
  session = await native.open(CARD, { channel_data: BROWSER });
  await native.complete(session);
}, 120_000);

afterAll(() => product.stop());

const listed = async (resource: string, filter: object = {}): Promise<Body[]> => {
  const { status, body } = await admin.get(`${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`);
  expect(status).toBe(200);
  return body['data'] as unknown as Body[];
};
/** A directory server's part that is looked at. */
interface Figures {
  readonly last_hour: { readonly calls: number };
  readonly last_day: object;
}

const acts = async (subject: unknown): Promise<unknown[]> => (await listed('audit', { subject })).map(({ act }) => act);

describe('upstream tokens', () => {
  it('are told without the token, with the account that they are for', async () => {
    const [token, ...others] = await listed('tokens');

    expect(others).toEqual([]);
    expect(token).toMatchObject({
      state: 'valid',
      account_name: 'Checkout shop, at Second shop',
      failures: 0,
      failure: null,
      expires_at: expect.any(String) as string,
      fetched_by: expect.stringMatching(/:\d+$/) as string,
      refreshes: 1,
      lives: 1,
      refreshes_per_life: 1,
      failed_refreshes: 0,
      last_failure: null,
      refused_until: null,
    });
    expect((await admin.get(`tokens/${token?.['id']}`)).body).toEqual(token);
    expect(JSON.stringify(token)).not.toMatch(/sealed|access_token/);
  });

  it('are fetched anew on demand, by a worker', async () => {
    const [token] = await listed('tokens');

    expect((await admin.post(`tokens/${token?.['id']}/refresh`, { reason: 'to see' })).status).toBe(200);

    const until = Date.now() + 20_000;
    let next = token;
    while (next?.['issued_at'] === token?.['issued_at'] && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 50));
      [next] = await listed('tokens');
    }
    expect(next?.['issued_at']).not.toBe(token?.['issued_at']);
    expect(next).toMatchObject({ refreshes: 2, lives: 2, refreshes_per_life: 1 });
    const [noted] = await listed('audit', { act: 'upstream_token.refresh_asked' });
    const before = { state: 'valid', expires_at: token?.['expires_at'], renew_at: token?.['renew_at'] };
    const after = { ...before, renew_at: noted?.['at'] };
    expect(noted).toMatchObject({ subject: token?.['account_id'], reason: 'to see', before, after });
  });

  it('are dropped, and the next session has one fetched', async () => {
    const [token] = await listed('tokens');

    const { body } = await admin.post(`tokens/${token?.['id']}/drop`);

    expect(['none', 'fetching', 'valid']).toContain(body['state']);
    const [noted] = await listed('audit', { act: 'upstream_token.dropped' });
    expect(noted).toMatchObject({
      subject: token?.['account_id'],
      before: { state: 'valid', expires_at: token?.['expires_at'] },
      after: { state: 'none', expires_at: null },
    });
  });

  it.each(['x', 'a'.repeat(64), '%00'])('are not there by the name of %s', async (id) => {
    expectRefusal(await admin.get(`tokens/${id}`), 404, 'not_found', 'upstream_token_not_found');
  });
});

describe('directory servers', () => {
  it('are told with how many ranges they have published, and since when', async () => {
    const servers = await listed('directory-servers');

    expect(servers).toHaveLength(6);
    expect(servers.find(({ id }) => String(id) === 'test-visa')).toMatchObject({
      environment: 'test',
      ranges: expect.any(Number) as number,
      ranges_loaded_at: expect.any(String) as string,
      last_error: null,
      // Over http:// there is none.
      certificate: null,
    });
    expect((await admin.get('directory-servers/test-visa')).body).toMatchObject({ id: 'test-visa' });
    expectRefusal(await admin.get('directory-servers/x'), 404, 'not_found', 'directory_server_not_found');
  });

  it('are told with how fast and how well they answered, once that was written down', async () => {
    const until = Date.now() + 30_000;
    const visa = async () => (await admin.get('directory-servers/test-visa')).body as unknown as Figures;
    let server = await visa();
    while (server.last_hour.calls < SENT && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 100));
      server = await visa();
    }

    expect(server.last_hour).toEqual({
      calls: SENT,
      failed: 0,
      error_rate: 0,
      p50_ms: expect.any(Number) as number,
      p95_ms: expect.any(Number) as number,
    });
    expect(server.last_day).toEqual(server.last_hour);
  });

  it('have the sessions of what they were asked in the list of sessions', async () => {
    const asked = (more: object): Promise<Body[]> =>
      listed('sessions', { environment: 'test', is_demo: false, directory_server: 'visa', ...more });

    const sessions = await asked({});
    expect(sessions.map(({ id }) => id)).toContain(session['id']);
    expect(sessions).toHaveLength(SENT);
    expect(await asked({ is_areq_unanswered: false })).toEqual(sessions);
    expect(await asked({ is_areq_unanswered: true })).toEqual([]);
    expect(await asked({ directory_server: ['jcb', 'amex'] })).toEqual([]);
  });

  it('have those without an ARes, too', async () => {
    const faults = { ds: { mode: 'erro', times: 1, scheme: 'visa' } };
    expect((await admin.call('PUT', 'simulator/faults', faults)).status).toBe(200);
    const { id } = await new Calls(product, await bearer(product)).open(CARD, { channel_data: BROWSER });

    const unanswered = { environment: 'test', directory_server: 'visa', is_areq_unanswered: true };
    expect((await listed('sessions', unanswered)).map((one) => one['id'])).toEqual([id]);
  });

  it('are asked again on demand', async () => {
    const before = (await listed('directory-servers')).find(({ id }) => String(id) === 'test-visa');

    expect((await admin.post('directory-servers/test-visa/refresh')).body).toMatchObject({ next_attempt_at: null });

    const until = Date.now() + 25_000;
    let next = before;
    while (next?.['last_attempt_at'] === before?.['last_attempt_at'] && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 100));
      next = (await listed('directory-servers')).find(({ id }) => String(id) === 'test-visa');
    }
    expect(next?.['last_attempt_at']).not.toBe(before?.['last_attempt_at']);
    expect(await acts('test-visa')).toEqual(['directory_server.refresh_asked']);
    expectRefusal(
      await admin.post('directory-servers/test-nobody/refresh'),
      404,
      'not_found',
      'directory_server_not_found',
    );
  });

  it.each([CARD, CARD.slice(0, 8)])('say what they know of a card by %s, which is kept nowhere', async (number) => {
    watchSecret(CARD);

    const { status, body } = await admin.post('directory-servers/look-up', { environment: 'test', number });

    expect(status).toBe(200);
    const found = (body['found'] as unknown as Body[]).filter(({ range }) => range !== null);
    expect(found).toMatchObject([
      { directory_server: 'visa', range: { start: expect.stringMatching(/^\d{13,19}$/) as string } },
    ]);
  });

  it.each(['', '4', 'x'.repeat(8), '4'.repeat(20), '4'.repeat(10_000)])('look up no number like %s', async (number) => {
    expect((await admin.post('directory-servers/look-up', { environment: 'test', number })).status).toBe(422);
  });
});

describe('callbacks', () => {
  it('are found by their session, and told with every try', async () => {
    const [message, ...others] = await listed('callbacks', { session_id: session['id'] });

    expect(others).toEqual([]);
    expect(message).toMatchObject({ id: expect.stringMatching(/^msg_\w{26}$/) as string, url: CALLBACK_URL });
    const { body } = await admin.get(`callbacks/${message?.['id']}`);
    expect(body).toMatchObject({ session_id: session['id'], payload: { session_id: session['id'] } });
    expect((body['deliveries'] as unknown as Body[]).length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/"cryptogram"|"xid"/);
  });

  it('of other merchants are not there', async () => {
    const merchants = await listed('merchants', { name: 'Second shop' });
    const other = await inviteAndSignIn(product, 'other@example.com', 'gravel lantern tiger', {
      role: 'merchant_admin',
      merchant_ids: [merchants[0]?.['id']],
    });
    const [message] = await listed('callbacks', { session_id: session['id'] });

    expectRefusal(await other.get(`callbacks/${message?.['id']}`), 404, 'not_found', 'callback_not_found');
    const { body } = await other.get('callbacks');
    expect(JSON.stringify(body)).not.toContain(String(session['id']));
    expect((await other.get('tokens')).body['data']).toEqual([]);
  });
});

it('leaves no card number, token or secret in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
