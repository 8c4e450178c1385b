/** A route with two connectors: the second takes a session only where the first cannot have reached the issuer. */
import { randomBytes } from 'node:crypto';
import { sessionRequest, type Body } from '../support/api';
import { BROWSER } from '../support/calls';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { eventually } from '../support/simulator';
import { UpstreamMerchants, type AccountSetup, type UpstreamMerchant } from '../support/upstream-merchants';

const CARD = '4485040371536584';
const KEK = randomBytes(32).toString('base64');
const ROUTE = [{ connector: 'checkout' }, { connector: 'emv3ds' }];
const WITH_DATA = { channel_data: BROWSER };

let product: Product;
let merchants: UpstreamMerchants;

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_KEK: KEK });
  merchants = await UpstreamMerchants.open(product, KEK);
}, 120_000);

afterEach(() => merchants.upstream.control('DELETE', '/faults'));
afterAll(async () => {
  await merchants?.close();
  await product.stop();
});

const idOf = (session: Body): string => String(session['id']);

/** The connectors that tried a session, in order. */
async function tried(session: Body): Promise<string[]> {
  const sql = 'SELECT connector FROM attempt WHERE session_id = $1 ORDER BY number';
  return (await rows<{ connector: string }>(product, sql, [uuidOf(idOf(session))])).map(({ connector }) => connector);
}

/** Another address of the upstream, which refuses connections while it is shut. */
async function door(open: boolean): Promise<{ url: string; set(open: boolean): Promise<void> }> {
  const { url, port } = await merchants.upstream.control('POST', '/doors', {});
  const set = async (isOpen: boolean): Promise<void> => {
    await merchants.upstream.control('PUT', `/doors/${port}`, { open: isOpen });
  };
  await set(open);
  return { url: `${url}/upstream`, set };
}

const strike = ({ clientId }: UpstreamMerchant, fault: object): Promise<void> =>
  merchants.upstream.faults({ clientId, ...fault });

describe('the next connector takes a session at its creation', () => {
  it('when the connection is refused', async () => {
    const merchant = await merchants.add({ route: ROUTE, apiUrl: (await door(false)).url });

    const { status, body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect({ status, body }).toMatchObject({
      status: 201,
      body: { status: 'approved', response_code: 'Y', eci: '05' },
    });
    expect(body).not.toHaveProperty('upstream');
    expect(await tried(body)).toEqual(['checkout', 'emv3ds']);
  });

  it('also without device data, and goes on with it', async () => {
    const shut = await door(false);
    const merchant = await merchants.add({ route: ROUTE, apiUrl: shut.url });
    const { status, body } = await merchant.calls.create(sessionRequest(CARD));
    expect([status, body['status']]).toEqual([202, 'pending']);
    await shut.set(true);

    await merchant.calls.report(body, 'Y');

    expect((await merchant.calls.collect(body)).body).toMatchObject({ status: 'approved' });
    expect(await tried(body)).toEqual(['checkout', 'emv3ds']);
  });

  it.each<[string, object, AccountSetup]>([
    ['does not let the account do that', { mode: 'status403', errorCodes: ['operation_not_allowed'] }, {}],
    ['is busy for a minute', { mode: 'status429', retryAfterSeconds: 60 }, {}],
    ['takes no token', { mode: 'status401' }, {}],
    ['refuses its secret', { on: 'webhook', mode: 'drop' }, { clientSecret: 'a-wrong-secret' }],
    ['has no token endpoint', { on: 'token', mode: 'reset' }, {}],
  ])('when the upstream %s', async (_what, fault, setup) => {
    const merchant = await merchants.add({ route: ROUTE, ...setup });
    await strike(merchant, { on: 'create', ...fault });

    const { status, body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect({ status, body }).toMatchObject({ status: 201, body: { status: 'approved' } });
    expect(await tried(body)).toEqual(['checkout', 'emv3ds']);
  });

  it('and the one that does not answer is left alone for a while, and then taken again', async () => {
    const shut = await door(false);
    const merchant = await merchants.add({ route: ROUTE, apiUrl: shut.url });

    const skipped = await eventually(async () => {
      const session = await merchant.calls.open(CARD, WITH_DATA);
      expect(session).toMatchObject({ status: 'approved' });
      const connectors = await tried(session);
      return connectors.length === 1 ? connectors : undefined;
    });

    expect(skipped).toEqual(['emv3ds']);
    await shut.set(true);
    await eventually(async () => {
      const session = await merchant.calls.open(CARD, WITH_DATA);
      expect(session).toMatchObject({ status: 'approved' });
      return 'upstream' in session || undefined;
    }, 30_000);
  });
});

describe('the first connector keeps a session', () => {
  it.each<[string, object]>([
    ['whose answer was lost', { mode: 'lost_answer' }],
    ['whose answer is an error of the upstream', { mode: 'status500', after: true }],
    ['whose connection was reset', { mode: 'reset' }],
    ['whose answer is garbage', { mode: 'html' }],
  ])('%s: the issuer may have seen it', async (_what, fault) => {
    const merchant = await merchants.add({ route: ROUTE });
    await strike(merchant, { on: 'create', ...fault });

    const { body } = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect(body).toMatchObject({ status: 'processing' });
    expect(await tried(body)).toEqual(['checkout']);
  });

  it('that the upstream refuses for what the merchant wrote', async () => {
    const merchant = await merchants.add({ route: ROUTE });
    await strike(merchant, { on: 'create', mode: 'status422', errorCodes: ['amount_invalid'] });

    const answer = await merchant.calls.create(sessionRequest(CARD, WITH_DATA));

    expect(answer).toMatchObject({ status: 422, body: { error_codes: ['amount_invalid'] } });
  });

  it('once it was answered, whatever becomes of the upstream', async () => {
    const way = await door(true);
    const merchant = await merchants.add({ route: ROUTE, apiUrl: way.url });
    const session = await merchant.calls.open(CARD);
    expect(session).toMatchObject({ status: 'pending', upstream: { connector: 'checkout' } });
    await way.set(false);

    const { body } = await merchant.calls.collect(session);

    expect(body['status']).not.toBe('approved');
    expect(await tried(session)).toEqual(['checkout']);
  });
});

describe('a route with conditions', () => {
  it('sends to each connector what is meant for it', async () => {
    const merchant = await merchants.add({
      route: [{ connector: 'checkout', when: { currencies: ['USD'] } }, { connector: 'emv3ds' }],
    });

    const [dollars, euros] = [
      await merchant.calls.open(CARD, { ...WITH_DATA, currency: 'USD' }),
      await merchant.calls.open(CARD, WITH_DATA),
    ];

    expect([await tried(dollars), await tried(euros)]).toEqual([['checkout'], ['emv3ds']]);
    expect([dollars['status'], euros['status']]).toEqual(['approved', 'approved']);
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
