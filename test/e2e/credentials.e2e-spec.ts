/** Every route that takes a token with every kind of credential: the whole table of who may, and what the others are told. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bearer, call, sessionRequest, type Answer, type Body, type Credentials } from '../support/api';
import { BROWSER, Calls, expectRefusal, secretOf } from '../support/calls';
import { ROOT } from '../support/installation';
import { ApiDescription } from '../support/openapi';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { eventually } from '../support/simulator';

const CARD = '4485040371536584';
const KEK = randomBytes(32).toString('base64');
/** A token of one second, and the grace that it has. */
const EXPIRED_AFTER_MS = 11_500;

let product: Product;
let merchants: [DemoMerchant, DemoMerchant];
let mine: Calls;
let session: Body;
/** A card that the merchant keeps. */
let instrument: string;
let before: Body;
let issuedAt: number;
/** Tokens by what is the matter with them. */
const tokens: Record<string, string> = {};

/** What is sent to each route, by its place in the description of the API. */
const ROUTES: Record<string, (authorization: string | undefined) => Promise<Answer>> = {
  'post /sessions': (authorization) =>
    call(
      product,
      'POST',
      '/sessions',
      authorization,
      sessionRequest(CARD, { ...OWN_CHANNEL(), channel_data: BROWSER }),
    ),
  'get /sessions/{id}': (authorization) => call(product, 'GET', path(), authorization),
  'put /sessions/{id}/collect-data': (authorization) =>
    call(product, 'PUT', path('/collect-data'), authorization, BROWSER),
  'put /sessions/{id}/issuer-fingerprint': (authorization) =>
    call(product, 'PUT', path('/issuer-fingerprint'), authorization, { three_ds_method_completion: 'Y' }),
  'post /sessions/{id}/complete': (authorization) => call(product, 'POST', path('/complete'), authorization),
  'get /sessions/{id}/authorization-data': (authorization) =>
    call(product, 'GET', path('/authorization-data'), authorization),
  'get /instruments/{id}': (authorization) => call(product, 'GET', `/instruments/${instrument}`, authorization),
  'delete /instruments/{id}': (authorization) => call(product, 'DELETE', `/instruments/${instrument}`, authorization),
};

const path = (rest = ''): string => `/sessions/${String(session['id'])}${rest}`;
const OWN_CHANNEL = (): object => ({ processing_channel_id: merchants[0].processingChannelId });

interface Key extends Credentials {
  id: string;
}

/** Runs a command of the command line program; gives its JSON. */
function cli<T>(...args: string[]): T {
  const program = join(ROOT, 'dist/apps/server/apps/server/src/cli.js');
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: product.database.url,
    COUNTERSIGN_KEK: KEK,
    COUNTERSIGN_DEMO: '1',
  };
  const out = execFileSync(process.execPath, [program, ...args, '--json'], { cwd: ROOT, env, encoding: 'utf8' });
  return JSON.parse(out) as T;
}

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_KEK: KEK });
  merchants = product.demo.merchants as [DemoMerchant, DemoMerchant];
  mine = new Calls(product, await bearer(product, merchants[0]));
  const owner = cli<{ id: string; name: string }[]>('merchant', 'list').find(({ name }) => name === merchants[0].name);
  const merchant = ['--merchant', owner?.id ?? ''];
  const { id: live } = cli<{ id: string }>('channel', 'create', ...merchant, '--name', 'Live', '--environment', 'live');
  const keyOf = (...more: string[]): Key => cli<Key>('access-key', 'create', ...merchant, ...more);
  const [revoked, shortLived] = [keyOf(), keyOf('--token-ttl', '1')];
  tokens['of another merchant'] = await bearer(product, merchants[1]);
  tokens['for live sessions of the same merchant'] = await bearer(
    product,
    keyOf('--environment', 'live', '--channel', live),
  );
  tokens['for apps only'] = await bearer(product, merchants[0], 'sessions:app');
  tokens['that was revoked'] = await bearer(product, revoked);
  tokens['that has expired'] = await bearer(product, shortLived);
  issuedAt = performance.now();
  tokens['whose claims were changed'] = mine.authorization.replace(/\.[^.]+\./, (claims) => claims.toUpperCase());
  tokens['without a signature'] = mine.authorization.replace(/\.[^.]+$/, '.');
  tokens['that is none'] = 'Bearer nothing';
  tokens['by name and password'] = `Basic ${Buffer.from(`${merchants[0].clientId}:x`).toString('base64')}`;
  session = await mine.open(CARD, { ...OWN_CHANNEL(), channel_data: BROWSER, completion: { type: 'non_hosted' } });
  before = await mine.read(session);
  const kept = { type: 'card', number: CARD, expiry_month: 12, expiry_year: 2030, stored: true };
  instrument = String((await mine.open(CARD, { source: kept }))['card']?.['instrument_id']);
  cli('access-key', 'revoke', revoked.id);
  await eventually(async () => (await mine.get(session, tokens['that was revoked'])).status === 401 || undefined);
}, 120_000);

afterAll(() => product.stop());

type Refusal = [status: number, errorType: string, code: string];
const UNKNOWN: Refusal = [401, 'forbidden', 'unauthorized'];
const NOT_FOUND: Refusal = [404, 'not_found', 'session_not_found'];
const SCOPE: Refusal = [403, 'operation_not_allowed', 'operation_not_allowed_for_scope'];
const NO_INSTRUMENT: Refusal = [404, 'not_found', 'instrument_not_found'];
const CHANNEL: Refusal = [422, 'unprocessable_entity', 'processing_channel_id_invalid'];
const TOKEN_ONLY: Refusal = [403, 'operation_not_allowed', 'operation_not_allowed_for_session_secret'];

const FOREIGN = {
  all: NOT_FOUND,
  others: {
    'post /sessions': CHANNEL,
    'get /instruments/{id}': NO_INSTRUMENT,
    'delete /instruments/{id}': NO_INSTRUMENT,
  },
};

/** What each kind of credential is told; `others` by route where that differs, null where it may. */
const KINDS: Record<string, { all: Refusal; others?: Record<string, Refusal | null> }> = {
  'no credential': { all: UNKNOWN },
  'a token that is none': { all: UNKNOWN },
  'a token by name and password': { all: UNKNOWN },
  'a token whose claims were changed': { all: UNKNOWN },
  'a token without a signature': { all: UNKNOWN },
  'a token that was revoked': { all: UNKNOWN },
  'a token that has expired': { all: UNKNOWN },
  'a token of another merchant': FOREIGN,
  'a token for live sessions of the same merchant': FOREIGN,
  'a token for apps only': {
    all: SCOPE,
    others: { 'get /instruments/{id}': null, 'delete /instruments/{id}': null },
  },
  'the secret of another session': {
    all: NOT_FOUND,
    others: {
      'post /sessions': UNKNOWN,
      'get /sessions/{id}/authorization-data': TOKEN_ONLY,
      'get /instruments/{id}': TOKEN_ONLY,
      'delete /instruments/{id}': TOKEN_ONLY,
    },
  },
};

it('the routes that take a token are all here', async () => {
  const { document } = await ApiDescription.of(product.apiUrl);
  const paths = Object.entries(document['paths'] as Record<string, Record<string, { security?: object[] }>>);
  const described = paths.flatMap(([name, item]) =>
    Object.entries(item)
      .filter(([, { security = [] }]) => security.some((scheme) => 'OAuth' in scheme))
      .map(([verb]) => `${verb} ${name}`),
  );

  expect(Object.keys(ROUTES).sort()).toEqual(described.sort());
});

describe.each(Object.entries(KINDS))('%s', (kind, { all, others = {} }) => {
  let authorization: string | undefined;

  beforeAll(async () => {
    if (kind === 'a token that has expired') await sleep(EXPIRED_AFTER_MS - (performance.now() - issuedAt));
    const isSecret = kind === 'the secret of another session';
    authorization = isSecret ? secretOf(await mine.open(CARD)) : tokens[kind.replace('a token ', '')];
    expect(authorization === undefined).toBe(kind === 'no credential');
  });

  it.each(Object.keys(ROUTES).filter((route) => others[route] !== null))(
    'is refused at %s, and nothing changes',
    async (route) => {
      const answer = await (ROUTES[route] as (authorization: string | undefined) => Promise<Answer>)(authorization);

      expectRefusal(answer, ...(others[route] ?? all));
      expect(await mine.read(session)).toEqual(before);
    },
  );
});

describe('who may', () => {
  it("does: the merchant's own token", async () => {
    expect((await ROUTES['post /sessions']?.(mine.authorization))?.status).toBe(201);
    expect((await ROUTES['get /sessions/{id}']?.(mine.authorization))?.status).toBe(200);
    expect((await ROUTES['get /sessions/{id}/authorization-data']?.(mine.authorization))?.status).toBe(200);
    expect((await ROUTES['post /sessions/{id}/complete']?.(mine.authorization))?.status).toBe(204);
    expect((await ROUTES['get /instruments/{id}']?.(mine.authorization))?.status).toBe(200);
    expect((await ROUTES['delete /instruments/{id}']?.(mine.authorization))?.status).toBe(204);
  });

  it("reads with the session's own secret, and no more than it should", async () => {
    const own = secretOf(session);

    expect((await ROUTES['get /sessions/{id}']?.(own))?.status).toBe(200);
    expectRefusal((await ROUTES['get /sessions/{id}/authorization-data']?.(own)) as Answer, ...TOKEN_ONLY);
    expectRefusal((await ROUTES['post /sessions']?.(own)) as Answer, ...UNKNOWN);
  });
});
