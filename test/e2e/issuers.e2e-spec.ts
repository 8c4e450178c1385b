import { bearer, sessionRequest, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { PASSWORD, playChallenge, returnToMerchant, type Deed } from '../support/cardholder';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { storyOf } from '../support/rows';
import { callbacksOf, callbackUrl, eventually, resetFaults, sendResult, setFaults } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';
const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };

let product: Product;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct();
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

async function challenge(extra: Record<string, unknown> = {}): Promise<Body> {
  const session = await sessions.open(CHALLENGED, { channel_data: BROWSER, ...extra });
  expect(session).toMatchObject({ status: 'challenged' });
  return session;
}

/** The session once the issuer side has spoken. */
const settled = (session: Body): Promise<Body> =>
  eventually(async () => {
    const body = await sessions.read(session);
    return (body['status'] as unknown) === 'processing' ? undefined : body;
  });

const idOf = (session: Body): string => String(session['id']);
const transactionIdOf = (session: Body): string => String(session['transaction_id']);

describe('a directory server', () => {
  it.each([
    ['cuts the connection', 'reset', '405', 'S'],
    ['answers noise', 'garbage', '101', 'S'],
    ['answers a page', 'html', '101', 'S'],
    ['answers nothing', 'empty', '405', 'S'],
    ['answers an Erro', 'erro', '403', 'D'],
    ['fails', 'status500', '405', 'S'],
  ])('that %s leaves the session unavailable, within 8 s', async (_what, mode, code, component) => {
    await setFaults(product, { ds: { mode, scheme: 'visa' } });
    const startedAt = performance.now();

    const { status, body } = await sessions.create(sessionRequest(FRICTIONLESS, { channel_data: BROWSER }));

    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'unavailable',
      status_reason: 'ares_error',
      approved: false,
      response_code: 'U',
      next_actions: ['complete'],
      '3ds': {
        error_details: {
          error_code: code,
          error_component: component,
          error_description: expect.any(String) as string,
          error_detail: expect.any(String) as string,
        },
      },
    });
    expect(body).not.toHaveProperty('cryptogram');
    expect(await sessions.read(body)).toEqual(body);
  });

  it('that takes longer than a merchant waits is waited for behind the answer', async () => {
    await setFaults(product, { ds: { mode: 'slow', delayMs: 9_000 } });
    const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
    const pending = await sessions.open(FRICTIONLESS);
    const startedAt = performance.now();

    const [created, collected, challenging] = await Promise.all([
      sessions.create(sessionRequest(FRICTIONLESS, { channel_data: BROWSER, completion })),
      sessions.collect(pending),
      sessions.create(sessionRequest(CHALLENGED, { channel_data: BROWSER })),
    ]);

    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect([created.status, collected.status, challenging.status]).toEqual([201, 200, 201]);
    for (const { body } of [created, collected, challenging]) {
      expect(body).toMatchObject({ status: 'processing', next_actions: [], completed: false });
      expect(body).not.toHaveProperty('response_code');
    }
    const [one, two, three] = await Promise.all([settled(created.body), settled(pending), settled(challenging.body)]);
    expect([one, two]).toMatchObject([{ status: 'approved' }, { status: 'approved' }]);
    expect(three).toMatchObject({ status: 'challenged', next_actions: ['challenge_cardholder'] });
    await playChallenge(three, RIGHT);
    expect(await sessions.read(three)).toMatchObject({ status: 'approved' });
    expect(await sessions.complete(one)).toMatchObject({ status: 204 });
    expect(await callbacksOf(product, idOf(one))).toMatchObject([{ verified: true, body: { status: 'approved' } }]);
  });

  it('that never answers leaves the session unavailable in the end', async () => {
    await setFaults(product, { ds: { mode: 'timeout' } });
    const startedAt = performance.now();

    const { status, body } = await sessions.create(sessionRequest(FRICTIONLESS, { channel_data: BROWSER }));

    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect({ status, body }).toMatchObject({ status: 201, body: { status: 'processing', next_actions: [] } });
    expect(await settled(body)).toMatchObject({
      status: 'unavailable',
      status_reason: 'ares_error',
      response_code: 'U',
      next_actions: ['complete'],
      '3ds': { error_details: { error_code: '402', error_component: 'S' } },
    });
  });

  it('that is slow is waited for', async () => {
    await setFaults(product, { ds: { mode: 'slow', delayMs: 1_500 } });

    expect(await sessions.open(FRICTIONLESS, { channel_data: BROWSER })).toMatchObject({ status: 'approved' });
  });
});

describe('the cardholder', () => {
  it('who cancels leaves an abandoned challenge behind', async () => {
    const session = await challenge();

    const { cres } = await playChallenge(session, 'cancel');

    expect(cres).toMatchObject({ transStatus: 'N' });
    expect(await sessions.read(session)).toMatchObject({
      status: 'challenge_abandoned',
      approved: false,
      challenged: true,
      acs: { challenge_cancel_reason: 'cardholder_cancel', challenge_cancel_reason_code: '01' },
      next_actions: ['complete'],
    });
  });

  it('who is wrong three times is declined', async () => {
    const session = await challenge();

    await playChallenge(session, WRONG, WRONG, WRONG);

    expect(await sessions.read(session)).toMatchObject({
      status: 'declined',
      approved: false,
      response_code: 'N',
      response_status_reason: '19',
      '3ds': { interaction_counter: '03' },
    });
  });

  it('who is wrong twice and then right is approved', async () => {
    const session = await challenge();

    await playChallenge(session, WRONG, WRONG, RIGHT);

    expect(await sessions.read(session)).toMatchObject({ status: 'approved', '3ds': { interaction_counter: '03' } });
  });
});

describe('what the browser brings back', () => {
  it('changes nothing, whatever it claims: only the result that the issuer sends counts', async () => {
    await setFaults(product, { rreq: { mode: 'never' } });
    const session = await challenge();

    const end = await playChallenge(session, RIGHT);
    const { status } = await returnToMerchant(end);

    expect(end.cres).toMatchObject({ transStatus: 'Y' });
    expect(status).toBe(200);
    expect(await sessions.read(session)).toMatchObject({
      status: 'challenged',
      next_actions: ['challenge_cardholder'],
    });
    expect((await storyOf(product, idOf(session))).map(({ type }) => type)).toContain('challenge_returned');

    expect(await sendResult(product, transactionIdOf(session))).toMatchObject({ answer: { messageType: 'RRes' } });
    expect(await sessions.read(session)).toMatchObject({ status: 'approved' });
  });

  it('may be there before the result', async () => {
    await setFaults(product, { rreq: { mode: 'late', delayMs: 300 } });
    const session = await challenge();

    await returnToMerchant(await playChallenge(session, RIGHT));

    expect(await sessions.read(session)).toMatchObject({ status: 'challenged' });
    await eventually(async () => ((await sessions.read(session))['status'] as unknown) === 'approved' || undefined);
  });

  it('is answered with the same page, also when it is of nobody or nothing at all', async () => {
    const session = await challenge();
    const forged = { messageType: 'CRes', messageVersion: '2.2.0', transStatus: 'Y' };
    const cres = (ids: object): string => Buffer.from(JSON.stringify({ ...forged, ...ids })).toString('base64url');
    const [threeDSServerTransID, acsTransID] = [session['transaction_id'], session['acs']?.['transaction_id']];
    const strangers = { threeDSServerTransID: '11111111-2222-4333-8444-555555555555', acsTransID };

    const pages = await Promise.all(
      [cres({ threeDSServerTransID, acsTransID }), cres(strangers), 'noise', ''].map((value) =>
        returnToMerchant({
          notificationUrl: `${product.apiUrl}/3ds/challenge-notification`,
          cres: {},
          form: { cres: value },
        }),
      ),
    );

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(pages.map(({ page }) => page)).size).toBe(1);
    expect(await sessions.read(session)).toMatchObject({ status: 'challenged' });
  });

  it("goes to the merchant's own address where there is one", async () => {
    const own = 'https://shop.example/returned';
    const completion = { type: 'non_hosted', challenge_notification_url: own };

    const { notificationUrl } = await playChallenge(await challenge({ completion }), RIGHT);

    expect(notificationUrl).toBe(own);
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
