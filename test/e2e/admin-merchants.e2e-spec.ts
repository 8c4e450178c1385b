import { ACQUIRER_RECORD } from '../support/acquirer-record';
import { bearer, call, type Body } from '../support/api';
import { expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { findLeaks, watchSecret } from '../support/leaks';
import { startProduct, type Product } from '../support/product';

const ALL = ['sessions:app', 'sessions:browser'];

let product: Product;
let admin: ConsoleClient;
let merchant: Body;

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  merchant = (await admin.post('merchants', { name: 'Tea & <b>More</b>' })).body;
}, 120_000);

afterAll(() => product.stop());

/** The last entry about a thing. */
const noted = async (subject: unknown): Promise<Body> => {
  const filter = encodeURIComponent(JSON.stringify({ subject }));
  const { body } = await admin.get(`audit?limit=1&filter=${filter}`);
  return body['data']?.[0] as unknown as Body;
};
const listed = async (resource: string, filter: object): Promise<Body[]> => {
  const { status, body } = await admin.get(`${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`);
  expect(status).toBe(200);
  return body['data'] as unknown as Body[];
};
const channelOf = async (owner: Body): Promise<Body> =>
  (await admin.post('channels', { merchant_id: owner['id'], environment: 'test', name: 'Web' })).body;
const keyOf = async (owner: Body): Promise<Body> =>
  (await admin.post('access-keys', { merchant_id: owner['id'], environment: 'test', scopes: ALL })).body;
const credentialsIn = (key: Body): { clientId: string; clientSecret: string } => ({
  clientId: String(key['client_id']),
  clientSecret: String(key['client_secret']),
});
const isGood = (key: Body): Promise<boolean> =>
  bearer(product, credentialsIn(key)).then(
    () => true,
    () => false,
  );

describe('a merchant', () => {
  it('is made, found, renamed, and each of it is noted', async () => {
    expect(merchant).toMatchObject({ id: expect.stringMatching(/^mer_\w{26}$/) as string, status: 'active' });
    expect(await listed('merchants', { name: { contains: 'tea & <B>' } })).toEqual([merchant]);

    const renamed = await admin.call('PATCH', `merchants/${merchant['id']}`, { name: 'Tea', reason: 'shorter' });

    expect(renamed.body).toEqual({ ...merchant, name: 'Tea', version: 2 });
    expect(await noted(merchant['id'])).toMatchObject({
      act: 'merchant.changed',
      merchant_id: merchant['id'],
      before: { name: 'Tea & <b>More</b>' },
      after: { name: 'Tea' },
      reason: 'shorter',
    });
  });

  it.each([{}, { name: '' }, { name: '   ' }, { name: 'x'.repeat(10_000) }, { name: 1 }])(
    'is not made of %j',
    async (body) => {
      expect((await admin.post('merchants', body)).status).toBe(422);
    },
  );

  it('that is suspended gets no tokens until it is resumed, and doing so twice is doing it once', async () => {
    const owner = (await admin.post('merchants', { name: 'Suspended' })).body;
    const key = await keyOf(owner);
    expect(await isGood(key)).toBe(true);

    for (let time = 1; time <= 2; time++) {
      const { status, body } = await admin.post(`merchants/${owner['id']}/suspend`, { reason: 'unpaid' });
      expect({ status, body: body['status'] }).toEqual({ status: 200, body: 'suspended' });
    }
    expect(await isGood(key)).toBe(false);
    await admin.post(`merchants/${owner['id']}/resume`);

    expect(await isGood(key)).toBe(true);
    const acts = (await listed('audit', { subject: owner['id'] })).map(({ act }) => act);
    expect(acts).toEqual(['merchant.resumed', 'merchant.suspended', 'merchant.created']);
  });
});

describe('a channel', () => {
  it('gets another look by parts, which is taken back by what is empty', async () => {
    const channel = await channelOf(merchant);
    const brand = (change: object) => admin.call('PATCH', `channels/${channel['id']}/branding`, change);
    const logo = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1').toString('base64');

    expect((await brand({ accent: '#ffcc00', display_name: 'Robin', logo })).body['branding']).toEqual({
      display_name: 'Robin',
      accent: '#ffcc00',
      locale: null,
      frame_ancestors: [],
      logo_url: expect.stringMatching(/^\/hosted\/logos\/[0-9a-f]{64}$/) as string,
      shades: expect.objectContaining({ dark: { ground: '#ffcc00', ink: '#000000' } }) as object,
    });
    expect((await brand({ accent: '', logo: '', locale: 'fr', reason: 'new agency' })).body['branding']).toEqual({
      display_name: 'Robin',
      accent: null,
      locale: 'fr',
      frame_ancestors: [],
      logo_url: null,
      shades: null,
    });
    expect(await noted(channel['id'])).toMatchObject({
      act: 'channel.branded',
      before: { accent: '#ffcc00', locale: null },
      after: { accent: null, locale: 'fr', logo_hash: null },
      reason: 'new agency',
    });
  });

  it.each([
    [{ accent: 'red' }, 'accent_invalid'],
    [{ locale: 'xx' }, 'locale_invalid'],
    [{ display_name: 'x'.repeat(61) }, 'display_name_invalid'],
    [{ frame_ancestors: ['https://shop.example/path'] }, 'frame_ancestors_invalid'],
    [{ logo: Buffer.from('<svg/>').toString('base64') }, 'logo_invalid'],
    [{ logo: Buffer.alloc(65_537, '\x89PNG\r\n\x1a\n', 'latin1').toString('base64') }, 'logo_invalid'],
  ])('does not get the look %#, by the rules of the command line', async (change, code) => {
    const channel = await channelOf(merchant);

    const answer = await admin.call('PATCH', `channels/${channel['id']}/branding`, change);

    expectRefusal(answer, 422, 'unprocessable_entity', code);
  });

  it('is made with a webhook secret that is told once, and changed', async () => {
    const made = await channelOf(merchant);
    const { webhook_secret: secret, ...channel } = made as unknown as Record<string, unknown>;
    expect(secret).toMatch(/^whsec_/);
    watchSecret(String(secret));

    const { body } = await admin.call('PATCH', `channels/${made['id']}`, {
      session_minutes: 10,
      route: [{ connector: 'emv3ds', when: { currencies: ['EUR'] } }],
    });

    const route = [{ connector: 'emv3ds', when: { currencies: ['EUR'] } }];
    expect(body).toEqual({ ...channel, session_minutes: 10, route, version: 2 });
    expect((await admin.get(`channels/${made['id']}`)).body).toEqual(body);
    expect(await noted(made['id'])).toMatchObject({
      act: 'channel.changed',
      before: { session_minutes: 30, route: [{ connector: 'emv3ds' }] },
      after: { session_minutes: 10, route },
    });
  });

  it.each([
    ['an unknown connector', { route: [{ connector: 'nobody' }] }, 'route_invalid'],
    ['a route that is none', { route: 'emv3ds' }, 'route_invalid'],
    ['no time for the cardholder', { session_minutes: 1 }, 'session_minutes_invalid'],
    ['a scheme that is none', { preferred_schemes: ['x'] }, 'preferred_schemes_invalid'],
  ])('is not changed to %s', async (_what, change, code) => {
    const channel = await channelOf(merchant);

    expectRefusal(await admin.call('PATCH', `channels/${channel['id']}`, change), 422, 'unprocessable_entity', code);
  });

  it('has who the merchant is to a scheme', async () => {
    const channel = await channelOf(merchant);

    const { status, body } = await admin.call('PUT', `channels/${channel['id']}/acquirers`, ACQUIRER_RECORD);

    expect({ status, acquirers: body['acquirers'] }).toEqual({ status: 200, acquirers: [ACQUIRER_RECORD] });
    const wrong = await admin.call('PUT', `channels/${channel['id']}/acquirers`, {
      ...ACQUIRER_RECORD,
      country_code: '000',
    });
    expectRefusal(wrong, 422, 'unprocessable_entity', 'country_code_invalid');
  });

  it('gets another webhook secret, which is told once', async () => {
    const channel = await channelOf(merchant);

    const { body } = await admin.post(`channels/${channel['id']}/replace-webhook-secret`, { reason: 'leaked' });

    expect(body['webhook_secret']).toMatch(/^whsec_/);
    expect(body['webhook_secret']).not.toBe(channel['webhook_secret']);
    watchSecret(String(body['webhook_secret']));
    expect(await noted(channel['id'])).toMatchObject({ act: 'channel.webhook_secret_replaced', after: null });
  });
});

describe('an access key', () => {
  it('is issued with a secret that is told once and works', async () => {
    const key = await keyOf(merchant);

    expect(await isGood(key)).toBe(true);
    const { client_secret: _secret, client_id: id, ...view } = key as unknown as Record<string, unknown>;
    expect(await listed('access-keys', { id })).toEqual([{ ...view, last_used_at: expect.anything() as unknown }]);
    expect(await noted(id)).toMatchObject({ act: 'access_key.issued', after: { scopes: ALL } });
  });

  it('is rotated: both work for the overlap, then the new one alone', async () => {
    const old = await keyOf(merchant);

    const { status, body: key } = await admin.post(`access-keys/${old['id']}/rotate`, { overlap_hours: 1 });

    expect(status).toBe(200);
    expect(key).toMatchObject({ status: 'active', scopes: ALL, replaces: { id: old['id'], status: 'ending' } });
    expect([await isGood(old), await isGood(key)]).toEqual([true, true]);
    expectRefusal(await admin.post(`access-keys/${old['id']}/rotate`), 403, 'operation_not_allowed', 'access_key_ends');
    await admin.post(`access-keys/${old['id']}/revoke`);
    expect([await isGood(old), await isGood(key)]).toEqual([false, true]);
    expect(await noted(old['id'])).toMatchObject({ act: 'access_key.revoked' });
  });

  it('is rotated by one of two who do it at once', async () => {
    const old = await keyOf(merchant);

    const answers = await Promise.all([1, 2].map(() => admin.post(`access-keys/${old['id']}/rotate`)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('that is revoked is good for nothing, and once more changes nothing', async () => {
    const key = await keyOf(merchant);
    const token = await bearer(product, credentialsIn(key));

    const first = (await admin.post(`access-keys/${key['id']}/revoke`, { reason: 'leaked' })).body;
    const second = (await admin.post(`access-keys/${key['id']}/revoke`)).body;

    expect(first).toMatchObject({ status: 'ended' });
    expect(second).toEqual(first);
    expect(await isGood(key)).toBe(false);
    expect((await call(product, 'GET', '/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa', token)).status).toBe(401);
  });

  it.each([
    ['no scope', { scopes: [] }, 'scopes_invalid'],
    ['a scope that is none', { scopes: ['everything'] }, 'scopes_invalid'],
    ['no merchant', { merchant_id: 'x' }, 'merchant_id_invalid'],
    ['a channel of nobody', { default_channel_id: 'x' }, 'channel_id_invalid'],
  ])('is not issued with %s', async (_what, change, code) => {
    const body = { merchant_id: merchant['id'], environment: 'test', scopes: ALL, ...change };

    expectRefusal(await admin.post('access-keys', body), 422, 'unprocessable_entity', code);
  });
});

describe('a public key', () => {
  it('is made for pages of some origins, and revoked', async () => {
    const channel = await channelOf(merchant);
    const made = await admin.post('public-keys', {
      channel_id: channel['id'],
      allowed_origins: ['https://tea.example'],
    });
    expect(made.body).toMatchObject({ id: expect.stringMatching(/^pk_\w{27}$/) as string, status: 'active' });

    const { body } = await admin.post(`public-keys/${made.body['id']}/revoke`);

    expect(body['status']).toBe('ended');
    expect(await listed('public-keys', { channel_id: channel['id'], is_ended: false })).toEqual([]);
    expect(await noted(made.body['id'])).toMatchObject({ act: 'public_key.revoked' });
  });
});

describe('a key that several revoke at once', () => {
  const accessKey = async (): Promise<string> => `access-keys/${(await keyOf(merchant))['id']}`;
  const rotated = async (): Promise<string> => {
    const path = await accessKey();
    expect((await admin.post(`${path}/rotate`, { overlap_hours: 1 })).status).toBe(200);
    return path;
  };
  const publicKey = async (): Promise<string> => {
    const made = await admin.post('public-keys', { channel_id: (await channelOf(merchant))['id'] });
    return `public-keys/${made.body['id']}`;
  };

  it.each([
    ['an access key', accessKey, null],
    ['an access key that ends already', rotated, expect.any(String) as string],
    ['a public key', publicKey, null],
  ])('ends once, and is once in the audit log with what was found: %s', async (_what, make, before) => {
    const path = await make();

    const answers = await Promise.all([1, 2, 3, 4].map((n) => admin.post(`${path}/revoke`, { reason: `${n}` })));

    const [first, ...others] = answers.map(({ status, body }) => ({ status, body }));
    expect(first).toMatchObject({ status: 200, body: { status: 'ended' } });
    expect(others).toEqual([first, first, first]);
    const filter = encodeURIComponent(JSON.stringify({ subject: first?.body['id'] }));
    const { data = [] } = (await admin.get(`audit?filter=${filter}`)).body;
    const entries = (data as unknown as Record<string, unknown>[]).filter(({ act }) =>
      String(act).endsWith('.revoked'),
    );
    expect(entries).toMatchObject([{ before: { ends_at: before }, after: { ends_at: expect.any(String) as string } }]);
  });
});

describe('a connector account', () => {
  const SECRET = 'secret-of-an-upstream-client';
  let account: Body;
  const tokenIn = (body: Body): string =>
    /\/upstream\/checkout\/webhooks\/([\w-]{43})$/.exec(String(body['webhook_address']))?.[1] ?? '';

  beforeAll(async () => {
    watchSecret(SECRET);
    watchSecret(`${SECRET}-2`);
    // The second demo merchant is a working upstream, and so is this server.
    const key = await keyOf(merchant);
    const made = await admin.post('connector-accounts', {
      merchant_id: merchant['id'],
      connector: 'checkout',
      environment: 'test',
      name: 'Upstream',
      api_url: product.apiUrl,
      token_url: product.demo.tokenUrl,
      scopes: ALL,
      ...{ client_id: key['client_id'], client_secret: key['client_secret'] },
      expires_at: '2030-01-01T00:00:00Z',
    });
    expect(made.status).toBe(201);
    account = made.body;
  });

  it('is made once its credential was tried, and never shows a secret again', async () => {
    expect(account).toMatchObject({ status: 'active', expires_at: '2030-01-01T00:00:00.000Z' });
    watchSecret(tokenIn(account));
    const shown = await admin.get(`connector-accounts/${account['id']}`);

    expect(JSON.stringify(shown.body)).not.toMatch(/secret|sealed|webhook_address/);
    expect(await listed('connector-accounts', { merchant_id: merchant['id'] })).toMatchObject([
      { id: account['id'], client_id: account['client_id'] },
    ]);
  });

  it('is tested on demand', async () => {
    const { body } = await admin.post(`connector-accounts/${account['id']}/test`);

    expect(body['trials']).toMatchObject([{ client_id: account['client_id'], works: true }]);
    expect(await noted(account['id'])).toMatchObject({ act: 'connector_account.tested', after: { working: 1 } });
  });

  it('does not take a credential that its upstream refuses', async () => {
    const wrong = { client_id: 'somebody', client_secret: SECRET };

    const answer = await admin.post(`connector-accounts/${account['id']}/rotate`, wrong);

    expectRefusal(answer, 403, 'operation_not_allowed', 'upstream_client_refused');
  });

  it('gets another credential beside the present one, for the overlap', async () => {
    const next = { client_id: 'next', client_secret: `${SECRET}-2`, test: false, overlap_hours: 2 };

    const { body } = await admin.post(`connector-accounts/${account['id']}/rotate`, next);

    expect(body['credentials']).toMatchObject([
      { client_id: 'next', retires_at: null },
      { client_id: account['client_id'], retires_at: expect.any(String) as string },
    ]);
    expect(await noted(account['id'])).toMatchObject({
      act: 'connector_account.rotated',
      before: { client_id: account['client_id'] },
      after: { client_id: 'next' },
    });
  });

  it('is renamed, given a date, disabled and enabled', async () => {
    const path = `connector-accounts/${account['id']}`;

    expect((await admin.call('PATCH', path, { name: 'Main' })).body['name']).toBe('Main');
    expect((await admin.call('PUT', `${path}/expiry`, {})).body['expires_at']).toBeNull();
    expect((await admin.post(`${path}/disable`)).body['status']).toBe('disabled');
    expect((await admin.post(`${path}/enable`)).body['status']).toBe('active');
    expect(await noted(account['id'])).toMatchObject({ before: { status: 'disabled' }, after: { status: 'active' } });
  });

  it('gets keys for webhooks, two at most, and another address', async () => {
    const path = `connector-accounts/${account['id']}`;
    const add = (key: string) => {
      watchSecret(key);
      return admin.post(`${path}/webhook-keys`, { key });
    };

    expect((await add('first-webhook-key')).status).toBe(200);
    expect((await add('second-webhook-key')).status).toBe(200);
    expectRefusal(await add('third-webhook-key'), 403, 'operation_not_allowed', 'webhook_keys_full');
    expect((await admin.post(`${path}/retire-webhook-key`)).status).toBe(200);
    const { body } = await admin.post(`${path}/replace-webhook-address`);
    expect(tokenIn(body)).not.toBe(tokenIn(account));
    watchSecret(tokenIn(body));
  });
});

describe('whoever manages some merchants', () => {
  it('issues keys for these, and for nobody else', async () => {
    const other = (await admin.post('merchants', { name: 'Other' })).body;
    const manager = await inviteAndSignIn(product, 'manager@example.com', 'gravel lantern tiger', {
      role: 'merchant_admin',
      merchant_ids: [merchant['id']],
    });
    const wanted = (owner: Body) => ({ merchant_id: owner['id'], environment: 'test', scopes: ALL });

    expect((await manager.post('access-keys', wanted(merchant))).status).toBe(201);
    expectRefusal(await manager.post('access-keys', wanted(other)), 404, 'not_found', 'merchant_not_found');
    expectRefusal(
      await manager.post('channels', { merchant_id: other['id'], environment: 'test', name: 'X' }),
      404,
      'not_found',
      'merchant_not_found',
    );
    const channel = await channelOf(other);
    watchSecret(String(channel['webhook_secret']));
    expectRefusal(
      await manager.post('public-keys', { channel_id: channel['id'] }),
      404,
      'not_found',
      'channel_not_found',
    );
    expect((await manager.get('merchants')).body['data']).toMatchObject([{ id: merchant['id'] }]);
  });
});

it('leaves no secret in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
