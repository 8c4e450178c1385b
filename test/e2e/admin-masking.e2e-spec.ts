/** What merchants and operators wrote somewhere is not shown to every viewer when it is a secret or a card number. */
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, pathOf } from '../support/calls';
import { demoOperator, inviteAndSignIn, type ConsoleClient } from '../support/console';
import { hosted } from '../support/hosted';
import { startProduct, type Product } from '../support/product';
import { callbackUrl } from '../support/simulator';

jest.setTimeout(60_000);

/** No test pays with it: it may be in the database, which is searched for those that are paid with. */
const CARD = '4000056655665556';
const SHOWN_CARD = '400005******5556';
const REFERENCE = `card ${CARD}`;
const SECRETS = ['hunter2', 'sekret', CARD, CARD.replace(/(\d{4})(?=\d)/g, '$1 ')];

let product: Product;
let admin: ConsoleClient;
let viewer: ConsoleClient;
let sessions: Calls;
let session: Body;
let merchant: string;

/** An address with all that may prove who goes there, and how it is shown. */
const secretly = (address: string): string => `${address.replace('://', '://user:hunter2@')}?token=sekret`;
const shown = (address: string): string => `${address.replace('://', '://•••@')}?token=•••`;
const endpoint = (): string => callbackUrl(product).replace('://', '://•••@');

beforeAll(async () => {
  product = await startProduct();
  admin = await demoOperator(product);
  viewer = await inviteAndSignIn(product, 'viewer@shop.example', 'a long password for a viewer', {
    role: 'viewer',
    all_merchants: true,
  });
  sessions = new Calls(product, await bearer(product));
  const completion = { type: 'non_hosted', callback_url: secretly(callbackUrl(product)) };
  session = await sessions.open('4485040371536584', { channel_data: BROWSER, reference: REFERENCE, completion });
  expect((await sessions.complete(session)).status).toBe(204);
  merchant = String((await viewer.get(`sessions/${String(session['id'])}`)).body['merchant_id']);
}, 120_000);

afterAll(() => product.stop());

/** What a viewer is answered, of which no part is a secret. */
async function read(path: string): Promise<Body> {
  const { status, body } = await viewer.get(path);
  expect(status).toBe(200);
  const text = JSON.stringify(body);
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  return body;
}

const filtered = (filter: object): string => `filter=${encodeURIComponent(JSON.stringify(filter))}`;
const itemsOf = (body: Body): Body[] => body['data'] as unknown as Body[];

describe('what a merchant wrote', () => {
  it('is shown without secrets and card numbers in a session and its callbacks', async () => {
    const reference = `card ${SHOWN_CARD}`;
    const url = shown(callbackUrl(product));

    const story = await read(`sessions/${String(session['id'])}`);
    expect(story).toMatchObject({ reference, callback_url: url, callbacks: [{ url }] });
    expect(itemsOf(await read('sessions'))[0]).toMatchObject({ id: session['id'], reference });
    const [line] = itemsOf(await read(`callbacks?${filtered({ session_id: session['id'] })}`));
    expect(line).toMatchObject({ url, state: 'delivered' });
    expect(await read(`callbacks/${String(line?.['id'])}`)).toMatchObject({ url, payload: { reference } });
  });

  it('is exported in the same way', async () => {
    for (const format of ['csv', 'ndjson']) {
      const { text } = await read(`sessions/export?format=${format}`);
      expect(text).toContain(`card ${SHOWN_CARD}`);
    }
  });

  it('is given back to the merchant as it was', async () => {
    const own = await sessions.read(session);

    expect(own).toMatchObject({
      reference: REFERENCE,
      _links: { callback_url: { href: secretly(callbackUrl(product)) } },
    });
  });

  it('of a hosted session is shown no otherwise', async () => {
    const pages = {
      success_url: secretly('https://shop.example/paid'),
      failure_url: secretly('https://shop.example/no'),
    };
    const open = await sessions.open(
      '4485040371536584',
      hosted({ ...pages, callback_url: secretly(callbackUrl(product)) }),
    );

    expect(await read(`sessions/${String(open['id'])}`)).toMatchObject({ callback_url: shown(callbackUrl(product)) });
  });

  it('is not shown by an address that is written in another way', async () => {
    const { cookie } = viewer;
    const response = await fetch(`${product.apiUrl}/%61dmin/api${pathOf(session)}`, {
      headers: { cookie: cookie ?? '' },
    });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ reference: `card ${SHOWN_CARD}` });
  });

  it('is counted and found by where it goes, as that is shown', async () => {
    const [busiest] = itemsOf(await read('callbacks/endpoints'));
    expect(busiest?.['url']).toBe(endpoint());

    for (const asked of [endpoint(), shown(callbackUrl(product)), secretly(callbackUrl(product))]) {
      const found = itemsOf(await read(`callbacks?${filtered({ endpoint: asked })}`));
      expect(found.map((callback) => callback['session_id'])).toEqual([session['id']]);
    }
    expect(itemsOf(await read(`callbacks?${filtered({ endpoint: callbackUrl(product) })}`))).toEqual([]);
  });
});

describe('what an operator wrote', () => {
  it('shows no card number: neither names nor reasons', async () => {
    const name = `Shop of ${CARD}`;
    const reason = `they paid with ${SECRETS[3] ?? ''}`;
    const { body: made } = await admin.post('merchants', { name });
    const { body: channel } = await admin.post('channels', { merchant_id: made['id'], environment: 'test', name });
    expect((await admin.call('PATCH', `merchants/${merchant}`, { name: `${name}!`, reason })).status).toBe(200);

    expect(made['name']).toBe(`Shop of ${SHOWN_CARD}`);
    expect(await read(`merchants/${String(made['id'])}`)).toMatchObject({ name: `Shop of ${SHOWN_CARD}` });
    expect(await read(`channels/${String(channel['id'])}`)).toMatchObject({ name: `Shop of ${SHOWN_CARD}` });
    await read('merchants');
    await read('channels');
    await read('features');
    const { body: audit } = await admin.get('audit?limit=100');
    expect(JSON.stringify(audit)).toContain('they paid with [masked]');
    expect(SECRETS.filter((secret) => JSON.stringify(audit).includes(secret))).toEqual([]);
  });
});

it('tells the numbers of the simulator, which are published', async () => {
  const { cards } = (await viewer.get('simulator')).body as unknown as { cards: { number: string }[] };

  expect(cards.map(({ number }) => number)).toContain('4485040371536584');
});

it.each(['two\nlines', 'for\u202eward', 'a\u2066b', 'tab\there', 'x\u2028y'])(
  'takes no name such as %j',
  async (name) => {
    for (const [path, body] of [
      ['merchants', { name }],
      ['channels', { merchant_id: merchant, environment: 'test', name }],
      ['operators', { email: 'named@shop.example', name, role: 'viewer', all_merchants: true }],
      ['service-accounts', { name, role: 'viewer', all_merchants: true }],
    ] as const) {
      expectRefusal(await admin.post(path, body), 422, 'unprocessable_entity', 'name_invalid');
    }
  },
);
