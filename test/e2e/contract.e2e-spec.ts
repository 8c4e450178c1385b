import { BROWSER_DATA as DEVICE, bearer, call, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, pathOf } from '../support/calls';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { callbacksOf, callbackUrl, resetFaults, setFaults } from '../support/simulator';
import { onSocket, requestText } from '../support/wire';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const WITHOUT_METHOD = '4556085951507152';
const STATE = 'update_not_allowed_due_to_state';

let product: Product;
let token: string;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct();
  token = await bearer(product);
  sessions = new Calls(product, token);
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

describe('what SDKs send is taken as they send it:', () => {
  it('a content type with nothing behind it; and a completion is answered with nothing', async () => {
    const session = await sessions.open(CARD, { channel_data: BROWSER, completion: { type: 'non_hosted' } });
    const headers = { Authorization: token, 'Content-Type': 'application/json', 'Content-Length': '0' };

    const read = await onSocket(product, requestText('GET', pathOf(session), headers));
    const done = await onSocket(product, requestText('POST', pathOf(session, '/complete'), headers));

    expect(read.status).toBe(200);
    expect({ status: done.status, text: done.text }).toEqual({ status: 204, text: '' });
  });

  it('junk in the header that names the channel, on every call', async () => {
    const junk = { channel: 'undefined', 'cko-sdk-telemetry': '{"request_id":"x"}' };
    const send = (method: string, target: string, body?: unknown): Promise<Answer> =>
      call(product, method, target, token, body, junk);
    const request = sessionRequest(CARD, { completion: { type: 'non_hosted' } });

    const { status, body: session } = await send('POST', '/sessions', request);
    const answers = [
      await send('GET', pathOf(session)),
      await send('PUT', pathOf(session, '/issuer-fingerprint'), { three_ds_method_completion: 'Y' }),
      await send('PUT', pathOf(session, '/collect-data'), DEVICE),
      await send('POST', pathOf(session, '/complete')),
    ];

    expect(status).toBe(202);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 204]);
    expect(answers[0]?.body['next_actions']).toEqual(['collect_channel_data', 'issuer_fingerprint']);
  });

  it('words in other spellings', async () => {
    const { status, body } = await sessions.create({
      ...sessionRequest(CARD, { channel_data: { ...DEVICE, three_ds_method_completion: 'y' } }),
      authentication_category: 'nonPayment',
      transaction_type: 'quashi_card_transaction',
    });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      authentication_category: 'non_payment',
      transaction_type: 'quasi_card_transaction',
      status: 'approved',
    });
  });

  it('a completion in lower case, in every place', async () => {
    const [one, other] = [await sessions.open(CARD), await sessions.open(CARD)];

    expect((await sessions.report(one, 'n')).status).toBe(200);
    expect((await sessions.collect(other, { ...DEVICE, three_ds_method_completion: 'y' })).status).toBe(200);
    expect(await sessions.areq(other)).toMatchObject({ threeDSCompInd: 'Y' });
  });

  it('booleans that are missing are false', async () => {
    const { java_enabled: _java, javascript_enabled: _script, ...rest } = BROWSER;

    const session = await sessions.open(CARD, { channel_data: rest });

    expect(session).toMatchObject({ status: 'approved' });
    expect(await sessions.areq(session)).toMatchObject({ browserJavascriptEnabled: false });
  });

  it('an amount that is missing means that nothing is paid', async () => {
    const { amount: _amount, ...request } = sessionRequest(CARD, { channel_data: BROWSER });

    const { body } = await sessions.create(request);

    expect(body).toMatchObject({ amount: 0, authentication_category: 'non_payment', status: 'approved' });
    expect(await sessions.areq(body)).toMatchObject({ messageCategory: '02' });
  });

  it('what nobody knows is ignored, and null is nothing', async () => {
    const { status } = await sessions.create({
      ...sessionRequest(CARD),
      prior_transaction_reference: 'x',
      optimization: { optimized: true },
      reference: null,
      channel_data: null,
      unheard_of: { deep: [1] },
    });

    expect(status).toBe(202);
  });

  it('a network token, with what older clients add to it', async () => {
    const source = {
      type: 'network_token',
      token: CARD,
      token_type: 'vts',
      cryptogram: 'AAAA',
      expiry_month: 12,
      expiry_year: 2030,
    };

    const { status, body } = await sessions.create({ ...sessionRequest(CARD, { channel_data: BROWSER }), source });

    expect({ status, session: body }).toMatchObject({ status: 201, session: { status: 'approved', scheme: 'visa' } });
  });

  it('dates with and without a zone, and everything said of the customer comes back', async () => {
    const said = {
      account_info: { purchase_count: 3, account_date: '2024-05-01T10:11:12', account_change: '2026-08-03T10:11:12Z' },
      merchant_risk_info: { delivery_timeframe: 'same_day', gift_card_amount: '10' },
      authentication_type: 'installment',
      installment: { number_of_payments: 3, days_between_payments: 28, expiry: '20301231' },
      initial_transaction: { initial_session_id: 'sid_llraltf4jlwu5dxdtprcv7ba5i' },
      challenge_indicator: 'low_value',
    };

    const { status, body } = await sessions.create(sessionRequest(CARD, { ...said, channel_data: BROWSER }));

    expect(status).toBe(201);
    expect(body).toMatchObject({ ...said, status: 'approved', exemption: { requested: 'low_value' } });
  });
});

describe('the answer to a create', () => {
  it.each<[string, string, object | undefined, number, string, string[]]>([
    ['no device data', CARD, undefined, 202, 'pending', ['collect_channel_data', 'issuer_fingerprint']],
    ['no device data, no 3DS Method', WITHOUT_METHOD, undefined, 202, 'pending', ['collect_channel_data']],
    ['device data, no word on the 3DS Method', CARD, DEVICE, 202, 'pending', ['issuer_fingerprint']],
    ['device data, U', CARD, { ...DEVICE, three_ds_method_completion: 'U' }, 202, 'pending', ['issuer_fingerprint']],
    ['device data, N', CARD, { ...DEVICE, three_ds_method_completion: 'N' }, 201, 'approved', ['complete']],
    ['device data, Y', CARD, BROWSER, 201, 'approved', ['complete']],
    ['device data, no 3DS Method', WITHOUT_METHOD, DEVICE, 201, 'approved', ['complete']],
    ['device data, to be challenged', CHALLENGED, BROWSER, 201, 'challenged', ['challenge_cardholder']],
    ['device data, no issuer', '4452927588210665', BROWSER, 201, 'unavailable', ['complete']],
  ])('with %s', async (_with, number, channelData, status, state, actions) => {
    const answer = await sessions.create(sessionRequest(number, { channel_data: channelData }));

    expect({ status: answer.status, body: answer.body }).toMatchObject({
      status,
      body: { status: state, next_actions: actions, completed: false, _links: { self: {} } },
    });
    expect('acs' in answer.body).toBe(state === 'approved' || state === 'challenged');
  });

  it.each([
    ['no 3DS Method, Y', WITHOUT_METHOD, 'Y', 'U'],
    ['no 3DS Method, nothing', WITHOUT_METHOD, undefined, 'U'],
    ['a 3DS Method, Y', CARD, 'Y', 'Y'],
    ['a 3DS Method, N', CARD, 'N', 'N'],
    ['a 3DS Method, U', CARD, 'U', 'N'],
    ['a 3DS Method, nothing', CARD, undefined, 'N'],
  ])('and to device data: %s is told to the issuer as it is', async (_what, number, said, told) => {
    const session = await sessions.open(number);

    const { status, body } = await sessions.collect(session, { ...DEVICE, three_ds_method_completion: said });

    expect({ status, state: body['status'] }).toEqual({ status: 200, state: 'approved' });
    expect(await sessions.areq(session)).toMatchObject({ threeDSCompInd: told });
  });
});

describe('the order of calls', () => {
  it('lets the 3DS Method be reported before the device data, also as failed', async () => {
    const session = await sessions.open(CARD);

    expect(await sessions.report(session, 'N')).toMatchObject({ status: 200, body: { status: 'pending' } });
    expect(await sessions.collect(session, DEVICE)).toMatchObject({ status: 200, body: { status: 'approved' } });
    expect(await sessions.areq(session)).toMatchObject({ threeDSCompInd: 'N' });
  });

  it('asks the issuer once the 3DS Method is reported, when the device data was there before', async () => {
    const session = await sessions.open(CHALLENGED, { channel_data: DEVICE });

    expect(await sessions.report(session, 'U')).toMatchObject({ status: 200, body: { status: 'challenged' } });
  });

  it.each<[string, (session: Body) => Promise<Answer>, string]>([
    ['device data twice', async (session) => sessions.collect(session), CARD],
    ['a 3DS Method after the device data', async (session) => sessions.report(session, 'Y'), CARD],
    ['completion during a challenge', async (session) => sessions.complete(session), CHALLENGED],
    ['device data during a challenge', async (session) => sessions.collect(session), CHALLENGED],
  ])('refuses %s', async (_what, act, number) => {
    const session = await sessions.open(number);
    const { body: before } = await sessions.collect(session);

    expectRefusal(await act(session), 403, 'operation_not_allowed', STATE);
    expect(await sessions.read(session)).toMatchObject({ status: before['status'] });
  });

  it('refuses completion before there is a result', async () => {
    expectRefusal(await sessions.complete(await sessions.open(CARD)), 403, 'operation_not_allowed', STATE);
  });

  it('refuses the report of a 3DS Method that does not exist', async () => {
    const code = 'three_ds_method_not_supported_without_url';
    expectRefusal(await sessions.report(await sessions.open(WITHOUT_METHOD), 'Y'), 403, 'operation_not_allowed', code);
  });

  it('lets one of several parallel calls through and tells the others that the session is busy', async () => {
    await setFaults(product, { ds: { mode: 'slow', delayMs: 500 } });
    const session = await sessions.open(CARD);

    const answers = await Promise.all(Array.from({ length: 8 }, () => sessions.collect(session)));

    const [winner, ...more] = answers.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    expect(winner?.body).toMatchObject({ status: 'approved' });
    for (const loser of answers.filter((answer) => answer !== winner))
      expectRefusal(loser, 409, 'duplicate_requests_detected', 'session_already_in_use');
  });

  it('tells also the one that comes while the issuer is still being asked', async () => {
    await setFaults(product, { ds: { mode: 'slow', delayMs: 4_000 } });
    const session = await sessions.open(CARD);

    const first = sessions.collect(session);
    await new Promise((passed) => setTimeout(passed, 300));
    const others = [await sessions.collect(session), await sessions.report(session, 'Y')];
    const completion = await sessions.complete(session);

    expectRefusal(completion, 403, 'operation_not_allowed', STATE);
    for (const other of others) expectRefusal(other, 409, 'duplicate_requests_detected', 'session_already_in_use');
    expect(await first).toMatchObject({ status: 200, body: { status: 'approved' } });
  });
});

describe('completion', () => {
  const final = (completion: object): Promise<Body> =>
    sessions.open(CARD, { channel_data: BROWSER, completion: { type: 'non_hosted', ...completion } });

  it('happens once', async () => {
    const session = await final({ callback_url: callbackUrl(product) });

    expect(await sessions.complete(session)).toMatchObject({ status: 204 });
    expectRefusal(await sessions.complete(session), 403, 'operation_not_allowed', STATE);
    expect(await sessions.read(session)).toMatchObject({ completed: true, next_actions: [] });
    expect(await callbacksOf(product, String(session['id']))).toHaveLength(1);
  });

  it('needs no callback address', async () => {
    const session = await final({});

    expect(session['_links']).not.toHaveProperty('callback_url');
    expect(await sessions.complete(session)).toMatchObject({ status: 204 });
    expect(await sessions.read(session)).toMatchObject({ completed: true, next_actions: [] });
  });

  it.each(['status500', 'reset', 'timeout'])(
    'fails when the callback does (%s), and can be tried again',
    async (mode) => {
      await setFaults(product, { callback: { mode } });
      const session = await final({ callback_url: callbackUrl(product) });
      const startedAt = performance.now();

      expectRefusal(await sessions.complete(session), 502, 'callback_failed', 'session_callback_failed');
      expect(performance.now() - startedAt).toBeLessThan(8_000);
      expect(await sessions.read(session)).toMatchObject({ completed: false, next_actions: ['complete'] });

      await resetFaults(product);
      expect(await sessions.complete(session)).toMatchObject({ status: 204 });
      expect(await sessions.read(session)).toMatchObject({ completed: true, next_actions: [] });
      expect(await callbacksOf(product, String(session['id']))).toHaveLength(1);
    },
  );

  it('carries the reason of a refusal under both of its names', async () => {
    const session = await sessions.open('4539628347117863', {
      channel_data: BROWSER,
      completion: { type: 'non_hosted', callback_url: callbackUrl(product) },
    });

    await sessions.complete(session);

    const [callback] = await callbacksOf(product, String(session['id']));
    expect(callback).toMatchObject({
      verified: true,
      body: {
        status: 'declined',
        approved: false,
        response_code: 'N',
        response_reason: '01',
        response_status_reason: '01',
      },
    });
    expect(callback?.body).not.toHaveProperty('cryptogram');
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
