/** The Checkout.com connector against the scripted upstream, which fails in every way that it can. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionRequest, type Body } from '../support/api';
import { BROWSER, expectRefusal } from '../support/calls';
import { PASSWORD, playChallenge } from '../support/cardholder';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { rows, statusesOf, uuidOf } from '../support/rows';
import { eventually } from '../support/simulator';
import { UpstreamMerchants, type UpstreamMerchant } from '../support/upstream-merchants';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const KEK = randomBytes(32).toString('base64');
/** A minute of the product's clock takes three seconds. */
const TIME_SCALE = 20;

let product: Product;
let merchants: UpstreamMerchants;

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_KEK: KEK, COUNTERSIGN_TIME_SCALE: String(TIME_SCALE) });
  merchants = await UpstreamMerchants.open(product, KEK);
}, 120_000);

afterEach(() => merchants.upstream.control('DELETE', '/faults'));
afterAll(async () => {
  await merchants?.close();
  await product.stop();
});

const WITH_DATA = { channel_data: BROWSER };
const idOf = (session: Body): string => String(session['id']);
const statusOf = (session: Body): string => String(session['status']);

/** What the upstream has of a session of ours: every one that was made there. */
async function there(session: Body): Promise<Body[]> {
  const { data } = await merchants.upstream.control('GET', '/sessions');
  const all = data as unknown as Body[];
  return all.filter((one) => String(one['request']?.['reference'] ?? one['reference']).startsWith(idOf(session)));
}

async function becomes({ calls }: UpstreamMerchant, session: Body, status: string): Promise<Body> {
  return eventually(async () => {
    const now = await calls.read(session);
    return statusOf(now) === status ? now : undefined;
  }, 30_000);
}

/** The same, without anybody who reads it through the API. */
async function becomesByItself(session: Body, status: string): Promise<void> {
  await eventually(async () => {
    const [row] = await rows<{ status: string }>(product, 'SELECT status FROM session WHERE id = $1', [
      uuidOf(idOf(session)),
    ]);
    return row?.status === status || undefined;
  }, 30_000);
}

const tokenRequests = async ({ clientId }: UpstreamMerchant): Promise<number> =>
  Number((await merchants.upstream.control('GET', '/token-requests'))['counts']?.[clientId] ?? 0);

const strike = ({ clientId }: UpstreamMerchant, ...faults: object[]): Promise<void> =>
  merchants.upstream.faults(...faults.map((fault) => ({ clientId, ...fault })));

describe('a creation that asks the issuer', () => {
  it.each<[string, object]>([
    ['answers slowly', { mode: 'slow', delayMs: 1_500 }],
    ['voids the token of the call', { mode: 'revoke_token', times: 1 }],
    ['is busy for a second', { mode: 'status429', retryAfterSeconds: 1, times: 1 }],
    ['has a clock that is an hour ahead', { on: 'any', mode: 'clock_skew', skewMs: 3_600_000 }],
    ['has a clock that is an hour behind', { on: 'any', mode: 'clock_skew', skewMs: -3_600_000 }],
  ])('is answered as if nothing was wrong when the upstream %s', async (_how, fault) => {
    const merchant = await merchants.add();
    await strike(merchant, { on: 'create', ...fault });

    const { status, body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect([status, statusOf(body)]).toEqual([201, 'approved']);
    expect(await there(body)).toHaveLength(1);
  });

  it('goes on behind the answer when the upstream takes longer than a merchant waits', async () => {
    const merchant = await merchants.add();
    await strike(merchant, { on: 'create', mode: 'slow', delayMs: 7_600, times: 1 });

    const { status, body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect([status, statusOf(body)]).toEqual([201, 'processing']);
    await becomesByItself(body, 'approved');
    expect(await there(body)).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['does not let the account do that', { mode: 'status403', errorCodes: ['operation_not_allowed'] }],
    ['knows another request that is the same', { mode: 'status409' }],
    ['is busy for a minute', { mode: 'status429', retryAfterSeconds: 60 }],
    ['never takes a token', { mode: 'status401' }],
  ])('ends unavailable, with the reason, when the upstream %s: nobody was asked', async (_what, fault) => {
    const merchant = await merchants.add();
    await strike(merchant, { on: 'create', ...fault });

    const { status, body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect([status, statusOf(body)]).toEqual([201, 'unavailable']);
    expect(String(body['3ds']?.['error_details']?.['error_detail'])).toMatch(/40[139]|429/);
    expect(await there(body)).toEqual([]);
  });

  it('is refused in the words of the upstream where they are about the request', async () => {
    const merchant = await merchants.add();
    await strike(merchant, { on: 'create', mode: 'status422', errorCodes: ['source_billing_address_zip_invalid'] });

    const answer = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expectRefusal(answer, 422, 'unprocessable_entity', 'source_billing_address_zip_invalid');
  });

  describe.each<[string, object]>([
    ['is lost after the work was done', { mode: 'lost_answer' }],
    ['is cut in the middle', { mode: 'cut_body' }],
    ['is a page', { mode: 'html' }],
    ['is half of it', { mode: 'truncated_json' }],
    ['has wrong types', { mode: 'wrong_types' }],
    ['is empty', { mode: 'empty' }],
    ['is an error after the work was done', { mode: 'status500', after: true }],
    ['is cut off after the work was done', { mode: 'reset', after: true }],
  ])('whose answer %s', (_how, fault) => {
    it('is never sent again, and restored by a webhook that carries our reference', async () => {
      const merchant = await merchants.add({ webhooks: true });
      await strike(merchant, { on: 'create', ...fault, times: 1 });

      const { status, body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

      expect(status).toBe(201);
      expect(['processing', 'approved']).toContain(statusOf(body));
      await becomesByItself(body, 'approved');
      const final = await merchant.calls.read(body);
      const [one, ...more] = await there(body);
      expect(more).toEqual([]);
      expect(final).toMatchObject({
        response_code: 'Y',
        eci: '05',
        cryptogram: expect.any(String) as string,
        upstream: { connector: 'checkout', session_id: one?.['id'] },
      });
    });
  });

  it.each(['lost_answer', 'empty'])(
    'whose answer came to nothing (%s), where the upstream sends no webhooks, ends unavailable and is never sent again',
    async (mode) => {
      const merchant = await merchants.add();
      await strike(merchant, { on: 'create', mode });

      const { body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

      expect(statusOf(body)).toBe('processing');
      const final = await becomes(merchant, body, 'unavailable');
      expect(final).toMatchObject({ approved: false, response_code: 'U' });
      expect(final).not.toHaveProperty('cryptogram');
      expect(await there(body)).toHaveLength(1);
    },
  );

  it.each(['unknown_status', 'unknown_next_action'])(
    'whose answer is not understood (%s) is no success, and asking tells',
    async (mode) => {
      const merchant = await merchants.add();
      await strike(merchant, { on: 'create', mode, times: 1 });

      const { body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

      await becomesByItself(body, 'approved');
      expect(await there(body)).toHaveLength(1);
    },
  );

  it('that the upstream never ends is unavailable at its deadline', async () => {
    const merchant = await merchants.add();
    await strike(merchant, { on: 'create', mode: 'never_final' });

    const { body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect(statusOf(body)).toBe('processing');
    expect(await becomes(merchant, body, 'unavailable')).toMatchObject({ approved: false });
  });
});

describe('a session that was opened without device data', () => {
  it.each(['lost_answer', 'cut_body', 'html', 'empty', 'reset', 'status500', 'status503'])(
    'is opened again when the answer was none (%s): no issuer was asked',
    async (mode) => {
      const merchant = await merchants.add();
      await strike(merchant, { on: 'create', mode, times: 1 });

      const { status, body } = await merchant.calls.create(sessionRequest(CARD));

      expect([status, statusOf(body)]).toEqual([202, 'pending']);
      await merchant.calls.report(body, 'Y');
      expect((await merchant.calls.collect(body)).body).toMatchObject({ status: 'approved' });
    },
  );

  it.each(['collect_data', 'issuer_fingerprint'])(
    'learns what became of a lost %s by reading it, and sends it once',
    async (endpoint) => {
      const merchant = await merchants.add();
      const opened = await merchant.calls.open(
        CARD,
        endpoint === 'collect_data' ? {} : { channel_data: { ...BROWSER, three_ds_method_completion: undefined } },
      );
      await strike(merchant, { on: endpoint, mode: 'lost_answer' });

      const { status } =
        endpoint === 'collect_data' ? await merchant.calls.collect(opened) : await merchant.calls.report(opened, 'Y');

      expect(status).toBe(200);
      await becomesByItself(opened, 'approved');
      const [one] = await there(opened);
      const path = `/calls?endpoint=${endpoint}&session_id=${String(one?.['id'])}`;
      expect((await merchants.upstream.control('GET', path))['data']).toHaveLength(1);
    },
  );
});

describe('webhooks', () => {
  const challenge = async (merchant: UpstreamMerchant): Promise<Body> => {
    const session = await merchant.calls.open(CHALLENGED, WITH_DATA);
    expect(session).toMatchObject({ status: 'challenged' });
    return session;
  };
  const deliveriesOf = async (session: Body): Promise<{ type: string; statuses: number[] }[]> => {
    const upstreamId = String(session['upstream']?.['session_id']);
    const { data } = await merchants.upstream.control('GET', `/webhooks?session_id=${upstreamId}`);
    const events = data as unknown as { type: string; deliveries: { status: number }[] }[];
    return events.map(({ type, deliveries }) => ({ type, statuses: deliveries.map(({ status }) => status) }));
  };

  it.each<[string, object[]]>([
    ['as they should', []],
    ['twice', [{ mode: 'duplicate' }]],
    ['late', [{ mode: 'late', delayMs: 1_500 }]],
    ['in the wrong order', [{ mode: 'out_of_order', delayMs: 3_000 }]],
    ['never', [{ mode: 'drop' }]],
    ['with a wrong signature', [{ mode: 'bad_signature' }]],
    ['without a signature', [{ mode: 'unsigned' }]],
  ])('that come %s: the result counts once', async (_how, faults) => {
    const merchant = await merchants.add({ webhooks: true });
    await strike(merchant, ...faults.map((fault) => ({ on: 'webhook', ...fault })));
    const session = await challenge(merchant);

    await playChallenge(session, { password: PASSWORD });

    await becomesByItself(session, 'approved');
    await sleep(2_000);
    expect(await statusesOf(product, idOf(session))).toEqual(['pending', 'processing', 'challenged', 'approved']);
  });

  it('that are not signed are refused and not believed', async () => {
    const merchant = await merchants.add({ webhooks: true });
    await strike(merchant, { on: 'webhook', mode: 'bad_signature' });
    const session = await challenge(merchant);

    const delivered = await eventually(async () => {
      const found = (await deliveriesOf(session)).flatMap(({ statuses }) => statuses);
      return found.length > 0 ? found : undefined;
    });

    expect(new Set(delivered)).toEqual(new Set([401]));
    const seen = `SELECT 1 FROM notice_seen WHERE session_id = $1 AND connector = 'checkout'`;
    expect(await rows(product, seen, [uuidOf(idOf(session))])).toEqual([]);
  });

  it('that are broken as some real ones are repaired', async () => {
    const merchant = await merchants.add({ webhooks: true });
    await strike(merchant, { on: 'webhook', mode: 'malformed' });
    const session = await challenge(merchant);
    const wrong = { password: 'wrong' };

    await playChallenge(session, wrong, wrong, wrong);

    await becomesByItself(session, 'declined');
    const told = await eventually(async () => {
      const found = (await deliveriesOf(session)).filter(({ type }) => type === 'authentication_failed');
      return found.some(({ statuses }) => statuses.length > 0) ? found : undefined;
    });
    expect(told.flatMap(({ statuses }) => statuses)).toEqual([200]);
  });

  it('of sessions that are not ours are acknowledged and ignored', async () => {
    const merchant = await merchants.add({ webhooks: true });
    const { body: token } = await merchants.upstream.token(merchant.clientId, merchant.clientSecret);
    const authorization = `Bearer ${String(token['access_token'])}`;

    const { body } = await merchants.upstream.send(
      'POST',
      '/upstream/sessions',
      { authorization },
      {
        ...sessionRequest(CARD, WITH_DATA),
        completion: { type: 'non_hosted' },
      },
    );

    const own = { upstream: { session_id: body['id'] } } as unknown as Body;
    const delivered = await eventually(async () => {
      const found = (await deliveriesOf(own)).flatMap(({ statuses }) => statuses);
      return found.length > 0 ? found : undefined;
    });
    expect(new Set(delivered)).toEqual(new Set([200]));
  });
});

describe('upstream tokens', () => {
  /** Creates sessions one after the other for a while; the statuses that were not approved. */
  const shop = async ({ calls }: UpstreamMerchant, forMs: number): Promise<string[]> => {
    const until = Date.now() + forMs;
    const failed: string[] = [];
    while (Date.now() < until) {
      const { status, body } = await calls.create(sessionRequest(CARD, WITH_DATA));
      if (statusOf(body) !== 'approved') failed.push(`${status} ${statusOf(body)} ${JSON.stringify(body['3ds'])}`);
      await sleep(50);
    }
    return failed;
  };

  it('are fetched once for many sessions', async () => {
    const merchant = await merchants.add();

    const created = await Promise.all(Array.from({ length: 20 }, () => merchant.calls.open(CARD, WITH_DATA)));

    expect(created.map(statusOf)).toEqual(Array(20).fill('approved'));
    expect(await tokenRequests(merchant)).toBe(1);
  });

  it('that live for three seconds serve without a failed session', async () => {
    const merchant = await merchants.add({ upstream: { expiresIn: 3 } });

    expect(await shop(merchant, 8_000)).toEqual([]);

    expect(await tokenRequests(merchant)).toBeLessThanOrEqual(5);
  });

  it('that die before their time are replaced, without a failed session', async () => {
    const merchant = await merchants.add({ upstream: { expiresIn: 3_600, tokenLife: 2 } });

    expect(await shop(merchant, 5_000)).toEqual([]);
  });

  it('outlive a token endpoint that is down for half of their life, the time of their renewal in it', async () => {
    const merchant = await merchants.add({ upstream: { expiresIn: 20 } });
    expect(await shop(merchant, 5_000)).toEqual([]);

    // Renewal begins at 15 to 16 s, and the token serves until 19 s.
    await strike(merchant, { on: 'token', mode: 'status503' });
    const shopping = shop(merchant, 16_000);
    const inVain = await eventually(async () => {
      const asked = (await tokenRequests(merchant)) - 1;
      return asked > 0 ? asked : undefined;
    });
    await merchants.upstream.control('DELETE', '/faults');

    expect(await shopping).toEqual([]);
    expect(await tokenRequests(merchant)).toBeGreaterThan(1 + inVain);
  });

  it('are asked for once with a wrong secret, and then not until it was rotated', async () => {
    const merchant = await merchants.add({ clientSecret: 'a-wrong-secret' });
    for (let count = 0; count < 8; count++) {
      expect(statusOf(await merchant.calls.open(CARD, WITH_DATA))).toBe('unavailable');
    }
    expect(await tokenRequests(merchant)).toBe(1);
    const folder = await mkdtemp(join(tmpdir(), 'secret-'));
    const file = join(folder, 'secret');
    await writeFile(file, merchant.clientSecret);

    await merchants.cli(
      'connector-account',
      'rotate',
      merchant.accountId,
      '--client-id',
      merchant.clientId,
      '--client-secret-file',
      file,
    );
    await rm(folder, { recursive: true });

    // The command tried the secret once, and the server uses it within five seconds.
    await eventually(async () =>
      statusOf(await merchant.calls.open(CARD, WITH_DATA)) === 'approved' ? true : undefined,
    );
    expect(await tokenRequests(merchant)).toBe(3);
  });
});

describe('what the upstream carries', () => {
  const app = {
    channel: 'app',
    sdk_app_id: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
    sdk_max_timeout: 5,
    sdk_encrypted_data: 'eyJh.b.c.d.e',
    sdk_ephem_pub_key: {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
    sdk_reference_number: '3DS_LOA_SDK_PPFU_020100_00007',
    sdk_transaction_id: 'b2385523-a66c-4907-ac3c-91848e8c0067',
    sdk_interface_type: 'both',
    sdk_ui_elements: ['single_select', 'html_other'],
  };

  it('an app: at once, or with what its challenge needs', async () => {
    const merchant = await merchants.add({ webhooks: true });

    const atOnce = await merchant.calls.open(CARD, { channel_data: app });
    const challenged = await merchant.calls.open(CHALLENGED, { channel_data: app });

    expect(atOnce).toMatchObject({ status: 'approved', cryptogram: expect.any(String) as string });
    expect(challenged).toMatchObject({
      status: 'challenged',
      acs: { signed_content: expect.stringMatching(/^ey/) as string },
    });
    const upstreamId = String(challenged['upstream']?.['session_id']);
    await merchants.upstream.control('POST', `/sessions/${upstreamId}/settle`, { status: 'approved' });
    await becomesByItself(challenged, 'approved');
  });

  it('payments without their cardholder', async () => {
    const merchant = await merchants.add();

    const { status, body } = await merchant.calls.create(
      sessionRequest(CARD, {
        channel_data: { channel: 'merchant_initiated', request_type: 'recurring_transaction' },
        authentication_type: 'recurring',
        recurring: { days_between_payments: 28, expiry: '20301231' },
      }),
    );

    expect({ status, body }).toMatchObject({ status: 201, body: { status: 'approved' } });
  });

  it('cards that it keeps: an instrument, and a token', async () => {
    const merchant = await merchants.add();
    const first = await merchant.calls.open(CARD, WITH_DATA);
    const instrument = String(first['card']?.['instrument_id']);
    const token = 'tok_4gzeau5o2uqubbk6fufs3m7p54';
    await merchants.upstream.control('PUT', `/accounts/${merchant.clientId}/instruments/${token}`, { number: CARD });

    for (const source of [
      { type: 'id', id: instrument },
      { type: 'token', token },
    ]) {
      const { status, body } = await merchant.calls.create(sessionRequest(CARD, { ...WITH_DATA, source }));

      expect({ status, body }).toMatchObject({ status: 201, body: { status: 'approved' } });
    }
    const unknown = { type: 'id', id: 'src_wmlfc3zyhqzehihu7giusaaawu' };
    const refused = await merchant.calls.create(sessionRequest(CARD, { ...WITH_DATA, source: unknown }));
    expect(refused.status).toBe(422);
  });

  it('payments by identifier, at its own gateway', async () => {
    const merchant = await merchants.add();
    const session = await merchant.calls.open(CARD, WITH_DATA);
    const [one] = await there(session);

    expect(session['upstream']).toEqual({ connector: 'checkout', session_id: one?.['id'] });
    const response = await fetch(`${product.apiUrl}/sessions/${idOf(session)}/authorization-data`, {
      headers: { authorization: merchant.calls.authorization },
    });
    expect(await response.json()).toMatchObject({
      checkout: { by_identifier: { '3ds': { enabled: true, authentication_id: one?.['id'] } } },
    });
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
