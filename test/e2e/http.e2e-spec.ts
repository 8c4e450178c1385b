import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { bearer, call, sessionRequest, type Body } from '../support/api';
import { findLeaks, watchAnswer } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { jsonOf, onSocket, repeatedNames, requestText, valuesOf, type WireAnswer } from '../support/wire';

const CARD = '4485040371536584';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const BODY_LIMIT = 256 * 1024;

let product: Product;
let token: string;

beforeAll(async () => {
  product = await startProduct();
  token = await bearer(product);
}, 120_000);

afterAll(() => product.stop());

const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<WireAnswer> =>
  onSocket(product, requestText(method, path, headers, body));

const withToken = (headers: Record<string, string> = {}): Record<string, string> => ({
  Authorization: token,
  ...headers,
});

/** Every answer has these, once, in this very case. */
function expectStandardHeaders(answer: WireAnswer): void {
  expect(valuesOf(answer, 'Cko-Request-Id')).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(valuesOf(answer, 'Cko-Version')).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  expect(repeatedNames(answer)).toEqual([]);
}

function expectError(answer: WireAnswer, status: number, errorType: string, code: string): void {
  expectStandardHeaders(answer);
  expect({ status: answer.status, body: jsonOf(answer) }).toEqual({
    status,
    body: { request_id: valuesOf(answer, 'Cko-Request-Id')[0], error_type: errorType, error_codes: [code] },
  });
  const types = answer.headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
  expect(types).toEqual(['application/json; charset=utf-8']);
}

describe('every answer has the standard headers, in their case and once', () => {
  const create = async (): Promise<WireAnswer> =>
    send('POST', '/sessions', withToken(JSON_TYPE), JSON.stringify(sessionRequest(CARD)));
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

  it.each<[string, number, () => Promise<WireAnswer>]>([
    ['a session', 202, create],
    [
      'a session that is read',
      200,
      async () => send('GET', `/sessions/${String(jsonOf(await create())['id'])}`, withToken()),
    ],
    ['an error', 404, async () => send('GET', '/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa', withToken())],
    ['a refusal of the token endpoint', 400, async () => send('POST', '/connect/token', form, 'grant_type=password')],
    ['the public keys', 200, async () => send('GET', '/.well-known/jwks.json')],
    ['health', 200, async () => send('GET', '/health/live')],
    ['readiness', 200, async () => send('GET', '/health/ready')],
    ['metrics', 200, async () => send('GET', '/metrics')],
    ['a HEAD', 200, async () => send('HEAD', '/health/live')],
  ])('%s', async (_what, status, ask) => {
    const answer = await ask();

    expect(answer.status).toBe(status);
    expectStandardHeaders(answer);
  });
});

describe('what is wrong with the HTTP is told in JSON:', () => {
  it.each<[string, string, string, Record<string, string>, string | undefined, number, string, string]>([
    ['JSON that is none', 'POST', '/sessions', JSON_TYPE, '{"currency":', 400, 'request_invalid', 'body_malformed'],
    ['JSON that is no object', 'POST', '/sessions', JSON_TYPE, '[]', 400, 'request_invalid', 'body_malformed'],
    ['no JSON at all', 'POST', '/sessions', JSON_TYPE, '', 400, 'request_invalid', 'body_malformed'],
    [
      'JSON for a prototype',
      'POST',
      '/sessions',
      JSON_TYPE,
      '{"__proto__":{"currency":"EUR"}}',
      400,
      'request_invalid',
      'body_malformed',
    ],
    [
      'JSON nested beyond reason',
      'POST',
      '/sessions',
      JSON_TYPE,
      `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'request_invalid',
      'body_malformed',
    ],
    ['an unknown route', 'GET', '/payments', {}, undefined, 404, 'not_found', 'not_found'],
    ['an unknown route below a known one', 'GET', '/sessions/a/b/c', {}, undefined, 404, 'not_found', 'not_found'],
    ['an unknown method', 'DELETE', '/sessions', {}, undefined, 404, 'not_found', 'not_found'],
    ['a method that is none of HTTP', 'BREW', '/sessions', {}, undefined, 404, 'not_found', 'not_found'],
    [
      'an id beyond any length',
      'GET',
      `/sessions/sid_${'a'.repeat(5_000)}`,
      {},
      undefined,
      404,
      'not_found',
      'not_found',
    ],
    ['an address that cannot be decoded', 'GET', '/%zz', {}, undefined, 404, 'not_found', 'not_found'],
    ['one below a known route', 'GET', '/sessions/%zz', {}, undefined, 404, 'not_found', 'not_found'],
    [
      'a type that we do not read',
      'POST',
      '/sessions',
      { 'Content-Type': 'text/xml' },
      '<session/>',
      415,
      'request_invalid',
      'content_type_invalid',
    ],
    [
      'a form where JSON is read',
      'POST',
      '/sessions',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      'amount=1&currency=GBP',
      415,
      'request_invalid',
      'content_type_invalid',
    ],
    ['no type', 'POST', '/sessions', {}, '{}', 415, 'request_invalid', 'content_type_invalid'],
  ])('%s', async (_what, method, path, headers, body, status, errorType, code) => {
    expectError(await send(method, path, withToken(headers), body), status, errorType, code);
  });

  const bodyOf = (bytes: number): string => {
    const request = JSON.stringify({ ...sessionRequest(CARD), padding: '' });
    return request.replace('"padding":""', `"padding":"${'x'.repeat(bytes - request.length)}"`);
  };

  it('a body of more than 256 KiB', async () => {
    const [fits, tooLarge] = [bodyOf(BODY_LIMIT), bodyOf(BODY_LIMIT + 1)];

    expect((await send('POST', '/sessions', withToken(JSON_TYPE), fits)).status).toBe(202);
    expectError(
      await send('POST', '/sessions', withToken(JSON_TYPE), tooLarge),
      413,
      'request_invalid',
      'body_too_large',
    );
  });

  it.each<[string, string]>([
    ['no version of HTTP', 'GET /health/live HELLO/1.1\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header line that is none', requestText('GET', '/health/live', { 'No colon\r\nhere': 'x' })],
    ['headers without end', requestText('GET', '/health/live', { 'X-Long': 'x'.repeat(64 * 1024) })],
    ['a length that is no number', requestText('POST', '/sessions', { ...JSON_TYPE, 'Content-Length': 'many' }, '{}')],
    ['two lengths', requestText('POST', '/sessions', { 'Content-Length': '2', 'content-length': '3' }, '{}')],
    ['a broken chunk', requestText('POST', '/sessions', { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }) + 'zz\r\n'],
    ['no host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ])('broken HTTP: %s', async (_what, request) => {
    expectError(await onSocket(product, request), 400, 'request_invalid', 'body_malformed');
  });

  it('an expectation that nobody knows is not one of ours to refuse', async () => {
    const answer = await send('GET', '/health/live', { Expect: 'the-unexpected' });

    expect(answer.status).toBe(200);
    expectStandardHeaders(answer);
  });

  it.each<[string, string]>([
    ['no credentials', ''],
    ['another scheme', 'Basic abc'],
    ['no token of ours', 'Bearer abc.def.ghi'],
    ['a token with another signature', ''],
    ['a secret that is none', 'sek_short'],
  ])('%s', async (what, authorization) => {
    const forged = what.endsWith('signature') ? `${token.slice(0, -8)}AAAAAAAA` : authorization;
    const headers: Record<string, string> = forged === '' ? {} : { Authorization: forged };

    for (const path of ['/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa', '/sessions/nonsense'])
      expectError(await send('GET', path, headers), 401, 'forbidden', 'unauthorized');
    expectError(await send('POST', '/sessions', { ...headers, ...JSON_TYPE }, '{}'), 401, 'forbidden', 'unauthorized');
  });
});

describe('the token endpoint', () => {
  const ask = async (
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: Body }> => {
    const url = product.demo.tokenUrl;
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'error',
    });
    const body = (await response.json()) as Body;
    watchAnswer(body);
    return { status: response.status, headers: response.headers, body };
  };
  const form = (): Record<string, string> => ({
    client_id: product.demo.clientId,
    client_secret: product.demo.clientSecret,
  });
  const basic = (secret = product.demo.clientSecret): Record<string, string> => ({
    Authorization: `Basic ${Buffer.from(`${product.demo.clientId}:${secret}`).toString('base64')}`,
  });
  const GRANT = { grant_type: 'client_credentials' };

  it.each<[string, () => [Record<string, string>, Record<string, string>]]>([
    ['in the form', () => [{ ...GRANT, ...form() }, {}]],
    ['by Basic', () => [GRANT, basic()]],
    ['in both places', () => [{ ...GRANT, ...form() }, basic()]],
  ])('takes credentials %s', async (_where, credentials) => {
    const { status, headers, body } = await ask(...credentials());

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'sessions:app sessions:browser',
    });
    const read = await call(
      product,
      'GET',
      '/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa',
      `Bearer ${String(body['access_token'])}`,
    );
    expect(read.status).toBe(404);
  });

  it('gives tokens that anybody can verify with the public keys', async () => {
    const { body } = await ask({ ...GRANT, ...form(), scope: 'sessions:browser' });
    const jwt = String(body['access_token']);
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', product.apiUrl));

    const { payload } = await jwtVerify(jwt, keys, { typ: 'at+jwt' });

    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(payload).toMatchObject({
      client_id: product.demo.clientId,
      scope: ['sessions:browser'],
      exp: Number(payload.iat) + 3600,
    });
  });

  it.each<[string, string, () => [Record<string, string>, Record<string, string>]]>([
    ['no grant type', 'invalid_request', () => [form(), {}]],
    ['another grant type', 'unsupported_grant_type', () => [{ ...form(), grant_type: 'password' }, {}]],
    ['no credentials', 'invalid_request', () => [GRANT, {}]],
    ['half of the credentials', 'invalid_client', () => [{ ...GRANT, client_id: product.demo.clientId }, {}]],
    ['a wrong secret', 'invalid_client', () => [{ ...GRANT, ...form(), client_secret: 'wrong' }, {}]],
    ['a wrong secret by Basic', 'invalid_client', () => [GRANT, basic('wrong')]],
    ['a wrong secret in one of two places', 'invalid_client', () => [{ ...GRANT, ...form() }, basic('wrong')]],
    ['nobody', 'invalid_client', () => [{ ...GRANT, ...form(), client_id: 'ack_aaaaaaaaaaaaaaaaaaaaaaaaaa' }, {}]],
    ['an unknown scope', 'invalid_scope', () => [{ ...GRANT, ...form(), scope: 'vault' }, {}]],
    ['a body of another type', 'invalid_request', () => [form(), { 'Content-Type': 'application/json' }]],
  ])('refuses %s: 400 and %s, in JSON', async (_what, error, request) => {
    const [fields, headers] = request();
    const { status, body } =
      headers['Content-Type'] === undefined
        ? await ask(fields, headers)
        : await call(product, 'POST', '/connect/token', undefined, { ...GRANT, ...fields });

    expect({ status, body }).toEqual({ status: 400, body: { error } });
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
