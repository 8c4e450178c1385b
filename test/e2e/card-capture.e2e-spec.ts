/** Cards that pages hand over, sessions that take them, and cards that are kept: over HTTP, on both connectors. */
import { decodeId } from '@app/kernel';
import { loadConfig } from '@app/platform';
import { randomBytes, randomUUID } from 'node:crypto';
import { runCli } from '../../apps/server/src/cli/run-cli';
import { bearer, call, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { PASSWORD, playChallenge } from '../support/cardholder';
import { findLeaksOnDisk, walPosition, type WalPosition } from '../support/database-files';
import { findLeaks, watchedKinds } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { counts, rows } from '../support/rows';
import { eventually } from '../support/simulator';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const REFUSED = '4484070000035519';
const KEK = randomBytes(32).toString('base64');
const SHOP = 'https://shop.example';

let product: Product;
let since: WalPosition;
let native: DemoMerchant;
let second: DemoMerchant;
let checkout: DemoMerchant;

beforeAll(async () => {
  since = await walPosition();
  product = await startProduct({ COUNTERSIGN_KEK: KEK });
  [native, second, checkout] = product.demo.merchants as [DemoMerchant, DemoMerchant, DemoMerchant];
}, 120_000);

afterAll(() => product.stop());

const aCard = (number = CARD, more: object = {}): Record<string, unknown> => ({
  type: 'card',
  number,
  expiry_month: 12,
  expiry_year: 2030,
  cvv: '100',
  ...more,
});
const handOver = (body: unknown, key?: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(product, 'POST', '/tokens', key, body, headers);

async function tokenOf(merchant: DemoMerchant, number = CARD, more: object = {}): Promise<string> {
  const { status, body } = await handOver(aCard(number, more), merchant.publicKey);
  expect(status).toBe(201);
  return String(body['token']);
}

const by = (source: object, more: object = {}): Record<string, unknown> =>
  sessionRequest(CARD, { source, channel_data: BROWSER, ...more });
const instrumentOf = (session: Body): string => String(session['card']?.['instrument_id']);

async function cli(...args: string[]): Promise<Record<string, string>> {
  let out = '';
  let err = '';
  const config = () => loadConfig({ DATABASE_URL: product.database.url, COUNTERSIGN_KEK: KEK, COUNTERSIGN_DEMO: '1' });
  const code = await runCli([...args, '--json'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    config,
  });
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Record<string, string>;
}

describe('a page', () => {
  it.each(['', 'Bearer '])('hands a card over with its public key behind "%s", and gets a token', async (scheme) => {
    const said = {
      name: 'Ada Lovelace',
      billing_address: { address_line1: '1 Main Street', country: 'GB' },
      phone: { country_code: '+44', number: '7700900123' },
    };

    const { status, headers, body } = await handOver(aCard(CARD, said), scheme + native.publicKey);

    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      type: 'card',
      token: expect.stringMatching(/^tok_[a-z2-7]{26}$/) as string,
      expires_on: expect.any(String) as string,
      expiry_month: 12,
      expiry_year: 2030,
      scheme: 'Visa',
      last4: '6584',
      bin: '44850403',
      ...said,
    });
    const life = Date.parse(String(body['expires_on'])) - Date.now();
    expect(life).toBeGreaterThan(14 * 60_000);
    expect(life).toBeLessThanOrEqual(15 * 60_000);
  });

  it('is told every field that fails, and nothing is stored', async () => {
    const stored = (): Promise<unknown[]> => rows(product, 'SELECT count(*)::int AS n FROM card_token');
    const before = await stored();

    expectRefusal(
      await handOver({ number: '4485040371536585', expiry_month: 13, cvv: 'abc' }, native.publicKey),
      422,
      'unprocessable_entity',
      'expiry_month_invalid',
      'expiry_year_required',
      'cvv_invalid',
      'number_invalid',
    );

    expect(await stored()).toEqual(before);
  });

  it.each<[string, () => string | undefined]>([
    ['no key', () => undefined],
    ['a key that was never made', () => 'pk_aaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['a mistyped key', () => `${native.publicKey.slice(0, -1)}1`],
    ['a client id', () => native.clientId],
  ])('with %s is nobody', async (_what, key) => {
    expectRefusal(await handOver(aCard(), key()), 401, 'forbidden', 'unauthorized');
  });

  it('cannot do anything else with its key, and a backend’s token hands no card over', async () => {
    const token = await bearer(product, native);

    expectRefusal(await handOver(aCard(), token), 401, 'forbidden', 'unauthorized');
    for (const path of ['/sessions', '/instruments/src_aaaaaaaaaaaaaaaaaaaaaaaaaa']) {
      const method = path === '/sessions' ? 'POST' : 'GET';
      for (const key of [native.publicKey, `Bearer ${native.publicKey}`]) {
        const body = method === 'POST' ? sessionRequest(CARD) : undefined;
        expectRefusal(await call(product, method, path, key, body), 401, 'forbidden', 'unauthorized');
      }
    }
  });

  it('sends little, and JSON', async () => {
    expectRefusal(
      await handOver(aCard(CARD, { padding: 'x'.repeat(17_000) }), native.publicKey),
      413,
      'request_invalid',
      'body_too_large',
    );
    const form = await fetch(`${product.apiUrl}/tokens`, {
      method: 'POST',
      headers: { authorization: native.publicKey },
      body: new URLSearchParams({ number: CARD }),
    });
    expect([form.status, await form.json()]).toMatchObject([415, { error_codes: ['content_type_invalid'] }]);
  });

  it('of any origin may ask ahead, and read what it is answered, refusals too', async () => {
    const ahead = await fetch(`${product.apiUrl}/tokens`, {
      method: 'OPTIONS',
      headers: {
        origin: SHOP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(ahead.status).toBe(204);
    expect(Object.fromEntries(ahead.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
    });
    const answers = [
      await handOver(aCard(), native.publicKey, { origin: SHOP }),
      await handOver({}, native.publicKey, { origin: SHOP }),
      await handOver(aCard(), 'pk_nobody', { origin: SHOP }),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get('access-control-allow-origin')])).toEqual([
      [201, '*'],
      [422, '*'],
      [401, '*'],
    ]);
  });
});

describe('a public key', () => {
  it('for pages of some origins is for those, and for fields in a frame of ours', async () => {
    const origins = ['--origin', SHOP, '--origin', 'http://localhost:3000'];
    const { publicKey = '' } = await cli('public-key', 'create', '--channel', native.processingChannelId, ...origins);
    const from = (origin?: string): Promise<Answer> =>
      handOver(aCard(), publicKey, origin === undefined ? {} : { origin });

    for (const origin of [SHOP, 'http://localhost:3000', product.apiUrl]) expect((await from(origin)).status).toBe(201);
    for (const origin of ['https://other.example', `${SHOP}.other.example`, 'null', undefined])
      expectRefusal(await from(origin), 403, 'operation_not_allowed', 'origin_not_allowed');
  });

  it('that was revoked is refused a moment later', async () => {
    const { publicKey = '' } = await cli('public-key', 'create', '--channel', native.processingChannelId);
    expect((await handOver(aCard(), publicKey)).status).toBe(201);

    await cli('public-key', 'revoke', publicKey);

    const refused = await eventually(async () => {
      const answer = await handOver(aCard(), publicKey);
      return answer.status === 201 ? undefined : answer;
    });
    expectRefusal(refused, 401, 'forbidden', 'unauthorized');
  });
});

describe.each<[string, () => DemoMerchant]>([
  ['our own 3DS Server', () => native],
  ['an upstream', () => checkout],
])('through %s', (_name, merchantOf) => {
  let merchant: DemoMerchant;
  let calls: Calls;

  beforeAll(async () => {
    merchant = merchantOf();
    calls = new Calls(product, await bearer(product, merchant));
  });

  const created = async (source: object, more: object = {}): Promise<Body> => {
    const { status, body } = await calls.create(by(source, more));
    expect([status, body['error_codes']]).toEqual([201, undefined]);
    return body;
  };

  it('a token is a session’s card', async () => {
    const token = await tokenOf(merchant, CARD, { name: 'Ada Lovelace' });

    const session = await created({ type: 'token', token });

    expect(session).toMatchObject({ status: 'approved', scheme: 'visa' });
    expect(session['card']?.['fingerprint']).toEqual((await created(aCard()))['card']?.['fingerprint']);
    expect(JSON.stringify(await calls.read(session))).not.toContain(token);
  });

  it('a token is good for a session that is begun without device data, and for one that is hosted', async () => {
    const opened = await calls.create(
      sessionRequest(CARD, { source: { type: 'token', token: await tokenOf(merchant, CHALLENGED) } }),
    );
    expect([opened.status, opened.body['status']]).toEqual([202, 'pending']);
    await calls.report(opened.body, 'Y');
    const collected = await calls.collect(opened.body);
    expect(collected.body).toMatchObject({ status: 'challenged' });
    await playChallenge(collected.body, { password: PASSWORD });
    await eventually(async () => ((await calls.read(opened.body))['status'] === 'approved' ? true : undefined));

    const completion = { type: 'hosted', success_url: `${SHOP}/yes`, failure_url: `${SHOP}/no` };
    const hosted = await calls.create(
      sessionRequest(CARD, { source: { type: 'token', token: await tokenOf(merchant) }, completion }),
    );
    expect([hosted.status, hosted.body['next_actions']]).toEqual([202, ['redirect_cardholder']]);
  });

  it('a token is spent on one session, of however many ask at a time', async () => {
    const token = await tokenOf(merchant);
    const request = by({ type: 'token', token });

    const answers = await Promise.all([1, 2, 3, 4].map(() => calls.create(request)));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
    for (const answer of answers.filter(({ status }) => status === 422))
      expectRefusal(answer, 422, 'unprocessable_entity', 'invalid_token');
    expectRefusal(await calls.create(request), 422, 'unprocessable_entity', 'invalid_token');
  });

  it('a token survives a request that is not valid, and a repeated one gets its answer again', async () => {
    const token = await tokenOf(merchant);
    const request = by({ type: 'token', token });
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    const named = (): Promise<Answer> => call(product, 'POST', '/sessions', calls.authorization, request, headers);
    expectRefusal(
      await calls.create({ ...request, currency: 'EURO' }),
      422,
      'unprocessable_entity',
      'currency_invalid',
    );

    const [first, again] = [await named(), await named()];

    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('a token survives a card that is turned away: the cardholder may be asked for another, or sent elsewhere', async () => {
    const token = await tokenOf(merchant, REFUSED);
    const request = by({ type: 'token', token });

    const answers = [await calls.create(request), await calls.create(request)];

    for (const answer of answers) expectRefusal(answer, 403, 'operation_not_allowed', 'card_not_enrolled');
  });

  it.each(['store_for_future_use', 'stored'])(
    'a card is kept with %s, used again, shown masked, deleted',
    async (flag) => {
      const first = await created({ ...aCard(), name: 'Ada Lovelace', [flag]: true });
      const id = instrumentOf(first);
      const again = await created({ type: 'token', token: await tokenOf(merchant), [flag]: true });
      const used = await created({ type: 'id', id });

      expect([instrumentOf(again), instrumentOf(used)]).toEqual([id, id]);
      expect(used).toMatchObject({ status: 'approved', card: { fingerprint: first['card']?.['fingerprint'] } });
      const shown = await call(product, 'GET', `/instruments/${id}`, calls.authorization);
      expect([shown.status, shown.body]).toEqual([
        200,
        {
          id,
          type: 'card',
          fingerprint: first['card']?.['fingerprint'],
          expiry_month: 12,
          expiry_year: 2030,
          scheme: 'Visa',
          last4: '6584',
          bin: '44850403',
          name: 'Ada Lovelace',
          created_on: expect.any(String) as string,
          modified_on: expect.any(String) as string,
        },
      ]);

      const deleted = await call(product, 'DELETE', `/instruments/${id}`, calls.authorization);

      expect([deleted.status, deleted.body]).toEqual([204, {}]);
      expect(await rows(product, 'SELECT 1 FROM instrument WHERE id = $1', [decodeId('instrument', id)])).toEqual([]);
      for (const method of ['GET', 'DELETE'])
        expectRefusal(
          await call(product, method, `/instruments/${id}`, calls.authorization),
          404,
          'not_found',
          'instrument_not_found',
        );
      expect((await calls.create(by({ type: 'id', id }))).status).toBe(422);
      expect(instrumentOf(await calls.read(used))).toBe(id);
      expect(await rows(product, `SELECT act FROM access_log WHERE subject = $1`, [id])).toEqual([
        { act: 'instrument.deleted' },
      ]);
    },
  );

  it('a card is not kept unasked', async () => {
    const before = await rows(product, 'SELECT id FROM instrument');

    const session = await created({ type: 'token', token: await tokenOf(merchant) });

    expect(await rows(product, 'SELECT id FROM instrument')).toEqual(before);
    expect((await calls.create(by({ type: 'id', id: instrumentOf(session) }))).status).toBe(422);
  });
});

describe('a card that is not the merchant’s here', () => {
  it('is refused where no upstream could know it, and nothing is stored', async () => {
    const calls = new Calls(product, await bearer(product, native));
    const before = await counts(product);

    for (const [source, code] of [
      [{ type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54' }, 'invalid_token'],
      [{ type: 'token', token: await tokenOf(second) }, 'invalid_token'],
      [{ type: 'id', id: 'src_w4jelhppmfiufdnatndh3wtsfq' }, 'error_getting_instrument'],
    ] as const)
      expectRefusal(await calls.create(by(source)), 422, 'unprocessable_entity', code);

    expect(await counts(product)).toEqual(before);
  });

  it('goes to the upstream by its name, and is the upstream’s to know', async () => {
    const calls = new Calls(product, await bearer(product, checkout));
    const theirs = new Calls(product, await bearer(product, second));
    const kept = await theirs.create(by({ ...aCard(), stored: true }));

    const byToken = await calls.create(by({ type: 'token', token: await tokenOf(second) }));
    const byId = await calls.create(by({ type: 'id', id: instrumentOf(kept.body) }));

    expect([byToken.status, byToken.body['status']]).toEqual([201, 'approved']);
    expect([byId.status, byId.body['status']]).toEqual([201, 'approved']);
    expect(instrumentOf(byId.body)).toBe(instrumentOf(kept.body));
    expectRefusal(
      await calls.create(by({ type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54' })),
      422,
      'unprocessable_entity',
      'invalid_token',
    );
  });
});

it('a session’s secret is not for instruments', async () => {
  const calls = new Calls(product, await bearer(product, native));
  const { body } = await calls.create(by({ ...aCard(), stored: true }));

  for (const method of ['GET', 'DELETE'])
    expectRefusal(
      await call(product, method, `/instruments/${instrumentOf(body)}`, String(body['session_secret'])),
      403,
      'operation_not_allowed',
      'operation_not_allowed_for_session_secret',
    );
});

it('leaves no card number, secret, token or authentication value in logs, tables, database files or the write-ahead log', async () => {
  expect(watchedKinds().cards).toBeGreaterThan(2);

  expect(await findLeaks(product)).toEqual([]);
  expect(await findLeaksOnDisk(product.database, since)).toEqual([]);
  // Ids have letters by chance.
  expect(product.logs()).not.toMatch(/\bcvv\b|Lovelace|Main Street/);
});

describe('where time flies', () => {
  let fast: Product;

  beforeAll(async () => {
    // 15 minutes in three seconds.
    fast = await startProduct({ COUNTERSIGN_TIME_SCALE: '300' });
  }, 120_000);

  afterAll(() => fast.stop());

  it('a token that nobody spent is over, and its number erased by itself', async () => {
    const { body } = await call(fast, 'POST', '/tokens', fast.demo.publicKey, aCard());
    const token = String(body['token']);

    await eventually(async () => {
      const [row] = await rows<{ erased: boolean }>(
        fast,
        'SELECT sealed IS NULL AS erased FROM card_token WHERE id = $1',
        [decodeId('token', token)],
      );
      return row?.erased || undefined;
    }, 40_000);

    const authorization = await bearer(fast);
    expectRefusal(
      await call(fast, 'POST', '/sessions', authorization, by({ type: 'token', token })),
      422,
      'unprocessable_entity',
      'invalid_token',
    );
  });
});
