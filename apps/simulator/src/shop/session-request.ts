/** What the shop's page sends, read and turned into requests of the Sessions API. Pure. */
import { currencyOf, InvalidRequest, Pan } from '@app/kernel';
import { isRecord } from '../http/body';

/** Where the shop can be reached, for the addresses inside a session. */
export interface ShopAddresses {
  readonly callbackUrl: string;
  /** Where a customer comes back to who paid on Countersign's own page. */
  readonly returnUrl: string;
}

/** Where a payment takes place: on the shop's page, or on Countersign's. */
const COMPLETIONS: ReadonlyMap<unknown, (addresses: ShopAddresses) => Record<string, string>> = new Map([
  ['shop', ({ callbackUrl }: ShopAddresses) => ({ type: 'non_hosted', callback_url: callbackUrl })],
  [
    'hosted',
    ({ callbackUrl, returnUrl }: ShopAddresses) => ({
      type: 'hosted',
      callback_url: callbackUrl,
      // One address for both: the shop asks what became of it.
      success_url: returnUrl,
      failure_url: returnUrl,
    }),
  ],
]);

/** The headers and address of the cardholder's browser, which only the backend sees. */
export interface BrowserRequest {
  readonly accept: string;
  readonly userAgent: string;
  readonly ip: string;
}

const CHALLENGE_INDICATORS = [
  'no_preference',
  'no_challenge_requested',
  'challenge_requested',
  'challenge_requested_mandate',
  'data_share',
];
const SCHEMES = ['visa', 'mastercard', 'cartes_bancaires'];

/** The body of `POST /sessions` for an order. Throws `InvalidRequest` naming every bad field. */
export function sessionRequest(
  order: Record<string, unknown>,
  channelId: string,
  addresses: ShopAddresses,
): Record<string, unknown> {
  const bad: string[] = [];
  const check = (name: string, holds: boolean): void => {
    if (!holds) bad.push(`${name}_invalid`);
  };
  const { number, expiry_month: month, expiry_year: year, amount, currency, scheme } = order;
  const indicator = order['challenge_indicator'] ?? 'no_preference';
  const completion = COMPLETIONS.get(order['place'] ?? 'shop');
  const pan = typeof number === 'string' ? Pan.parse(number.replace(/[\s-]/g, '')) : null;
  check('number', pan !== null);
  check('expiry_month', isInteger(month, 1, 12));
  check('expiry_year', isInteger(year, 2000, 2099));
  check('amount', isInteger(amount, 1, 1e12));
  check('currency', typeof currency === 'string' && currencyOf(currency) !== null);
  check('scheme', scheme === undefined || SCHEMES.some((known) => known === scheme));
  check(
    'challenge_indicator',
    CHALLENGE_INDICATORS.some((known) => known === indicator),
  );
  check('place', completion !== undefined);
  if (bad.length > 0 || pan === null || completion === undefined)
    throw new InvalidRequest(bad, `Not valid: ${bad.join(', ')}`);
  return {
    source: {
      type: 'card',
      number: pan.expose(),
      expiry_month: month,
      expiry_year: year,
      name: 'Robin Sample',
      email: 'robin.sample@example.com',
      ...(scheme === undefined ? {} : { scheme }),
      billing_address: { address_line1: '12 Harbour Street', city: 'Lyon', zip: '69002', country: 'FR' },
    },
    amount,
    currency,
    processing_channel_id: channelId,
    challenge_indicator: indicator,
    reference: 'demo-shop-order',
    completion: completion(addresses),
  };
}

/** The body of `PUT collect-data`: what script saw, and what the backend saw. */
export function channelData(input: Record<string, unknown>, browser: BrowserRequest): Record<string, unknown> {
  const text = (name: string, or: string): string => {
    const value = input[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : or;
  };
  return {
    channel: 'browser',
    accept_header: browser.accept,
    java_enabled: input['java_enabled'] === true,
    javascript_enabled: true,
    language: text('language', 'en').slice(0, 12),
    color_depth: text('color_depth', '24'),
    screen_height: text('screen_height', '0'),
    screen_width: text('screen_width', '0'),
    timezone: text('timezone', '0'),
    user_agent: browser.userAgent,
    ip_address: browser.ip,
    three_ds_method_completion: text('three_ds_method_completion', 'U'),
  };
}

const KEPT_BACK = ['session_secret', 'cryptogram'];

/** An answer as the page may show it: neither the session's secret nor the proof. */
export function forBrowser(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      KEPT_BACK.includes(name) && value ? '[kept on the server]' : value,
    ]),
  );
}

/** The secret of a new session, for the page that is to act for it; null where there is none. */
export function secretIn(body: unknown): string | null {
  const secret = isRecord(body) ? body['session_secret'] : null;
  return typeof secret === 'string' ? secret : null;
}

function isInteger(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}
