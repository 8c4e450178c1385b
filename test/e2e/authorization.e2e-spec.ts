/** A result on its way to a payment gateway: read from the server, and sent as docs/authorization.md says. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bearer, call, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, pathOf, secretOf, upstreamMember } from '../support/calls';
import { CARDS, PASSWORD, playChallenge, type TestCard } from '../support/cardholder';
import { findLeaks, watchSecret } from '../support/leaks';
import { ApiDescription } from '../support/openapi';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';

const APPROVED = '4485040371536584';
const CHALLENGED = '4242424242424242';
const VALUE = /^[A-Za-z0-9+/]{27}=$/;
const PAGE = readFileSync(resolve(__dirname, '../../docs/authorization.md'), 'utf8');

let product: Product;
let sessions: Calls;
let description: ApiDescription;

beforeAll(async () => {
  product = await startProduct();
  description = await ApiDescription.of(product.apiUrl);
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterAll(() => product.stop());

/** The call, whose answer is as the product's own description promises, each time. */
async function dataOf(session: Body, authorization = sessions.authorization): Promise<Answer> {
  const answer = await call(product, 'GET', pathOf(session, '/authorization-data'), authorization);
  expect(description.faults('GET', '/sessions/{id}/authorization-data', answer)).toEqual([]);
  const value: unknown = answer.body['emv']?.['authenticationValue'];
  if (typeof value === 'string') watchSecret(value);
  return answer;
}

/** A card's session, played to its end. */
async function authenticate({ number, flow }: Pick<TestCard, 'number' | 'flow'>): Promise<Body> {
  const session = await sessions.open(number, { channel_data: BROWSER });
  if (flow === 'challenge') await playChallenge(session, { password: PASSWORD });
  return sessions.read(session);
}

const named = (cards: readonly TestCard[]): [string, TestCard][] =>
  cards.map((card) => [`${card.scheme} …${card.number.slice(-4)}, ${card.flow}: ${card.status}`, card]);
const authorizing = CARDS.filter(({ status }) => status === 'approved' || status === 'attempted');
const others = CARDS.filter(({ flow, status }) => flow !== 'none' && status !== 'approved' && status !== 'attempted');

/** Who did what to a session, as the access log has it. */
const noted = (session: Body): Promise<{ actor: string; act: string; data: object }[]> =>
  rows(product, 'SELECT actor, act, data FROM access_log WHERE subject = $1 ORDER BY at', [String(session['id'])]);

describe('a card that authorizes', () => {
  it.each(named(authorizing))('%s', async (_name, card) => {
    const session = await authenticate(card);

    const { status, headers, body } = await dataOf(session);

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const value = session['cryptogram'];
    const { eci, xid, protocol_version: version } = session;
    expect(value).toMatch(VALUE);
    expect(body).toMatchObject({
      session_id: session['id'],
      scheme: card.scheme,
      liability_shift: 'yes',
      emv: {
        messageVersion: version,
        messageCategory: '01',
        transStatus: card.status === 'approved' ? 'Y' : 'A',
        eci,
        authenticationValue: value,
        threeDSServerTransID: session['transaction_id'],
        dsTransID: xid,
        acsTransID: session['acs']?.['transaction_id'],
      },
      checkout: { external: { '3ds': { enabled: true, eci, cryptogram: value, xid, version } } },
      braintree: {
        three_d_secure_pass_thru: {
          eci_flag: eci,
          cavv: value,
          ds_transaction_id: xid,
          three_d_secure_version: version,
        },
      },
      worldpay: { customer: { authentication: { eci, authenticationValue: value, transactionId: xid, version } } },
    });
    const byIdentifier = { '3ds': { enabled: true, authentication_id: session['upstream']?.['session_id'] } };
    expect(session['upstream']).toEqual(upstreamMember(product).upstream);
    expect(body['checkout']?.['by_identifier']).toEqual('upstream' in session ? byIdentifier : undefined);
    if (card.scheme === 'cartes_bancaires') {
      expect(Object.keys(body['missing'] ?? {})).toEqual(['adyen', 'stripe']);
    } else {
      expect(body).not.toHaveProperty('missing');
      const ares = card.flow === 'challenge' ? 'C' : body['emv']?.['transStatus'];
      expect(body['adyen']).toMatchObject({ mpiData: { cavv: value, directoryResponse: ares } });
      expect(body['stripe']?.['payment_method_options']).toMatchObject({
        card: { three_d_secure: { cryptogram: value, transaction_id: xid, ares_trans_status: ares } },
      });
    }
  });
});

describe('a card that does not', () => {
  it.each(named(others))('%s', async (_name, card) => {
    const session = await authenticate(card);

    expectRefusal(await dataOf(session), 403, 'operation_not_allowed', 'authentication_not_authorizable');
    expect(await noted(session)).toEqual([]);
  });
});

describe('authorization data', () => {
  it('are noted each time, with the key that read them', async () => {
    const session = await authenticate({ number: APPROVED, flow: 'frictionless' });

    await dataOf(session);
    await dataOf(session);

    const entry = {
      actor: `access_key:${product.demo.clientId}`,
      act: 'authorization_data.read',
      data: { withAuthenticationValue: true },
    };
    expect(await noted(session)).toEqual([entry, entry]);
  });

  it('stay away until the end', async () => {
    const waiting = await sessions.open(APPROVED);
    const challenged = await sessions.open(CHALLENGED, { channel_data: BROWSER });

    for (const session of [waiting, challenged]) {
      expectRefusal(await dataOf(session), 403, 'operation_not_allowed', 'authentication_not_final');
    }
  });

  it('end after 24 hours', async () => {
    const session = await authenticate({ number: APPROVED, flow: 'frictionless' });
    const { body } = await dataOf(session);
    const age = `UPDATE session SET created_at = created_at - interval '24 hours' WHERE id = $1`;
    await rows(product, age, [uuidOf(String(session['id']))]);

    expectRefusal(await dataOf(session), 403, 'operation_not_allowed', 'authentication_data_expired');
    const created = new Date(String(session['authentication_date'])).getTime();
    expect(new Date(String(body['readable_until'])).getTime()).toBe(created + 24 * 3_600_000);
  });

  it('are not for the cardholder’s page', async () => {
    const opened = await sessions.open(APPROVED, { channel_data: BROWSER });

    const answer = await dataOf(opened, secretOf(opened));

    expectRefusal(answer, 403, 'operation_not_allowed', 'operation_not_allowed_for_session_secret');
  });

  it('are not for tokens of another channel, of another merchant, or none', async () => {
    const session = await authenticate({ number: APPROVED, flow: 'frictionless' });
    const app = await bearer(product, product.demo, 'sessions:app');
    const other = product.demo.merchants.find(({ clientId }) => clientId !== product.demo.clientId);
    if (!other) throw new Error('No other merchant');

    expectRefusal(await dataOf(session, app), 403, 'operation_not_allowed', 'operation_not_allowed_for_scope');
    expectRefusal(await dataOf(session, await bearer(product, other)), 404, 'not_found', 'session_not_found');
    expectRefusal(await dataOf(session, 'Bearer nobody'), 401, 'forbidden', 'unauthorized');
    expect(await noted(session)).toEqual([]);
  });

  it('are of a session, and of nothing else', async () => {
    const nothing = { id: 'sid_aaaaaaaaaaaaaaaaaaaaaaaaaa' } as unknown as Body;

    expectRefusal(await dataOf(nothing), 404, 'not_found', 'session_not_found');
  });
});

/** One request that a snippet sends to a gateway. */
interface Sent {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

type Run = (...args: unknown[]) => Promise<unknown>;

/** The code of docs/authorization.md: what is read, and what each gateway is sent with it. */
describe('docs/authorization.md', () => {
  const snippets = new Map(
    [...PAGE.matchAll(/<!-- run: (\w+) -->\n+```js\n([\s\S]*?)\n```/g)].map(([, name = '', code = '']) => [name, code]),
  );
  const AsyncFunction = (async () => undefined).constructor as new (...args: string[]) => Run;
  const mine = {
    order: { amount: 6540, decimal: '65.40', currency: 'EUR', reference: 'ORD-1001', account: 'shop' },
    card: { number: APPROVED, month: 12, year: 2030, stripe: 'pm_1', nonce: 'nonce' },
    keys: { checkout: 'sk', adyen: 'ak', stripe: 'sk', worldpay: 'wp' },
  };

  /** Runs a snippet; `sent` gets what it sends. */
  async function run(name: string, data: unknown, sent: Sent[]): Promise<void> {
    const outside = (url: string, { headers, body }: { headers: Record<string, string>; body: unknown }): void => {
      sent.push({ url, headers, body: body instanceof URLSearchParams ? body : JSON.parse(String(body)) });
    };
    const braintree = { transaction: { sale: (body: unknown) => sent.push({ url: 'braintree', headers: {}, body }) } };
    const names = { fetch: outside, braintree, data, ...mine };
    await new AsyncFunction(...Object.keys(names), snippets.get(name) ?? 'throw new Error("no such snippet")')(
      ...Object.values(names),
    );
  }

  const hosts: Record<string, string> = {
    checkout: 'https://api.sandbox.checkout.com/',
    adyen: 'https://checkout-test.adyen.com/',
    stripe: 'https://api.stripe.com/',
    braintree: 'braintree',
    worldpay: 'https://try.access.worldpay.com/',
  };
  let data: Body;
  let session: Body;

  beforeAll(async () => {
    session = await authenticate({ number: CHALLENGED, flow: 'challenge' });
    const accessToken = sessions.authorization.replace('Bearer ', '');
    const read = new AsyncFunction('api', 'sessionId', 'accessToken', `${snippets.get('read') ?? ''}\nreturn data;`);
    data = (await read(product.apiUrl, session['id'], accessToken)) as Body;
  });

  it('reads what the server answers, and has code for each gateway', async () => {
    expect(data).toEqual((await dataOf(session)).body);
    expect([...snippets.keys()]).toEqual(['read', ...Object.keys(hosts)]);
  });

  it.each(Object.keys(hosts))('sends the result to %s', async (name) => {
    const sent: Sent[] = [];

    await run(name, data, sent);

    expect(sent).toHaveLength(1);
    expect(sent[0]?.url.startsWith(hosts[name] ?? '?')).toBe(true);
    const body = sent[0]?.body;
    const said = body instanceof URLSearchParams ? [...body.values()] : JSON.stringify(body);
    for (const fact of [session['cryptogram'], session['eci'], session['xid'], session['protocol_version']]) {
      expect(said).toContain(String(fact));
    }
    if (name !== 'stripe' && name !== 'braintree')
      expect(body).toMatchObject(data[name]?.['external'] ?? data[name] ?? {});
  });

  it('sends Stripe the form that it takes', async () => {
    const sent: Sent[] = [];

    await run('stripe', data, sent);

    const form = sent[0]?.body as URLSearchParams;
    const path = 'payment_method_options[card][three_d_secure]';
    expect(form.get(`${path}[cryptogram]`)).toBe(session['cryptogram']);
    expect(form.get(`${path}[transaction_id]`)).toBe(session['xid']);
    expect(form.get(`${path}[ares_trans_status]`)).toBe('C');
    expect(form.get('confirm')).toBe('true');
  });

  it('authorizes by identifier where there is one', async () => {
    const byIdentifier = { '3ds': { enabled: true, authentication_id: 'sid_upstream' } };
    const sent: Sent[] = [];

    await run(
      'checkout',
      { checkout: { ...(data['checkout'] as unknown as object), by_identifier: byIdentifier } },
      sent,
    );

    expect(sent[0]?.body).toMatchObject(byIdentifier);
    expect(JSON.stringify(sent)).not.toContain(String(session['cryptogram']));
  });
});

it('leaves no authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
