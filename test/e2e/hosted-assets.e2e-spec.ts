/** What the hosted page loads, beside itself. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startProduct, type Product } from '../support/product';
import { exchange, type RawAnswer } from '../support/raw-http';
import { rows } from '../support/rows';

const BUILT = resolve(__dirname, '../../dist/apps/hosted/js/page.js');

let product: Product;
let script: Buffer;
let address: string;

beforeAll(async () => {
  product = await startProduct();
  script = readFileSync(BUILT);
  address = `/hosted/assets/page-${createHash('sha384').update(script).digest('hex').slice(0, 16)}.js`;
}, 120_000);

afterAll(() => product.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  exchange(product.apiUrl + path, 'GET', headers);

describe('the script of the hosted page', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['identity', (body: Buffer) => body],
  ])('comes as %s, for ever, and to no other origin', async (coding, unpack) => {
    const { status, headers, body } = await get(address, { 'accept-encoding': coding });

    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(unpack(body).equals(script)).toBe(true);
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await get(address);

    expect(await get(address, { 'if-none-match': String(headers['etag']) })).toMatchObject({ status: 304 });
  });

  it('stands in for that of another release, and is not kept as such', async () => {
    const { status, headers, body } = await get('/hosted/assets/page-0123456789abcdef.js');

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.equals(script)).toBe(true);
  });

  it.each(['page.js', 'page.css', 'countersign.js', '..%2f..%2fpackage.json', 'page-0123456789abcdef.css'])(
    'is all there is below its path: %s',
    async (name) => {
      expect(await get(`/hosted/assets/${name}`)).toMatchObject({ status: 404 });
    },
  );
});

describe('the logo of a shop', () => {
  it('is a picture and nothing else, under a name that never changes its content', async () => {
    const [logo] = await rows<{ hash: string; bytes: Buffer }>(product, 'SELECT hash, bytes FROM channel_logo LIMIT 1');

    const { status, headers, body } = await get(`/hosted/logos/${logo?.hash}`);

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': `default-src 'none'; sandbox`,
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(body.equals(logo?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it.each(['0'.repeat(64), 'x', `${'0'.repeat(63)}'`])('is not there: %s', async (hash) => {
    expect(await get(`/hosted/logos/${hash}`)).toMatchObject({ status: 404 });
  });
});
