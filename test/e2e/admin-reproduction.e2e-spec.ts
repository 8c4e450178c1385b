import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { CARDS, PASSWORD, playChallenge, type Deed } from '../support/cardholder';
import { ConsoleClient, demoOperator, inviteAndSignIn } from '../support/console';
import { hosted, HostedPage } from '../support/hosted';
import { findLeaks } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { callbacksOf, callbackUrl, resetFaults, setFaults, transactionOf } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';

let product: Product;
let operator: ConsoleClient;
let calls: Calls;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
  calls = new Calls(product, await bearer(product));
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

const pathOf = (id: unknown): string => `sessions/${String(id)}/reproduce`;
const shown = async (id: unknown): Promise<Body> => (await operator.get(`sessions/${String(id)}`)).body;

/** All that a reproduction has to have in common with its original. */
const told = (session: Body): object => ({
  status: session['status'],
  status_reason: session['status_reason'],
  trans_status: session['trans_status'],
  trans_status_reason: session['trans_status_reason'],
  scheme: session['scheme'],
  amount: session['amount'],
  currency: session['currency'],
  reference: session['reference'],
  challenged: session['challenged'],
  challenge_indicator: session['challenge_indicator'],
  device_channel: session['device_channel'],
  protocol_version: session['protocol_version'],
});

async function ended(number: string, deeds: readonly Deed[] = [], extra: object = {}): Promise<string> {
  const session = await calls.open(number, { channel_data: BROWSER, ...extra });
  if (session['status'] === 'challenged' && deeds.length > 0) await playChallenge(session, ...deeds);
  return String(session['id']);
}

async function reproduced(id: string): Promise<{ original: Body; copy: Body }> {
  const { status, body } = await operator.post(pathOf(id), {});
  expect({ status, id: body['session_id'] }).toEqual({ status: 200, id: expect.stringMatching(/^sid_/) as string });
  return { original: await shown(id), copy: await shown(body['session_id']) };
}

describe('a reproduction ends as the session did', () => {
  it.each(
    CARDS.filter(({ flow }) => flow !== 'none').map((card) => [
      `${card.scheme} …${card.number.slice(-4)}, ${card.flow}: ${card.reason ?? card.status}`,
      card,
    ]),
  )('%s', async (_name, { number, scheme, status }) => {
    const id = await ended(number, [{ password: PASSWORD }], { challenge_indicator: 'challenge_requested' });

    const { original, copy } = await reproduced(id);

    expect(original).toMatchObject({ status, scheme });
    expect(told(copy)).toEqual(told(original));
  });

  it.each<[string, readonly Deed[]]>([
    ['cancelled its challenge', ['cancel']],
    ['had no right password', [{ password: 'no' }, { password: 'no' }, { password: 'no' }]],
  ])('whose cardholder %s', async (_name, deeds) => {
    const { original, copy } = await reproduced(await ended(CHALLENGED, deeds));

    expect(told(copy)).toEqual(told(original));
  });

  it('whose directory server did not understand, cut the connection, or answered an Erro', async () => {
    for (const mode of ['reset', 'html', 'erro']) {
      await setFaults(product, { ds: { mode, times: 1 } });
      const id = await ended(FRICTIONLESS);

      const { original, copy } = await reproduced(id);

      expect(original).toMatchObject({ status: 'unavailable', status_reason: 'ares_error' });
      expect(told(copy)).toEqual(told(original));
      const errorOf = ({ attempts_made: made }: Body): unknown => (made as unknown as Body[])[0]?.['error']?.['code'];
      expect(errorOf(copy)).toBe(errorOf(original));
    }
  });

  it('that an operator ended before anything was asked, or in its challenge', async () => {
    for (const [number, data] of [
      [FRICTIONLESS, {}],
      [CHALLENGED, { channel_data: BROWSER }],
    ] as const) {
      const id = String((await calls.open(number, data))['id']);
      await operator.post(`sessions/${id}/expire`, {});

      const { original, copy } = await reproduced(id);

      const { device_channel: _unknown, ...same } = told(original) as Body;
      expect(told(copy)).toMatchObject(same);
    }
  });

  it('that its cardholder left on our page', async () => {
    const session = await calls.open(CHALLENGED, hosted());
    const page = HostedPage.of(session);
    await page.take();
    await page.cancel();

    const { original, copy } = await reproduced(String(session['id']));

    expect([copy['status'], copy['verdict']]).toEqual([original['status'], original['verdict']]);
  });

  it('that went through an upstream', async () => {
    const merchant = product.demo.merchants.find(({ connector }) => connector === 'checkout') as DemoMerchant;
    const upstream = new Calls(product, await bearer(product, merchant));
    const session = await upstream.open('4539628347117863', { channel_data: BROWSER });

    const { original, copy } = await reproduced(String(session['id']));

    expect(copy).toMatchObject({ status: 'declined', connector: 'emv3ds', merchant_id: original['merchant_id'] });
    expect([copy['trans_status'], copy['trans_status_reason']]).toEqual([
      original['trans_status'],
      original['trans_status_reason'],
    ]);
  });
});

describe('reproducing', () => {
  it('is explained before: what is replayed and what is not', async () => {
    const id = await ended(CHALLENGED, [{ password: PASSWORD }]);

    const { status, body } = await operator.get(pathOf(id));

    expect({ status, kind: body['kind'], code: body['code'] }).toEqual({ status: 200, kind: 'replay', code: null });
    const words = JSON.stringify(body);
    expect(words).toContain('The simulator asks for a challenge.');
    expect(words).toContain('Its result is transStatus Y.');
    expect(words).toContain('The merchant is not called back.');
  });

  it('links both sessions, is in the audit log, and meets no fault of others', async () => {
    const id = await ended('4539628347117863');
    await setFaults(product, { ds: { mode: 'status500' } });

    const { original, copy } = await reproduced(id);

    expect(copy).toMatchObject({ reproduced_from: id, reproductions: [], status: 'declined' });
    expect(original).toMatchObject({ reproduced_from: null, reproductions: [copy['id']] });
    const filter = encodeURIComponent(JSON.stringify({ act: 'session.reproduced', subject: id }));
    const [entry] = (await operator.get(`audit?filter=${filter}`)).body['data'] as unknown as Body[];
    expect(entry).toMatchObject({ after: { session: copy['id'] } });
    const ofChannel = encodeURIComponent(JSON.stringify({ subject: copy['channel_id'] }));
    const noted = (await operator.get(`audit?limit=100&filter=${ofChannel}`)).body['data'] as unknown as Body[];
    expect(noted.map(({ act }) => act)).toContain('channel.created');
    expect(noted.map(({ act }) => act)).toContain('channel.acquirer_set');
  });

  it('carries neither the card nor the cardholder, and calls nobody back', async () => {
    const callback_url = callbackUrl(product);
    const id = await ended('4539628347117863', [], { completion: { type: 'non_hosted', callback_url } });

    const { original, copy } = await reproduced(id);

    expect(copy).toMatchObject({ callback_url: null, callbacks: [] });
    expect(copy['channel_id']).not.toBe(original['channel_id']);
    const [attempt] = copy['attempts_made'] as unknown as Body[];
    const { areq } = await transactionOf(product, String(attempt?.['transaction_id']));
    expect(areq).toMatchObject({ browserUserAgent: BROWSER.user_agent });
    const [kept] = await rows<{ ip: string }>(
      product,
      `SELECT browser->>'ipAddress' AS ip FROM session WHERE id = $1`,
      [uuidOf(String(copy['id']))],
    );
    expect(kept?.ip).toBe('203.0.113.1');
    expect(areq).not.toHaveProperty('cardholderName');
    expect(await callbacksOf(product, String(copy['id']))).toEqual([]);
  });

  it('is done once for a key, and as often as is wanted without', async () => {
    const id = await ended(FRICTIONLESS);
    const once = { 'idempotency-key': 'reproduce-it-once' };

    const first = await operator.post(pathOf(id), { reason: 'x' }, once);
    const second = await operator.post(pathOf(id), { reason: 'x' }, once);

    expect(second.body).toEqual(first.body);
    expectRefusal(await operator.post(pathOf(id), {}, once), 409, 'conflict', 'idempotency_key_reused');
    await operator.post(pathOf(id), {});
    expect((await shown(id))['reproductions']).toHaveLength(2);
  });

  it('of two operators at the same moment is one’s, or both have their own', async () => {
    const id = await ended(FRICTIONLESS);
    const role = { role: 'operator', all_merchants: true };
    const other = await inviteAndSignIn(product, 'second@example.com', 'gravel lantern tiger', role);

    const answers = await Promise.all([operator.post(pathOf(id), {}), other.post(pathOf(id), {})]);

    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectRefusal(answer, 409, 'duplicate_requests_detected', 'session_already_in_use');
    }
    const made = answers.flatMap(({ status, body }) => (status === 200 ? [body['session_id']] : []));
    expect(made.length).toBeGreaterThan(0);
    expect([...((await shown(id))['reproductions'] as unknown as string[])].sort()).toEqual(made.sort());
  });

  it('is refused with the reason', async () => {
    const open = await calls.open(CHALLENGED, { channel_data: BROWSER });
    expect((await operator.get(pathOf(open['id']))).body).toMatchObject({ code: 'session_not_final' });
    expectRefusal(await operator.post(pathOf(open['id']), {}), 403, 'operation_not_allowed', 'session_not_final');
    await calls.open('4484070000035519', { channel_data: BROWSER });
    const filter = encodeURIComponent(JSON.stringify({ bin: '44840700' }));
    const [refused] = (await operator.get(`sessions?filter=${filter}`)).body['data'] as unknown as Body[];
    expectRefusal(await operator.post(pathOf(refused?.['id']), {}), 409, 'conflict', 'session_refused');
  });
});

it('leaves no card number, secret or token in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
