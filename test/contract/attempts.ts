/** Requests and attempts with defaults, for the connector contract. */
import type {
  AcquirerRecord,
  Attempt,
  AttemptRequest,
  AuthenticationConnector,
  Purchase,
} from '@app/authentication-port';
import { newUuidV7, Pan, SCHEMES, type Scheme } from '@app/kernel';

/** Frictionless Visa of the sandbox; any connector's upstream knows it. */
export const CARD = '4485040371536584';

function card(digits: string): Pan {
  const number = Pan.parse(digits);
  if (!number) throw new Error('Not a card number');
  return number;
}

const acquirer = (scheme: Scheme): AcquirerRecord => ({
  scheme,
  acquirerBin: '412345',
  acquirerMerchantId: '100000000000001',
  mcc: '5411',
  countryCode: '826',
  merchantName: 'Contract Shop',
  requestorId: 'CSGN*100001',
  requestorName: 'Contract Shop',
  requestorUrl: 'https://shop.example',
});

export function aRequest(
  over: { number?: string; purchase?: Partial<Purchase>; merchantId?: string } = {},
): AttemptRequest {
  const at = new Date();
  return {
    sessionId: newUuidV7(at),
    merchantId: over.merchantId ?? newUuidV7(at),
    environment: 'test',
    source: { kind: 'card', number: card(over.number ?? CARD), expiryMonth: 12, expiryYear: 2031, stored: false },
    purchase: {
      amountMinor: 1999,
      currency: 'GBP',
      authenticationType: 'regular',
      authenticationCategory: 'payment',
      challengeIndicator: 'no_preference',
      transactionType: 'goods_service',
      ...over.purchase,
    },
    acquirers: new Map(SCHEMES.map((scheme) => [scheme, acquirer(scheme)])),
    preferredSchemes: [],
    notificationUrl: 'https://shop.example/3ds/return',
    at,
  };
}

/** An attempt as sessions stores it right before `start`: planned by this connector, with browser data. */
export function anAskedAttempt(connector: AuthenticationConnector, request = aRequest()): Attempt {
  const plan = connector.plan(request);
  if (plan.outcome !== 'planned') throw new Error(`The card was refused: ${plan.code}`);
  return {
    request,
    number: 1,
    scheme: plan.scheme,
    protocolVersion: plan.protocolVersion,
    transactionId: plan.transactionId,
    ...(plan.methodUrl === undefined ? {} : { methodUrl: plan.methodUrl }),
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
    methodCompletion: plan.methodUrl === undefined ? 'U' : 'Y',
    progress: 'asked',
    facts: {},
    state: plan.state,
  };
}
