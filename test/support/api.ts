/** A plain HTTP client of the Sessions API, for what an SDK cannot send. */
import { watchAnswer, watchRequest, watchSecret } from './leaks';
import type { Product } from './product';

export interface Answer {
  status: number;
  headers: Headers;
  // The body of an answer is looked into freely by tests; its shape is what they are about.
  body: Body;
}

export interface Body {
  [name: string]: Body & string & number & boolean & Body[];
}

export type Credentials = Pick<Product['demo'], 'clientId' | 'clientSecret'>;

/** A token of `credentials`, as the header value. */
export async function bearer(
  product: Product,
  credentials: Credentials = product.demo,
  scope?: string,
): Promise<string> {
  watchSecret(credentials.clientSecret);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    ...(scope === undefined ? {} : { scope }),
  });
  const response = await fetch(product.demo.tokenUrl, { method: 'POST', body: form });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`No token: ${response.status} ${JSON.stringify(body)}`);
  watchAnswer(body);
  return `Bearer ${body.access_token}`;
}

/** One call; `authorization` is the header's value, `body` is sent as JSON where given. */
export async function call(
  product: Product,
  method: string,
  path: string,
  authorization?: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  watchRequest(body);
  const response = await fetch(product.apiUrl + path, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as Body;
  watchAnswer(answer);
  return { status: response.status, headers: response.headers, body: answer };
}

/** Browser data as a shop collects it. */
export const BROWSER_DATA = {
  channel: 'browser',
  accept_header: 'text/html,application/xhtml+xml',
  java_enabled: false,
  javascript_enabled: true,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
  ip_address: '203.0.113.7',
} as const;

/** What the 3DS SDK of a shop's app gives. */
export const APP_DATA = {
  channel: 'app',
  sdk_app_id: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
  sdk_max_timeout: 5,
  sdk_encrypted_data: 'e.y.J.h.b',
  sdk_ephem_pub_key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
  sdk_reference_number: '3DS_LOA_SDK_PPFU_020100_00007',
  sdk_transaction_id: 'b2385523-a66c-4907-ac3c-91848e8c0067',
  sdk_interface_type: 'both',
  sdk_ui_elements: ['text'],
} as const;

/** A create request for a card; `extra` replaces top-level members. */
export function sessionRequest(number: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    source: { type: 'card', number, expiry_month: 12, expiry_year: 2030, name: 'Ada Lovelace' },
    amount: 6540,
    currency: 'EUR',
    reference: 'ORD-1001',
    completion: { type: 'non_hosted', callback_url: 'http://127.0.0.1:9/never' },
    ...extra,
  };
}
