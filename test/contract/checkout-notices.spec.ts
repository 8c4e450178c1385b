import type { Attempt, Step } from '@app/authentication-port';
import { CALLBACK_PATH, CHALLENGE_PATH, WEBHOOK_ROUTE } from '@app/connector-checkout';
import { encodeId } from '@app/kernel';
import { createHmac } from 'node:crypto';
import type { Body } from '../support/api';
import { PASSWORD, playChallenge, returnToMerchant } from '../support/cardholder';
import { asked, learned } from './checkout-attempts';
import { CheckoutHouse, HOME, TICKET, WEBHOOK_KEY } from './checkout.house';
import { after } from './connector.contract';

let house: CheckoutHouse;
beforeAll(async () => {
  house = await CheckoutHouse.open();
}, 120_000);
afterEach(() => house.reset());
afterAll(() => house.close());

describe('an answer that was lost', () => {
  it('comes back by a webhook that carries our reference', async () => {
    house.asCard('4485040371536584');
    const attempt = asked(house);
    house.inbox.attempt = attempt;
    await house.upstream.faults({ on: 'create', mode: 'lost_answer', times: 1 });
    const lost = learned(await house.connector.start(attempt));
    expect(lost).toMatchObject({ next: 'waiting', inquire: true });

    while (house.inbox.steps.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const notice = learned(house.inbox.steps[0] as Step);

    expect(notice).toMatchObject({ inquire: true, state: { hearsay: true } });
    expect(await house.connector.fetch(after(after(attempt, lost), notice))).toMatchObject({
      next: 'final',
      facts: { transStatus: 'Y' },
    });
    expect(house.asked()).toBe(1);
  });
});

describe('what comes in', () => {
  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${await house.url()}${path}`, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const sign = (body: string, key = WEBHOOK_KEY): Record<string, string> => ({
    'content-type': 'application/json',
    'cko-signature': createHmac('sha256', key).update(body).digest('hex'),
  });
  const webhook = (): string => WEBHOOK_ROUTE.replace(':token', house.webhookToken);
  const event = (attempt: Attempt, over: object = {}): string =>
    JSON.stringify({
      id: 'evt_ql5mtq624twrdnpkajbkyeqaai',
      type: 'authentication_approved',
      data: { session_id: 'sid_llraltf4jlwu5dxdtprcv7ba5i', reference: encodeId('session', attempt.request.sessionId) },
      ...over,
    });
  const waiting = (): Attempt => {
    house.inbox.attempt = asked(house);
    house.inbox.accepted.length = 0;
    return house.inbox.attempt;
  };

  it('takes a webhook of the account, for sessions of its merchant only', async () => {
    const body = event(waiting());

    expect(await post(webhook(), body, sign(body))).toMatchObject({ status: 200, text: '{}' });
    expect(house.inbox.accepted).toMatchObject([
      [
        'checkout',
        expect.stringMatching(/^webhook:[0-9a-f-]{36}:evt_/) as string,
        expect.stringMatching(/^reference:sid_/) as string,
        { kind: 'webhook' },
        {},
        { merchantId: house.merchantId, environment: 'test' },
      ],
    ]);
  });

  it.each<[string, (body: string) => Record<string, string>]>([
    ['no signature', () => ({})],
    ['another key', (body) => sign(body, 'x')],
    ['the signature of another body', () => sign('{}')],
  ])('refuses a webhook with %s', async (_, headers) => {
    const body = event(waiting());

    expect(await post(webhook(), body, headers(body))).toMatchObject({ status: 401 });
    expect(house.inbox.accepted).toHaveLength(0);
  });

  it.each<[string, number, string]>([
    [
      'a session of somebody else’s',
      200,
      JSON.stringify({
        id: 'evt_1',
        type: 'authentication_approved',
        data: { session_id: `sid_${'z'.repeat(26)}`, reference: 'order 1' },
      }),
    ],
    ['a payment', 200, JSON.stringify({ id: 'evt_1', type: 'payment_approved', data: {} })],
    ['no JSON', 200, 'hello'],
  ])('acknowledges a signed webhook about %s', async (_, status, body) => {
    waiting();

    expect(await post(webhook(), body, sign(body))).toMatchObject({ status });
    expect(house.inbox.steps).toHaveLength(0);
  });

  it('knows no other address', async () => {
    const body = event(waiting());

    expect(await post(WEBHOOK_ROUTE.replace(':token', 'x'.repeat(43)), body, sign(body))).toMatchObject({
      status: 404,
    });
    expect(await post(`${CALLBACK_PATH}/${encodeId('session', waiting().request.sessionId)}.x`, '{}')).toMatchObject({
      status: 404,
    });
  });

  it('reads no body that is far too long', async () => {
    const body = ' '.repeat(300_000);

    expect(await post(webhook(), body, sign(body))).toMatchObject({ status: 413 });
  });

  it('answers 503, so that it comes again, when it cannot be stored', async () => {
    const body = event(waiting());
    house.inbox.fails = true;

    expect(await post(webhook(), body, sign(body))).toMatchObject({ status: 503 });
    house.inbox.fails = false;
  });

  it('repairs the malformed event, whose signature is one of the bytes as they came', async () => {
    const attempt = waiting();
    await house.upstream.faults({ on: 'webhook', mode: 'malformed' });
    house.asCard('4539628347117863');
    await house.connector.start(attempt);

    while (
      !house.inbox.accepted.some(([, , , { body }]) => (body as { type?: string }).type === 'authentication_failed')
    ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(house.inbox.accepted.at(-1)?.[2]).toBe(`reference:${encodeId('session', attempt.request.sessionId)}`);
  });

  it('takes the callback of a completion at its own address, masked', async () => {
    const attempt = asked(house);
    house.inbox.attempt = attempt;
    const known = after(attempt, await house.connector.start(attempt));
    house.inbox.accepted.length = 0;
    await house.connector.advance(known, { type: 'completed' });
    const callback = house.inbox.accepted.find(([, , , { kind }]) => kind === 'callback');

    expect(callback).toMatchObject([
      'checkout',
      expect.any(String),
      `reference:${encodeId('session', attempt.request.sessionId)}`,
      { upstreamId: house.lastId() },
      {},
      undefined,
    ]);
    expect(JSON.stringify(callback)).not.toContain(await house.proof());
  });

  describe('a browser from the challenge', () => {
    const challenge = async () => {
      house.asCard('4242424242424242');
      await house.connector.start(asked(house));
      return playChallenge((await house.read(house.lastId())) as Body, { password: PASSWORD });
    };

    it('is sent to us', async () => {
      const end = await challenge();

      expect(end.notificationUrl).toContain(`${await house.url()}${CHALLENGE_PATH}/sid_`);
    });

    it('sees a neutral page where the merchant has no address, and the attempt hears of it', async () => {
      house.inbox.notificationUrl = null;
      house.inbox.returned.length = 0;
      const { status, page } = await returnToMerchant(await challenge());

      expect(status).toBe(200);
      expect(page).toContain('countersign:challenge-returned');
      expect(house.inbox.returned).toEqual([expect.stringMatching(/^reference:sid_/)]);
    });

    it('is taken back to our own page where it was there', async () => {
      house.inbox.notificationUrl = null;
      const end = await challenge();

      const { page } = await returnToMerchant({ ...end, form: { ...end.form, threeDSSessionData: TICKET } });

      expect(page).toContain(`data-to="${HOME}"`);
    });

    it('is taken on to the merchant with what the issuer gave', async () => {
      house.inbox.notificationUrl = 'https://shop.example/3ds';
      const end = await challenge();
      const { page } = await returnToMerchant(end);

      expect(page).toContain('<form method="post" action="https://shop.example/3ds">');
      expect(page).toContain(`name="cres" value="${end.form['cres']}"`);
    });

    it('sees the neutral page at an address that we never gave', async () => {
      house.inbox.returned.length = 0;
      const reply = await post(`${CHALLENGE_PATH}/${encodeId('session', asked(house).request.sessionId)}.x`, 'cres=x');

      expect(reply.status).toBe(200);
      expect(reply.text).toContain('countersign:challenge-returned');
      expect(reply.headers.get('content-security-policy')).toContain(`form-action 'none'`);
      expect(house.inbox.returned).toEqual([]);
    });
  });
});
