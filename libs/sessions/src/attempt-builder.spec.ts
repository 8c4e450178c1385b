import type { Channel } from '@app/credentials';
import { Pan } from '@app/kernel';
import { fullAttempt, startedAttempt } from './attempt-builder';
import { aBrowser, aDevice, anApp, aSession, MERCHANT_INITIATED } from './testing/sessions';

const CHANNEL = { acquirers: new Map(), preferredSchemes: [] } as unknown as Channel;
const CARD = { number: Pan.fromTrusted('4242424242424242'), expiryMonth: 12, expiryYear: 2030 };
const METHOD_URL = 'https://acs.example/method';

describe('an attempt for a connector', () => {
  it('has the card of the vault beside what the request said of it', () => {
    const session = aSession({
      details: { ...aSession().details, source: { kind: 'card', stored: true, name: 'Jo' } },
    });

    expect(fullAttempt(session, CHANNEL, CARD).request.source).toEqual({
      kind: 'card',
      stored: true,
      name: 'Jo',
      ...CARD,
    });
  });

  it('has the reference where the card is an upstream’s', () => {
    const source = { kind: 'id', stored: true, reference: 'src_w4jelhppmfiufdnatndh3wtsfq' } as const;
    const session = aSession({ details: { ...aSession().details, source } });

    expect(fullAttempt(session, CHANNEL, null).request.source).toEqual(source);
  });

  it('has the device, and the browser’s data beside it where it is one', () => {
    expect(fullAttempt(aSession({ device: aDevice() }), CHANNEL, CARD)).toMatchObject({
      device: aDevice(),
      browser: aBrowser(),
    });
    for (const device of [anApp(), MERCHANT_INITIATED]) {
      const attempt = fullAttempt(aSession({ device }), CHANNEL, CARD);
      expect(attempt.device).toEqual(device);
      expect(attempt).not.toHaveProperty('browser');
    }
    expect(fullAttempt(aSession(), CHANNEL, CARD)).not.toHaveProperty('device');
  });

  it('has the merchant’s own word for the order', () => {
    expect(startedAttempt(aSession({ reference: 'ORD-7' }), CHANNEL).request.reference).toBe('ORD-7');
    expect(startedAttempt(aSession({ reference: null }), CHANNEL).request).not.toHaveProperty('reference');
  });

  it('says U of the 3DS Method where no browser could run it, though the issuer has one', () => {
    const at = (device: ReturnType<typeof aSession>['device']): string =>
      startedAttempt(aSession({ device, methodCompletion: 'Y', attempt: { methodUrl: METHOD_URL } }), CHANNEL)
        .methodCompletion;

    expect([aDevice(), anApp(), MERCHANT_INITIATED].map(at)).toEqual(['Y', 'U', 'U']);
  });
});
