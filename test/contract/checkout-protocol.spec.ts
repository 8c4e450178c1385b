import type { Attempt, DeviceData, Source, Step } from '@app/authentication-port';
import { CALLBACK_PATH, CHALLENGE_PATH, WEBHOOK_ROUTE } from '@app/connector-checkout';
import { encodeId } from '@app/kernel';
import { createHmac } from 'node:crypto';
import { CARDS, PASSWORD, playChallenge, returnToMerchant } from '../support/cardholder';
import type { Body } from '../support/api';
import { anAskedAttempt, aRequest } from './attempts';
import { after } from './connector.contract';
import { CheckoutHouse, CLIENT_ID, WEBHOOK_KEY } from './checkout.house';

type Learned = Extract<Step, { facts: object }>;

const LETTER = { approved: 'Y', attempted: 'A', declined: 'N', rejected: 'R', unavailable: 'U' } as const;

let house: CheckoutHouse;
beforeAll(async () => {
  house = await CheckoutHouse.open();
}, 120_000);
afterEach(() => house.reset());
afterAll(() => house.close());

const asked = (over: { number?: string; source?: Source } = {}): Attempt => {
  const { source, ...rest } = over;
  const request = aRequest({ merchantId: house.merchantId, ...rest });
  return { ...anAskedAttempt(house.connector, source ? { ...request, source } : request), methodCompletion: 'Y' };
};

const opened = (): Attempt => {
  const { browser: _browser, ...attempt } = asked();
  return { ...attempt, progress: 'planned' };
};

const learned = (step: Step): Learned => {
  if (!('facts' in step)) throw new Error(`${step.next}: ${step.cause.detail}`);
  return step;
};

/** Opened without device data, as the merchant's page goes on with it. */
async function open(): Promise<Attempt> {
  const attempt = opened();
  return { ...after(attempt, await house.connector.start(attempt)), progress: 'opened' };
}

const BROWSER = anAskedAttemptBrowser();
function anAskedAttemptBrowser(): DeviceData {
  return {
    channel: 'browser',
    browser: {
      acceptHeader: 'text/html',
      javaEnabled: false,
      javascriptEnabled: true,
      language: 'en-GB',
      colorDepth: '24',
      screenHeight: '1080',
      screenWidth: '1920',
      timezone: '-60',
      userAgent: 'Mozilla/5.0',
      ipAddress: '192.0.2.1',
    },
  };
}

const collect = (attempt: Attempt): Promise<Step> =>
  house.connector.advance(
    { ...attempt, progress: 'asked' },
    { type: 'channel_data', device: BROWSER, methodCompletion: 'Y' },
  );

describe('every card of the sandbox through the connector', () => {
  const started = CARDS.filter(({ status }) => status !== 'error');
  const refused = CARDS.filter(({ status }) => status === 'error');

  it.each(started.map((card) => [card.scheme, card.flow, card.status, card.number, card] as const))(
    '%s %s %s: %s',
    async (scheme, flow, status, number, card) => {
      const step = learned(await house.connector.start(asked({ number })));

      expect(step.identity?.scheme).toBe(scheme);
      if (flow === 'challenge') expect(step).toMatchObject({ next: 'challenge', facts: { transStatus: 'C' } });
      else if (card.reason === 'ares_error') expect(step).toMatchObject({ next: 'final', failure: 'ares_error' });
      else expect(step).toMatchObject({ next: 'final', facts: { transStatus: LETTER[status as keyof typeof LETTER] } });
    },
  );

  it.each(refused.map(({ scheme, reason, number }) => [scheme, reason, number] as const))(
    '%s %s: %s',
    async (_, code, number) => {
      expect(await house.connector.start(asked({ number }))).toMatchObject({
        next: 'refused',
        kind: 'not_allowed',
        codes: [code],
      });
    },
  );
});

describe('a session that is opened without device data', () => {
  it('goes through 3DS Method and device data to its result', async () => {
    const attempt = opened();
    const start = learned(await house.connector.start(attempt));
    const known: Attempt = { ...after(attempt, start), progress: 'opened' };

    expect(start).toMatchObject({
      next: 'need_channel_data',
      identity: { methodUrl: expect.stringMatching(/^http/) as string },
    });
    expect(
      await house.connector.advance(known, { type: 'method_completion', methodCompletion: 'Y', willAsk: false }),
    ).toMatchObject({ next: 'need_channel_data' });
    expect(await collect(known)).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
  });

  it('goes through device data at creation and the 3DS Method after it', async () => {
    const attempt: Attempt = { ...asked(), methodCompletion: 'U' };
    const start = await house.connector.start(attempt);
    const known = after(attempt, start);

    expect(start).toMatchObject({ next: 'need_method' });
    expect(
      await house.connector.advance(known, { type: 'method_completion', methodCompletion: 'Y', willAsk: true }),
    ).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
  });

  it.each<[string, Source | undefined, DeviceData, object]>([
    [
      'an app',
      undefined,
      {
        channel: 'app',
        app: {
          sdkAppId: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
          sdkMaxTimeout: 5,
          sdkEphemPubKey: {
            kty: 'EC',
            crv: 'P-256',
            x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
            y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
          },
          sdkEncryptedData: 'a.b.c.d.e',
          sdkReferenceNumber: '3DS_LOA_SDK_1',
          sdkTransactionId: '9e6c6e9b-b390-4b11-ada9-0a8f595e8600',
          sdkInterfaceType: 'both',
          sdkUiElements: ['text'],
        },
      },
      { next: 'final', facts: { transStatus: 'Y' } },
    ],
    [
      'nobody',
      undefined,
      { channel: 'merchant_initiated', requestType: 'recurring_transaction' },
      { next: 'final', facts: { transStatus: 'Y' } },
    ],
  ])('is asked for %s', async (_, __, device, expected) => {
    const { browser: _browser, ...attempt } = asked();

    expect(await house.connector.start({ ...attempt, device })).toMatchObject(expected);
  });

  it.each<[string, Source, string]>([
    [
      'an instrument that nobody knows',
      { kind: 'id', reference: 'src_nwd3m4in3hkuddfpjsaevunhdy', stored: true },
      'error_getting_instrument',
    ],
    [
      'a token that nobody knows',
      { kind: 'token', reference: 'tok_ubfj2q76miwundwlk72vxt2i7q', stored: false },
      'invalid_token',
    ],
  ])('tells the merchant about %s', async (_, source, code) => {
    expect(await house.connector.start(asked({ source }))).toMatchObject({ next: 'refused', codes: [code] });
  });

  it('takes an instrument by the name that the upstream gave it', async () => {
    const first = learned(await house.connector.start(asked()));
    const source: Source = { kind: 'id', reference: first.facts.upstream?.instrumentId ?? '', stored: true };

    expect(await house.connector.start(asked({ source }))).toMatchObject({
      next: 'final',
      facts: { transStatus: 'Y' },
    });
  });
});

describe('faults of the upstream', () => {
  const UNREACHABLE = { next: 'unreachable', issuerMayHaveSeen: false };
  const WAITING = { next: 'waiting' };
  const OPENED = { next: 'need_channel_data' };
  const APPROVED = { next: 'final', facts: { transStatus: 'Y' } };

  // What is tried again is tried once: a fault that strikes once is not seen.
  it.each<[string, object, object, object]>([
    ['reset', {}, OPENED, WAITING],
    ['lost_answer', {}, OPENED, WAITING],
    ['cut_body', {}, OPENED, WAITING],
    ['html', {}, OPENED, WAITING],
    ['truncated_json', {}, OPENED, WAITING],
    ['empty', {}, OPENED, WAITING],
    ['wrong_types', {}, UNREACHABLE, WAITING],
    ['unknown_status', {}, WAITING, WAITING],
    ['status400', {}, UNREACHABLE, UNREACHABLE],
    ['status401', {}, OPENED, APPROVED],
    ['revoke_token', {}, OPENED, APPROVED],
    ['status403', {}, UNREACHABLE, UNREACHABLE],
    ['status403', { errorCodes: ['card_not_enrolled'] }, { next: 'refused', kind: 'not_allowed' }, { next: 'refused' }],
    ['status404', {}, UNREACHABLE, UNREACHABLE],
    ['status409', {}, UNREACHABLE, UNREACHABLE],
    ['status422', { errorCodes: ['amount_invalid'] }, { next: 'refused', kind: 'invalid' }, { next: 'refused' }],
    ['status429', {}, UNREACHABLE, UNREACHABLE],
    ['status429', { retryAfterSeconds: 1 }, OPENED, APPROVED],
    ['status429', { retryAfterSeconds: 30 }, UNREACHABLE, UNREACHABLE],
    ['status500', {}, OPENED, WAITING],
    ['status502', {}, OPENED, WAITING],
    ['status503', {}, OPENED, WAITING],
    ['slow', { delayMs: 300 }, OPENED, APPROVED],
    ['clock_skew', { skewMs: 3_600_000 }, OPENED, APPROVED],
  ])('create: %s %j', async (mode, more, withoutDevice, withDevice) => {
    const strike = () => house.upstream.faults({ on: 'create', mode, times: 1, ...more });
    await strike();
    expect(await house.connector.start(opened())).toMatchObject(withoutDevice);
    await strike();
    expect(await house.connector.start(asked())).toMatchObject(withDevice);
    expect(
      house.proxy.calls('POST', /\/sessions$/).filter(({ answer, body }) => answer && body?.['channel_data']),
    ).not.toHaveLength(2);
  });

  it.each<[string, object, object]>([
    ['reset', {}, OPENED],
    ['lost_answer', {}, APPROVED],
    ['cut_body', {}, APPROVED],
    ['html', {}, APPROVED],
    ['truncated_json', {}, APPROVED],
    ['wrong_types', {}, APPROVED],
    ['empty', {}, APPROVED],
    ['unknown_status', {}, WAITING],
    ['status401', {}, APPROVED],
    ['revoke_token', {}, APPROVED],
    ['status403', { errorCodes: ['update_not_allowed_due_to_state'] }, OPENED],
    ['status409', {}, OPENED],
    ['status422', { errorCodes: ['ip_address_invalid'] }, { next: 'refused', codes: ['ip_address_invalid'] }],
    ['status429', {}, UNREACHABLE],
    ['status429', { retryAfterSeconds: 1 }, APPROVED],
    ['status500', {}, OPENED],
    ['status500', { after: true }, APPROVED],
    ['status503', { after: true }, APPROVED],
    ['never_final', {}, WAITING],
  ])('collect-data: %s %j', async (mode, more, expected) => {
    const attempt = await open();
    await house.upstream.faults({ on: 'collect_data', mode, times: 1, ...more });

    expect(await collect(attempt)).toMatchObject(expected);
    const sent = house.proxy.calls('PUT', /collect-data$/).length;
    expect(sent).toBe(['status401', 'revoke_token'].includes(mode) || 'retryAfterSeconds' in more ? 2 : 1);
  });

  it.each([
    'reset',
    'cut_body',
    'html',
    'truncated_json',
    'empty',
    'status401',
    'revoke_token',
    'status500',
    'status503',
  ])('get: %s is tried once more', async (mode) => {
    const attempt = asked();
    const known = after(attempt, await house.connector.start(attempt));
    await house.upstream.faults({ on: 'get', mode, times: 1 });

    expect(await house.connector.fetch(known)).toMatchObject(APPROVED);
  });

  it.each([
    'reset',
    'html',
    'wrong_types',
    'unknown_status',
    'status400',
    'status403',
    'status404',
    'status409',
    'status422',
    'status429',
    'status500',
  ])('get: %s for ever changes nothing', async (mode) => {
    const attempt = asked();
    const known = after(attempt, await house.connector.start(attempt));
    await house.upstream.faults({ on: 'get', mode });

    expect(await house.connector.fetch(known)).toMatchObject({ next: 'waiting' });
  });

  it('token: without one nothing is sent', async () => {
    await house.upstream.control('POST', `/accounts/${CLIENT_ID}/revoke-tokens`, {});
    await house.upstream.faults({ on: 'token', mode: 'status503' });

    expect(await house.connector.start(asked())).toMatchObject(UNREACHABLE);
    expect(house.proxy.calls('POST', /\/sessions$/).filter(({ answer }) => answer)).toHaveLength(0);
  }, 30_000);

  it('completes there, once', async () => {
    const attempt = asked();
    const known = after(attempt, await house.connector.start(attempt));
    const done = learned(await house.connector.advance(known, { type: 'completed' }));

    expect(done.state).toMatchObject({ closed: true });
    expect((await house.upstream.control('GET', `/sessions/${house.lastId()}`))['completed']).toBe(true);
    await house.connector.advance({ ...known, state: done.state }, { type: 'completed' });
    expect(house.proxy.calls('POST', /complete$/)).toHaveLength(1);
  });
});

describe('an answer that was lost', () => {
  it('comes back by a webhook that carries our reference', async () => {
    house.asCard('4485040371536584');
    const attempt = asked();
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
    house.inbox.attempt = asked();
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
    const attempt = asked();
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
      await house.connector.start(asked());
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

    it('is taken on to the merchant with what the issuer gave', async () => {
      house.inbox.notificationUrl = 'https://shop.example/3ds';
      const end = await challenge();
      const { page } = await returnToMerchant(end);

      expect(page).toContain('<form method="post" action="https://shop.example/3ds">');
      expect(page).toContain(`name="cres" value="${end.form['cres']}"`);
    });

    it('sees the neutral page at an address that we never gave', async () => {
      house.inbox.returned.length = 0;
      const reply = await post(`${CHALLENGE_PATH}/${encodeId('session', asked().request.sessionId)}.x`, 'cres=x');

      expect(reply.status).toBe(200);
      expect(reply.text).toContain('countersign:challenge-returned');
      expect(reply.headers.get('content-security-policy')).toContain(`form-action 'none'`);
      expect(house.inbox.returned).toEqual([]);
    });
  });
});
