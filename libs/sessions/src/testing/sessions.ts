/** Builders for tests: valid throughout, so that a test states only what it is about. */
import type { BrowserData, DeviceData, Facts, LearnedStep } from '@app/authentication-port';
import type { Session, StoredAttempt } from '../domain/session';

export const AT = new Date('2026-08-03T10:11:12.345Z');
export const SESSION_ID = '01987f7d-2a5c-7b1e-9c3d-0f1e2d3c4b5a';
export const TRANSACTION_ID = '9aea641d-0549-4222-9ca9-d90b43a4f38c';

/** `AT` plus minutes. */
export const later = (minutes: number): Date => new Date(AT.getTime() + minutes * 60_000);

export function aBrowser(): BrowserData {
  return {
    acceptHeader: '*/*',
    javaEnabled: false,
    javascriptEnabled: true,
    language: 'en-GB',
    colorDepth: '24',
    screenHeight: '1080',
    screenWidth: '1920',
    timezone: '60',
    userAgent: 'Mozilla/5.0',
    ipAddress: '192.0.2.1',
  };
}

/** Device data of a cardholder at a browser. */
export function aDevice(): DeviceData {
  return { channel: 'browser', browser: aBrowser() };
}

/** Device data of a cardholder in an app. */
export function anApp(): Extract<DeviceData, { channel: 'app' }> {
  return {
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
      sdkEncryptedData: 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn',
      sdkReferenceNumber: '3DS_LOA_SDK_PPFU_020100_00007',
      sdkTransactionId: 'b2385523-a66c-4907-ac3c-91848e8c0067',
      sdkInterfaceType: 'both',
      sdkUiElements: ['text', 'html_other'],
    },
  };
}

/** What stands for a device where the cardholder is not there. */
export const MERCHANT_INITIATED: DeviceData = {
  channel: 'merchant_initiated',
  requestType: 'recurring_transaction',
};

/** A pending session that waits for channel data; `attempt` is merged into its planned attempt. */
export function aSession({
  attempt,
  ...rest
}: Omit<Partial<Session>, 'attempt'> & { attempt?: Partial<StoredAttempt> } = {}): Session {
  return {
    id: SESSION_ID,
    merchantId: '01987f7d-0000-7000-8000-000000000001',
    channelId: '01987f7d-0000-7000-8000-000000000002',
    accessKeyId: '01987f7d-0000-7000-8000-000000000003',
    environment: 'test',
    status: 'pending',
    statusReason: null,
    version: 1,
    createdAt: AT,
    updatedAt: AT,
    deadlineAt: later(30),
    finalAt: null,
    completedAt: null,
    completedBy: null,
    flow: 'non_hosted',
    deviceChannel: null,
    scopeChannel: null,
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
    callbackUrl: 'https://merchant.example/callback',
    challengeNotificationUrl: null,
    returnUrls: null,
    secretHash: Buffer.alloc(32, 1),
    secretSealed: Buffer.alloc(48, 2),
    bin: '42424242',
    lastFour: '4242',
    cardFingerprint: 'abcdefghijklmnopqrstuvwxyz',
    cardFingerprintKeyVersion: 1,
    instrumentId: null,
    cardRetentionMinutes: 60,
    challenged: null,
    retryOf: null,
    lifeMinutes: null,
    refusalCode: null,
    inquireAt: null,
    eventSeq: 1,
    exchangeSeq: 0,
    ...rest,
    attempt: {
      number: 1,
      connector: 'emv3ds',
      scheme: 'visa',
      protocolVersion: '2.2.0',
      transactionId: TRANSACTION_ID,
      methodUrl: null,
      directoryServerId: 'A000000003',
      startsAt: 'channel_data',
      correlationKey: null,
      progress: 'planned',
      state: {},
      facts: {},
      authenticationValueSealed: null,
      authenticationValueExpiresAt: null,
      ...attempt,
    },
  };
}

export const RETURN_URLS = { success: 'https://merchant.example/ok', failure: 'https://merchant.example/no' };

/** What makes a session a hosted one. */
export const HOSTED = { flow: 'hosted', returnUrls: RETURN_URLS } as const;

/** A session whose request went out. */
export function aProcessingSession(more: Parameters<typeof aSession>[0] = {}): Session {
  return aSession({
    status: 'processing',
    deadlineAt: later(3),
    device: aDevice(),
    deviceChannel: 'browser',
    scopeChannel: 'browser',
    eventSeq: 2,
    version: 2,
    ...more,
    attempt: { progress: 'asked', ...more.attempt },
  });
}

export const ACS = {
  transactionId: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
  referenceNumber: '3DS_LOA_ACS_PPFU_020100_00009',
  operatorId: 'AcsOpId 4138359541',
  url: 'https://acs.example/challenge',
  challengeMandated: true,
  authenticationType: '02',
};

export const DS_TRANSACTION_ID = '1ccc9a2f-8b64-4ef9-a0b9-2d7c3f3d1a10';

/** What an ARes with `letter` teaches. */
export function aresFacts(letter: Facts['transStatus'], more: Facts = {}): Facts {
  return { resultSource: 'ARes', dsTransactionId: DS_TRANSACTION_ID, acs: ACS, transStatus: letter, ...more };
}

/** A session in its challenge. */
export function aChallengedSession(more: Parameters<typeof aSession>[0] = {}): Session {
  return aProcessingSession({
    status: 'challenged',
    deadlineAt: later(30),
    ...more,
    attempt: { progress: 'answered', facts: aresFacts('C', { challengeRequest: 'Y3JlcQ' }), ...more.attempt },
  });
}

/** A session that is final with `facts`. */
export function aFinalSession(
  status: 'approved' | 'attempted' | 'declined' | 'rejected' | 'unavailable' | 'challenge_abandoned' | 'expired',
  facts: StoredAttempt['facts'],
  more: Parameters<typeof aSession>[0] = {},
): Session {
  return aProcessingSession({
    status,
    deadlineAt: null,
    finalAt: later(1),
    challenged: false,
    ...more,
    attempt: { progress: 'settled', facts, ...more.attempt },
  });
}

/** A connector's step that is `next` with `facts`. */
export function aStep(next: LearnedStep['next'], facts: Facts = {}, more: Partial<LearnedStep> = {}): LearnedStep {
  return { next, facts, state: {}, exchanges: [], ...more };
}

export const BASE_URL = 'https://api.example';

/** The body of `POST /sessions` with nothing but what is required, and `more` over it. */
export function aRequest(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    source: aCard(),
    amount: 6540,
    currency: 'USD',
    completion: { type: 'non_hosted' },
    ...more,
  };
}

export function aCard(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'card', number: '4242424242424242', expiry_month: 12, expiry_year: 2030, ...more };
}

/** `channel_data` of a browser, as SDKs send it. */
export function aChannelData(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    channel: 'browser',
    accept_header: '*/*',
    java_enabled: false,
    javascript_enabled: true,
    language: 'en-GB',
    color_depth: '24',
    screen_height: '1080',
    screen_width: '1920',
    timezone: '60',
    user_agent: 'Mozilla/5.0',
    ip_address: '192.0.2.1',
    ...more,
  };
}

/** `channel_data` of an app, as an SDK gives it. */
export function anAppData(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    channel: 'app',
    sdk_app_id: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
    sdk_max_timeout: 5,
    sdk_ephem_pub_key: {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
    sdk_encrypted_data: 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn',
    sdk_reference_number: '3DS_LOA_SDK_PPFU_020100_00007',
    sdk_transaction_id: 'b2385523-a66c-4907-ac3c-91848e8c0067',
    sdk_interface_type: 'both',
    sdk_ui_elements: ['text', 'single_select', 'multi_select', 'oob', 'html_other'],
    ...more,
  };
}
