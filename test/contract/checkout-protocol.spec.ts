import type { Attempt, DeviceData, Source } from '@app/authentication-port';
import { CARDS } from '../support/cardholder';
import { asked, collect, learned, planned } from './checkout-attempts';
import { CheckoutHouse } from './checkout.house';
import { after } from './connector.contract';

const LETTER = { approved: 'Y', attempted: 'A', declined: 'N', rejected: 'R', unavailable: 'U' } as const;

let house: CheckoutHouse;
beforeAll(async () => {
  house = await CheckoutHouse.open();
}, 120_000);
afterEach(() => house.reset());
afterAll(() => house.close());

describe('every card of the sandbox through the connector', () => {
  const started = CARDS.filter(({ status }) => status !== 'error');
  const refused = CARDS.filter(({ status }) => status === 'error');

  it.each(started.map((card) => [card.scheme, card.flow, card.status, card.number, card] as const))(
    '%s %s %s: %s',
    async (scheme, flow, status, number, card) => {
      const step = learned(await house.connector.start(asked(house, { number })));

      expect(step.identity?.scheme).toBe(scheme);
      if (flow === 'challenge') expect(step).toMatchObject({ next: 'challenge', facts: { transStatus: 'C' } });
      else if (card.reason === 'ares_error') expect(step).toMatchObject({ next: 'final', failure: 'ares_error' });
      else expect(step).toMatchObject({ next: 'final', facts: { transStatus: LETTER[status as keyof typeof LETTER] } });
    },
  );

  it.each(refused.map(({ scheme, reason, number }) => [scheme, reason, number] as const))(
    '%s %s: %s',
    async (_, code, number) => {
      expect(await house.connector.start(asked(house, { number }))).toMatchObject({
        next: 'refused',
        kind: 'not_allowed',
        codes: [code],
      });
    },
  );
});

describe('a session that is opened without device data', () => {
  it('goes through 3DS Method and device data to its result', async () => {
    const attempt = planned(house);
    const start = learned(await house.connector.start(attempt));
    const known: Attempt = { ...after(attempt, start), progress: 'opened' };

    expect(start).toMatchObject({
      next: 'need_channel_data',
      identity: { methodUrl: expect.stringMatching(/^http/) as string },
    });
    expect(
      await house.connector.advance(known, { type: 'method_completion', methodCompletion: 'Y', willAsk: false }),
    ).toMatchObject({ next: 'need_channel_data' });
    expect(await collect(house, known)).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
  });

  it('goes through device data at creation and the 3DS Method after it', async () => {
    const attempt: Attempt = { ...asked(house), methodCompletion: 'U' };
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
    const { browser: _browser, ...attempt } = asked(house);

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
    expect(await house.connector.start(asked(house, { source }))).toMatchObject({ next: 'refused', codes: [code] });
  });

  it('takes an instrument by the name that the upstream gave it', async () => {
    const first = learned(await house.connector.start(asked(house)));
    const source: Source = { kind: 'id', reference: first.facts.upstream?.instrumentId ?? '', stored: true };

    expect(await house.connector.start(asked(house, { source }))).toMatchObject({
      next: 'final',
      facts: { transStatus: 'Y' },
    });
  });
});
