import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { BROWSER_DATA, bearer, call, sessionRequest } from '../support/api';
import { startProduct, type Product } from '../support/product';
import { exchange, type RawAnswer } from '../support/raw-http';

const ORIGIN = { origin: 'https://shop.example' };

let product: Product;
let token: string;

beforeAll(async () => {
  product = await startProduct();
  token = await bearer(product);
}, 120_000);

afterAll(() => product.stop());

const ask = (method: string, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  exchange(product.apiUrl + path, method, headers);

async function openSession(): Promise<{ id: string; secret: string }> {
  const { body } = await call(product, 'POST', '/sessions', token, sessionRequest('4485040371536584'));
  return { id: String(body['id']), secret: String(body['session_secret']) };
}

describe('answers to pages of other origins', () => {
  it.each([
    ['GET', ''],
    ['PUT', '/collect-data'],
    ['PUT', '/issuer-fingerprint'],
    ['POST', '/complete'],
  ])('are allowed ahead for %s …%s, for as long as a browser remembers', async (method, path) => {
    const { status, headers, names } = await ask('OPTIONS', `/sessions/sid_x${path}`, {
      ...ORIGIN,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization',
    });

    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': method,
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '7200',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(names).toHaveLength(new Set(names).size);
  });

  it.each(['/sessions', '/connect/token', '/docs', '/3ds/rreq'])('are not allowed ahead for %s', async (path) => {
    const { status, headers } = await ask('OPTIONS', path, { ...ORIGIN, 'access-control-request-method': 'POST' });

    expect(status).toBe(404);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('are open to the session’s secret, each header once', async () => {
    const { id, secret } = await openSession();

    const { status, headers, names } = await ask('GET', `/sessions/${id}`, { ...ORIGIN, authorization: secret });

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Cko-Request-Id, Cko-Version, Retry-After',
    });
    expect(names).toHaveLength(new Set(names).size);
  });

  it('are open when the secret is refused, so that the page can say why', async () => {
    const { id } = await openSession();

    const { status, headers } = await ask('GET', `/sessions/${id}`, {
      ...ORIGIN,
      authorization: `sek_${'x'.repeat(44)}`,
    });

    expect(status).toBe(401);
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*' });
  });

  it.each(['token', 'none'])('stay closed to a page with: %s', async (credential) => {
    const { id } = await openSession();
    const headers: Record<string, string> = credential === 'token' ? { ...ORIGIN, authorization: token } : ORIGIN;

    const answer = await ask('GET', `/sessions/${id}`, headers);

    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('stay closed where a session is made', async () => {
    const request = { ...sessionRequest('4485040371536584'), channel_data: BROWSER_DATA };
    const { status, headers } = await call(product, 'POST', '/sessions', token, request, ORIGIN);

    expect(status).toBe(202);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('countersign.js', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['identity', (body: Buffer) => body],
  ])('comes compressed as %s, the same underneath', async (coding, unpack) => {
    const plain = await ask('GET', '/js/countersign.js');

    const { status, headers, names, body } = await ask('GET', '/js/countersign.js', { 'accept-encoding': coding });

    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'accept-encoding',
    });
    expect(unpack(body).equals(plain.body)).toBe(true);
    expect(names).toHaveLength(new Set(names).size);
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await ask('GET', '/js/countersign.js', { 'accept-encoding': 'gzip' });

    const { status, body } = await ask('GET', '/js/countersign.js', {
      'accept-encoding': 'gzip',
      'if-none-match': String(headers['etag']),
    });

    expect(status).toBe(304);
    expect(body).toHaveLength(0);
  });

  it.each(['countersign.js', 'countersign.mjs'])('has an address that never changes its content: %s', async (name) => {
    const manifest = await ask('GET', '/js/countersign.json');
    const { path, integrity } =
      (JSON.parse(manifest.body.toString()) as Record<string, Record<string, string>>)[name] ?? {};

    const { status, headers, body } = await ask('GET', String(path));

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(integrity).toBe(`sha384-${createHash('sha384').update(body).digest('base64')}`);
  });

  it('is all there is below its path', async () => {
    for (const path of ['/js/other.js', '/js/..%2f..%2fpackage.json', '/js/countersign-0000000000000000.js']) {
      expect(await ask('GET', path)).toMatchObject({ status: 404 });
    }
  });
});
