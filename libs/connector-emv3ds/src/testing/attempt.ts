/** Attempts and directory servers with defaults, for this lib's specs: a test states only what it is about. */
import type {
  AcquirerRecord,
  Attempt,
  AttemptRequest,
  BrowserData,
  CardSource,
  Purchase,
} from '@app/authentication-port';
import { CardRangeIndex, type CardRange } from '@app/emv3ds';
import { Pan, SCHEMES, type DirectoryServerId, type Scheme } from '@app/kernel';
import type { DirectoryServerLookup } from '../scheme.choice';

export const TRANSACTION_ID = '8a880dc0-d2d2-4067-bcb1-b08d1690b26e';

const DEFAULT_PAN = '4485040371536584';

/** A number that passes the check digit, or an error: a test's own mistake. */
export function pan(digits: string): Pan {
  const number = Pan.parse(digits);
  if (!number) throw new Error(`Not a card number: ${digits}`);
  return number;
}

export function anAcquirer(scheme: Scheme): AcquirerRecord {
  return {
    scheme,
    acquirerBin: '412345',
    acquirerMerchantId: '100000000000001',
    mcc: '5411',
    countryCode: '826',
    merchantName: 'Countersign Shop',
    requestorId: 'CSGN*100001',
    requestorName: 'Countersign Shop',
    requestorUrl: 'https://shop.example',
  };
}

export function aPurchase(over: Partial<Purchase> = {}): Purchase {
  return {
    amountMinor: 1999,
    currency: 'GBP',
    authenticationType: 'regular',
    authenticationCategory: 'payment',
    challengeIndicator: 'no_preference',
    transactionType: 'goods_service',
    ...over,
  };
}

export function aSource(over: Partial<CardSource> = {}): CardSource {
  return { kind: 'card', number: pan(DEFAULT_PAN), expiryMonth: 3, expiryYear: 2031, stored: false, ...over };
}

export const A_BROWSER: BrowserData = {
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
};

export function aRequest(over: Partial<AttemptRequest> = {}): AttemptRequest {
  return {
    sessionId: '019a0000-0000-7000-8000-000000000001',
    merchantId: '019a0000-0000-7000-8000-000000000002',
    environment: 'test',
    source: aSource(),
    purchase: aPurchase(),
    acquirers: new Map(SCHEMES.map((scheme) => [scheme, anAcquirer(scheme)])),
    preferredSchemes: [],
    notificationUrl: 'https://shop.example/3ds/return',
    at: new Date('2026-11-23T10:00:00Z'),
    ...over,
  };
}

export function anAttempt(over: Partial<Attempt> = {}): Attempt {
  return {
    request: aRequest(),
    number: 1,
    scheme: 'visa',
    protocolVersion: '2.2.0',
    transactionId: TRANSACTION_ID,
    browser: A_BROWSER,
    methodCompletion: 'U',
    progress: 'asked',
    facts: {},
    state: {},
    ...over,
  };
}

export function aRange(start: string, end: string, over: Partial<CardRange> = {}): CardRange {
  return { start, end, acsStart: '2.1.0', acsEnd: '2.2.0', ...over };
}

/** Directory servers with these ranges; `null` has not loaded any, and one that is not named does not exist. */
export function servers(
  ranges: Partial<Record<DirectoryServerId, readonly CardRange[] | null>>,
): DirectoryServerLookup {
  return (id) => {
    const known = ranges[id];
    if (known === undefined) return null;
    const index = new CardRangeIndex(known ?? []);
    return {
      id,
      url: `https://ds.example/${id}`,
      loaded: known !== null,
      dsDefault: { dsStart: '2.1.0', dsEnd: '2.2.0' },
      find: (digits) => index.find(digits),
    };
  };
}
