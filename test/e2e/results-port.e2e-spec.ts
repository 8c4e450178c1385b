import { bearer } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { PASSWORD, playChallenge } from '../support/cardholder';
import { startProduct, type Product } from '../support/product';
import { resultAddressOf, resultsSent } from '../support/simulator';
import { jsonOf, onSocket, requestText, valuesOf } from '../support/wire';

let product: Product;
let sessions: Calls;
/** Where the directory server was told to deliver results. */
let results: URL;

beforeAll(async () => {
  product = await startProduct({ RREQ_PORT: '0' });
  sessions = new Calls(product, await bearer(product));
  const session = await sessions.open('4242424242424242', { channel_data: BROWSER });
  results = new URL(await resultAddressOf(product, String(session['transaction_id'])));
}, 120_000);

afterAll(() => product.stop());

const post = (url: string, target: string) =>
  onSocket({ apiUrl: url }, requestText('POST', target, { 'Content-Type': 'application/json' }, '{}'));

/** Ways to write one and the same address. */
const WRITTEN: [string, (path: string) => string][] = [
  ['as it is', (path) => path],
  ['with a query', (path) => `${path}?a=1`],
  ['with an escaped letter', (path) => path.replace('rreq', '%72req')],
  ['with an escaped directory', (path) => path.replace('3ds', '%33ds')],
  ['with a parameter', (path) => `${path};a=1`],
  ['with a fragment', (path) => `${path}#a`],
  ['in absolute form', (path) => `http://countersign.test${path}`],
  ['in absolute form, escaped', (path) => `http://countersign.test${path.replace('rreq', '%72req')}`],
];

describe('results with a port of their own', () => {
  it('are asked for there', () => {
    expect(results.port).not.toBe(new URL(product.apiUrl).port);
  });

  it.each(WRITTEN)('are not taken at the main port, the address written %s', async (_how, write) => {
    for (const path of ['/3ds/rreq', results.pathname]) {
      const answer = await post(product.apiUrl, write(path));

      expect(answer.status).toBe(404);
      expect(jsonOf(answer)).toMatchObject({ error_type: 'not_found' });
    }
  });

  it.each(WRITTEN.filter(([how]) => !/parameter/.test(how)))(
    'are taken there, the address written %s',
    async (_how, write) => {
      const answer = await post(results.origin, write('/3ds/rreq'));

      expect(answer.status).toBe(200);
      expect(jsonOf(answer)).toMatchObject({ messageType: 'Erro', errorCode: '101' });
    },
  );

  it('are all that is served there', async () => {
    for (const target of ['/sessions', '/%73essions', 'http://countersign.test/connect/token', '/health/live']) {
      expect((await post(results.origin, target)).status).toBe(404);
    }
  });

  it.each([
    ['nonsense\r\n\r\n', 404],
    ['GET / HTTP/9.9\r\n\r\n', 400],
    [`POST / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 400],
  ])('are kept from what is not even HTTP as everything else is (%#)', async (bytes, status) => {
    const answer = await onSocket({ apiUrl: results.origin }, bytes);

    expect(answer.status).toBe(status);
    expect(valuesOf(answer, 'Cko-Request-Id')).toHaveLength(1);
    expect(jsonOf(answer)).toMatchObject({ request_id: expect.any(String) as string });
  });

  it('end a challenge', async () => {
    const session = await sessions.open('4242424242424242', { channel_data: BROWSER });

    await playChallenge(session, { password: PASSWORD });

    const sent = await resultsSent(product, String(session['transaction_id']));
    expect(sent.map(({ answer }) => answer.messageType)).toEqual(['RRes']);
    expect(await sessions.read(session)).toMatchObject({ status: 'approved' });
  });
});
