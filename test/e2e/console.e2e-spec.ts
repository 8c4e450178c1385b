import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ConsoleClient, demoOperator } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { exchange, type RawAnswer } from '../support/raw-http';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 120_000);

afterAll(() => product.stop());

const ask = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  exchange(product.apiUrl + path, 'GET', headers);

/** The nonce that a page's policy lets in. */
const nonceOf = ({ headers }: RawAnswer): string =>
  /script-src 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';

async function scriptName(): Promise<string> {
  const page = await ask('/admin/');
  return /assets\/([\w-]+\.js)/.exec(page.body.toString())?.[1] ?? '';
}

describe('the page of the console', () => {
  it.each(['/admin', '/admin/', '/admin/sessions', '/admin/sessions/sid_x?filter=%7B%7D'])('is at %s', async (path) => {
    const { status, headers, body } = await ask(path);

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(body.toString()).toContain('<div id="root">');
  });

  it('lets in what carries the nonce of this very answer, and nothing else', async () => {
    const [one, other] = [await ask('/admin/'), await ask('/admin/')];

    expect(nonceOf(one)).toMatch(/^[\w+/]{24}$/);
    expect(nonceOf(one)).not.toBe(nonceOf(other));
    expect(String(one.headers['content-security-policy']).split('; ')).toEqual([
      `default-src 'none'`,
      `script-src 'nonce-${nonceOf(one)}'`,
      `style-src 'nonce-${nonceOf(one)}' 'self'`,
      `img-src 'self' data:`,
      `font-src 'self'`,
      `connect-src 'self'`,
      `base-uri 'none'`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
    ]);
    const scripts = one.body.toString().match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.every((script) => script.includes(`nonce="${nonceOf(one)}"`))).toBe(true);
    expect(one.body.toString()).not.toContain('{nonce}');
  });

  it.each(['/admin/api', '/admin/api/nothing', '/admin/api/nothing?x=1', '/admin/assets', '/admin/assets/'])(
    'is not what %s answers',
    async (path) => {
      const { status, headers } = await ask(path);

      expect(status).toBe(404);
      expect(headers['content-type']).toContain('application/json');
    },
  );
});

describe('an asset of the console', () => {
  it.each([
    ['identity', (body: Buffer): Buffer => body],
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('comes as %s, the same content, to be kept for ever', async (coding, decode) => {
    const name = await scriptName();
    const plain = await ask(`/admin/assets/${name}`);

    const { status, headers, body } = await ask(`/admin/assets/${name}`, { 'accept-encoding': coding });

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept-encoding',
    });
    expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
    expect(decode(body).equals(plain.body)).toBe(true);
  });

  it.each(['index.html', '..%2findex.html', '%2e%2e%2findex.html', 'constructor', 'x.js', 'NAME.br'])(
    'is none where the name is %s',
    async (name) => {
      const { status } = await ask(`/admin/assets/${name.replace('NAME', await scriptName())}`);

      expect(status).toBe(404);
    },
  );
});

describe('what the console shows', () => {
  it('is what has an API behind it', async () => {
    const operator = await demoOperator(product);

    const { status, body } = await operator.get('features');

    expect(status).toBe(200);
    expect(body['features']).toContain('sessions');
    for (const feature of body['features'] as unknown as string[]) {
      // Told apart from a route that is not there: a guard has the first word.
      expect((await new ConsoleClient(product).get(feature)).status).toBe(401);
    }
  });

  it('is nobody else’s business', async () => {
    expect((await new ConsoleClient(product).get('features')).status).toBe(401);
  });
});
