import type { Plan } from '@app/authentication-port';
import { Pan } from '@app/kernel';
import { aDevice, anApp, AT, later, MERCHANT_INITIATED, SESSION_ID, TRANSACTION_ID } from '../testing/sessions';
import { openSession, refuseSession, type CreateSession, type CreationContext } from './new-session';

const NUMBER = '4242424242424242';

function aCommand(more: Partial<CreateSession> = {}): CreateSession {
  return {
    channelId: null,
    keepsCard: false,
    source: { kind: 'card', number: Pan.fromTrusted(NUMBER), expiryMonth: 12, expiryYear: 2030, stored: false },
    amountMinor: 6540,
    currency: 'USD',
    reference: 'ORD-1',
    details: {
      source: { kind: 'card', stored: false },
      purchase: {
        authenticationType: 'regular',
        authenticationCategory: 'payment',
        challengeIndicator: 'no_preference',
        transactionType: 'goods_service',
      },
      echo: {},
    },
    device: null,
    methodCompletion: null,
    callbackUrl: null,
    challengeNotificationUrl: null,
    returnUrls: null,
    ...more,
  };
}

const CONTEXT: CreationContext = {
  id: SESSION_ID,
  at: AT,
  merchantId: '01987f7d-0000-7000-8000-000000000001',
  environment: 'test',
  accessKeyId: '01987f7d-0000-7000-8000-000000000003',
  actor: 'ack_x',
  channelId: '01987f7d-0000-7000-8000-000000000002',
  connector: 'emv3ds',
  sessionMinutes: 30,
  cardRetentionMinutes: 60,
  scopeChannel: null,
  secretHash: Buffer.alloc(32),
  secretSealed: Buffer.alloc(32),
};

const PLAN: Extract<Plan, { outcome: 'planned' }> = {
  outcome: 'planned',
  scheme: 'visa',
  protocolVersion: '2.2.0',
  transactionId: TRANSACTION_ID,
  directoryServer: { id: 'A000000003', referenceNumber: 'DS_LOA_1' },
  state: { a: 1 },
};
const CARD = { bin: '42424242', lastFour: '4242', fingerprint: 'abcdefghijklmnopqrstuvwxyz', fingerprintKeyVersion: 2 };

describe('a session that is opened', () => {
  it('is pending for as long as the channel says, with its attempt planned', () => {
    const { session, events, exchanges } = openSession(aCommand(), CONTEXT, PLAN, CARD);

    expect(session).toMatchObject({
      status: 'pending',
      version: 1,
      deadlineAt: later(30),
      finalAt: null,
      challenged: null,
      deviceChannel: null,
      bin: '42424242',
      lastFour: '4242',
      eventSeq: 1,
      exchangeSeq: 0,
    });
    expect(session.attempt).toMatchObject({
      number: 1,
      progress: 'planned',
      methodUrl: null,
      transactionId: TRANSACTION_ID,
      facts: { dsReferenceNumber: 'DS_LOA_1' },
      state: { a: 1 },
    });
    expect(events).toEqual([
      { type: 'created', from: null, to: 'pending', at: AT, actor: 'ack_x', attemptNumber: 1, data: {} },
    ]);
    expect(exchanges).toEqual([]);
  });

  it('knows its device channel once there is device data, and its method URL where the range has one', () => {
    const plan = { ...PLAN, methodUrl: 'https://acs.example/method' };
    const { session } = openSession(aCommand({ device: aDevice() }), CONTEXT, plan, CARD);

    expect(session.deviceChannel).toBe('browser');
    expect(session.attempt.methodUrl).toBe('https://acs.example/method');
  });

  it.each([
    ['app', anApp()],
    ['merchant_initiated', MERCHANT_INITIATED],
  ])('knows the device channel %s and keeps its data', (channel, device) => {
    const { session } = openSession(aCommand({ device }), CONTEXT, PLAN, CARD);

    expect(session).toMatchObject({ deviceChannel: channel, device });
  });

  it('knows nothing of a card that only an upstream knows, but its name there', () => {
    const source = { kind: 'id', stored: true, reference: 'src_w4jelhppmfiufdnatndh3wtsfq' } as const;
    const { session } = openSession(
      aCommand({ source, details: { ...aCommand().details, source } }),
      CONTEXT,
      PLAN,
      null,
    );

    expect(session).toMatchObject({
      bin: null,
      lastFour: null,
      cardFingerprint: null,
      cardFingerprintKeyVersion: null,
    });
    expect(session.details.source).toEqual(source);
  });

  it('does not carry the card number', () => {
    const change = openSession(aCommand(), CONTEXT, PLAN, CARD);

    expect(JSON.stringify(change)).not.toContain(NUMBER);
  });
});

describe('a session that is turned away', () => {
  it('has the BIN of a card with a number, and none of another', () => {
    const why = { code: 'card_not_enrolled', scheme: null };
    const source = { kind: 'token', stored: false, reference: 'tok_4gzeau5o2uqubbk6fufs3m7p54' } as const;

    expect(refuseSession(aCommand(), CONTEXT, why).created.session.bin).toBe('42424242');
    expect(refuseSession(aCommand({ source }), CONTEXT, why).created.session.bin).toBeNull();
  });

  it('is final from the start, without card, and says why', () => {
    const { created, code } = refuseSession(aCommand(), CONTEXT, {
      code: 'card_not_enrolled',
      scheme: 'visa',
    });

    expect(code).toBe('card_not_enrolled');
    expect(created.session).toMatchObject({
      status: 'unavailable',
      finalAt: AT,
      deadlineAt: null,
      lastFour: null,
      cardFingerprint: null,
    });
    expect(created.session.attempt).toMatchObject({ number: 0, progress: 'settled' });
    expect(created.events).toEqual([
      {
        type: 'refused',
        from: null,
        to: 'unavailable',
        at: AT,
        actor: 'ack_x',
        attemptNumber: 0,
        data: { code: 'card_not_enrolled' },
      },
    ]);
    expect(JSON.stringify(created)).not.toContain(NUMBER);
  });
});
