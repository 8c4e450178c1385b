import { BROWSER_DATA, bearer, call, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, secretOf } from '../support/calls';
import { CARDS, PASSWORD, playChallenge } from '../support/cardholder';
import { hosted } from '../support/hosted';
import { ApiDescription } from '../support/openapi';
import { startProduct, type Product } from '../support/product';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';

let product: Product;
let token: string;
let sessions: Calls;
let api: ApiDescription;

beforeAll(async () => {
  product = await startProduct();
  token = await bearer(product);
  sessions = new Calls(product, token);
  api = await ApiDescription.of(product.apiUrl);
}, 120_000);

afterAll(() => product.stop());

/** What is wrong with an answer of a session's path. */
const faults = (answer: Answer, method: string, action: string | null = null): string[] =>
  api.faults(method, action === null ? '/sessions' : `/sessions/{id}${action}`, answer);

async function tokenAnswer(form: Record<string, string> | string, type?: string): Promise<Answer> {
  const response = await fetch(`${product.apiUrl}/connect/token`, {
    method: 'POST',
    body: typeof form === 'string' ? form : new URLSearchParams(form),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

describe('the description that the server gives of itself', () => {
  it('names its own address and nobody else’s', () => {
    expect(api.document['servers']).toEqual([{ url: product.apiUrl, description: 'This server' }]);
    expect(JSON.stringify(api.document)).not.toContain('countersign.example');
    expect(JSON.stringify(api.document)).toContain(`"tokenUrl":"${product.apiUrl}/connect/token"`);
  });

  it('is also a page, which may load nothing', async () => {
    const response = await fetch(`${product.apiUrl}/docs`);
    const page = await response.text();

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(page).toContain(`curl -s ${product.apiUrl}/connect/token`);
    expect(page).not.toContain('countersign.example');
  });
});

describe('what the server answers keeps to it:', () => {
  it('tokens, and the lack of one', async () => {
    const { clientId, clientSecret } = product.demo;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const answers = [
      await tokenAnswer(form),
      await tokenAnswer({ ...form, client_secret: 'wrong' }),
      await tokenAnswer({ ...form, grant_type: 'password' }),
      await tokenAnswer({ ...form, scope: 'everything' }),
      await tokenAnswer('{}', 'application/json'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 400, 400]);
    expect(answers.flatMap((answer) => api.faults('POST', '/connect/token', answer))).toEqual([]);
  });

  it('public keys and health', async () => {
    const paths = ['/.well-known/jwks.json', '/health/live', '/health/ready'];
    const found = await Promise.all(
      paths.map(async (path) => api.faults('GET', path, await call(product, 'GET', path))),
    );

    expect(found.flat()).toEqual([]);
  });

  it.each(CARDS.map(({ number, status, flow }) => [number, flow, status]))(
    'the session of card %s (%s, %s), to every kind of caller',
    async (number) => {
      const created = await sessions.create(sessionRequest(number, { channel_data: BROWSER }));
      const found = faults(created, 'POST');

      if (created.status === 201) {
        found.push(...faults(await sessions.get(created.body), 'GET', ''));
        found.push(...faults(await sessions.get(created.body, secretOf(created.body)), 'GET', ''));
      }

      expect([201, 403]).toContain(created.status);
      expect(found).toEqual([]);
    },
  );

  it('a session from the card to the callback, step by step', async () => {
    const request = sessionRequest(CHALLENGED, {
      completion: { type: 'non_hosted', callback_url: callbackUrl(product) },
      account_info: { purchase_count: 3, account_date: '2025-01-02T03:04:05Z' },
      merchant_risk_info: { delivery_timeframe: 'same_day', gift_card_amount: '12.50' },
      preferred_experiences: ['3ds', 'google_spa'],
      authentication_type: 'installment',
      installment: { number_of_payments: 3 },
      challenge_indicator: 'trusted_listing',
    });
    const accepted = await sessions.create(request);
    const session = accepted.body;
    const reported = await sessions.report(session, 'Y');
    const collected = await sessions.collect(session);
    await playChallenge(collected.body, { password: PASSWORD });
    const final = await eventually(async () => {
      const answer = await sessions.get(session);
      return answer.body['approved'] === undefined ? undefined : answer;
    });
    const completed = await sessions.complete(session);
    const again = await sessions.complete(session);
    const [callback] = await callbacksOf(product, String(session['id']));

    expect(api.schemaFaults('SessionRequest', request)).toEqual([]);
    expect([accepted, reported, collected, final, completed, again].map(({ status }) => status)).toEqual([
      202, 200, 200, 200, 204, 403,
    ]);
    expect([
      ...faults(accepted, 'POST'),
      ...faults(reported, 'PUT', '/issuer-fingerprint'),
      ...faults(collected, 'PUT', '/collect-data'),
      ...faults(final, 'GET', ''),
      ...faults(completed, 'POST', '/complete'),
      ...faults(again, 'POST', '/complete'),
    ]).toEqual([]);
    expect(api.schemaFaults('SessionCallback', callback?.body)).toEqual([]);
    expect(Object.keys(callback?.headers ?? {})).toEqual(
      expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature']) as string[],
    );
  });

  it('a hosted session from its link to its end', async () => {
    const request = sessionRequest(CARD, hosted({ callback_url: callbackUrl(product) }));
    const accepted = await sessions.create(request);
    const session = accepted.body;
    const read = await sessions.get(session, secretOf(session));
    const reported = await sessions.report(session, 'Y');
    const refused = await sessions.complete(session);
    const collected = await sessions.collect(session);

    expect(api.schemaFaults('SessionRequest', request)).toEqual([]);
    expect([accepted, read, reported, refused, collected].map(({ status }) => status)).toEqual([
      202, 200, 200, 403, 200,
    ]);
    expect([
      ...faults(accepted, 'POST'),
      ...faults(read, 'GET', ''),
      ...faults(reported, 'PUT', '/issuer-fingerprint'),
      ...faults(refused, 'POST', '/complete'),
      ...faults(collected, 'PUT', '/collect-data'),
    ]).toEqual([]);
  });

  it('a card that is handed over, used, kept, looked at and deleted, and what is refused of that', async () => {
    const card = { type: 'card', number: CARD, expiry_month: 12, expiry_year: 2030, name: 'Ada', cvv: '100' };
    const said = { ...card, billing_address: { city: 'London', country: 'GB' }, phone: { number: '7700900123' } };
    const capture = (body: object, key = product.demo.publicKey): Promise<Answer> =>
      call(product, 'POST', '/tokens', key, body);
    const handedOver = [await capture(said), await capture({}), await capture(card, 'pk_nobody')];
    const source = { type: 'token', token: handedOver[0]?.body['token'], store_for_future_use: true };
    const request = sessionRequest(CARD, { source, channel_data: BROWSER });
    const created = [await sessions.create(request), await sessions.create(request)];
    const kept = `/instruments/${String(created[0]?.body['card']?.['instrument_id'])}`;
    const onKept = (method: string, authorization = token): Promise<Answer> =>
      call(product, method, kept, authorization);
    const secret = secretOf(created[0]?.body ?? {});
    const looked = [await onKept('GET'), await onKept('GET', secret), await onKept('GET', 'Bearer nobody')];
    const deleted = [await onKept('DELETE'), await onKept('DELETE')];

    expect(api.schemaFaults('CardTokenRequest', said)).toEqual([]);
    expect(api.schemaFaults('SessionRequest', request)).toEqual([]);
    expect([...handedOver, ...created, ...looked, ...deleted].map(({ status }) => status)).toEqual([
      201, 422, 401, 201, 422, 200, 403, 401, 204, 404,
    ]);
    expect([
      ...handedOver.flatMap((answer) => api.faults('POST', '/tokens', answer)),
      ...created.flatMap((answer) => faults(answer, 'POST')),
      ...looked.flatMap((answer) => api.faults('GET', '/instruments/{id}', answer)),
      ...deleted.flatMap((answer) => api.faults('DELETE', '/instruments/{id}', answer)),
    ]).toEqual([]);
  });

  it('the same request twice, and a key used for another', async () => {
    const request = sessionRequest(CARD, { channel_data: BROWSER });
    const send = (body: object): Promise<Answer> =>
      call(product, 'POST', '/sessions', token, body, { 'Cko-Idempotency-Key': 'openapi-1' });
    const answers = [await send(request), await send(request), await send({ ...request, amount: 1 })];

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 409]);
    expect(answers.map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true', null]);
    expect(answers.flatMap((answer) => faults(answer, 'POST'))).toEqual([]);
  });

  it('refusals of every kind', async () => {
    const session = await sessions.open(CARD);
    const raw = async (body: string, type = 'application/json'): Promise<Answer> => {
      const headers = { authorization: token, 'content-type': type };
      const response = await fetch(`${product.apiUrl}/sessions`, { method: 'POST', headers, body });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
    };
    const failing = await sessions.open(CARD, { channel_data: BROWSER });
    const refused: [Answer, string, string | null][] = [
      [await raw('{'), 'POST', null],
      [await sessions.create({}, 'Bearer nobody'), 'POST', null],
      [await sessions.create({ currency: 'EURO' }), 'POST', null],
      [await raw('x'.repeat(300_000)), 'POST', null],
      [await raw('x', 'text/plain'), 'POST', null],
      [await sessions.get({ id: 'sid_aaaaaaaaaaaaaaaaaaaaaaaaaa' } as unknown as Body), 'GET', ''],
      [await sessions.complete(session), 'POST', '/complete'],
      [await sessions.complete(failing), 'POST', '/complete'],
      [await sessions.report(session, 'maybe'), 'PUT', '/issuer-fingerprint'],
      [await sessions.collect(session, { channel: 'browser' }), 'PUT', '/collect-data'],
    ];

    expect(refused.map(([{ status }]) => status)).toEqual([400, 401, 422, 413, 415, 404, 403, 502, 422, 422]);
    expect(refused.flatMap(([answer, method, action]) => faults(answer, method, action))).toEqual([]);
  });
});

describe('what is marked as not supported by every connector', () => {
  const app = {
    channel: 'app',
    sdk_app_id: '9aea641d-0549-4222-9ca9-d90b43a4f38c',
    sdk_max_timeout: 5,
    sdk_ephem_pub_key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    sdk_encrypted_data: 'x',
    sdk_reference_number: 'x',
    sdk_transaction_id: '9aea641d-0549-4222-9ca9-d90b43a4f38c',
    sdk_interface_type: 'both',
    sdk_ui_elements: ['text'],
  };
  const EXAMPLES: Record<string, Record<string, unknown>> = {
    AppChannelData: { channel_data: app },
    MerchantInitiatedChannelData: { channel_data: { channel: 'merchant_initiated', request_type: 'add_card' } },
  };

  it('is refused with 501 and the code that the mark says; nothing else is marked', async () => {
    const marked = Object.entries(api.schemas).flatMap(([name, schema]) => {
      const code = schema['x-by-connector'] as string | undefined;
      return code === undefined ? [] : [[name, code] as const];
    });
    const answers = await Promise.all(
      marked.map(async ([name]) => {
        const request = sessionRequest(CARD, EXAMPLES[name]);
        expect(api.schemaFaults('SessionRequest', request)).toEqual([]);
        const answer = await sessions.create(request);
        expect(faults(answer, 'POST')).toEqual([]);
        return [name, answer.status, answer.body['error_codes']];
      }),
    );

    expect(marked.map(([name]) => name).sort()).toEqual(Object.keys(EXAMPLES).sort());
    expect(answers).toEqual(marked.map(([name, code]) => [name, 501, [code]]));
  });
});

describe('the check itself', () => {
  const headers = new Headers({ 'content-type': 'application/json', 'cko-request-id': 'x', 'cko-version': 'x' });
  const health = (body: object, status = 200): string[] => api.faults('GET', '/health/live', { status, headers, body });

  it('sees a status, a member, a word and a header that the document does not promise', () => {
    expect(health({ status: 'ok' })).toEqual([]);
    expect(health({ status: 'ok' }, 299)).toHaveLength(1);
    expect(health({ status: 'fine' })).toHaveLength(1);
    expect(health({ status: 'ok', more: 1 })).toHaveLength(1);
    expect(health({})).toHaveLength(1);
    expect(
      api.faults('GET', '/health/live', {
        status: 200,
        headers: new Headers({ 'content-type': 'text/plain' }),
        body: {},
      }),
    ).toHaveLength(3);
    expect(api.schemaFaults('BrowserChannelData', { ...BROWSER_DATA, ip_address: 'here' })).not.toEqual([]);
  });
});
