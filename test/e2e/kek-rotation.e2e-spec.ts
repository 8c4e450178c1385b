import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CryptoBox, loadConfig } from '@app/platform';
import { TOKEN_CACHE_SEALED_COLUMNS } from '@app/token-cache';
import { generateSync } from 'otplib';
import { Webhook } from 'standardwebhooks';
import { runCli } from '../../apps/server/src/cli/run-cli';
import { SEALED_COLUMNS } from '../../apps/server/src/sealed-columns';
import { bearer, BROWSER_DATA, call, sessionRequest, type Answer } from '../support/api';
import { ConsoleClient, demoOperator, serviceAccount } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';

const APPROVED = '4485040371536584';
const KEPT = { type: 'card', number: APPROVED, expiry_month: 12, expiry_year: 2030, store_for_future_use: true };
const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')] as const;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let product: Product;
let shop: Server;
const received: Received[] = [];

beforeAll(async () => {
  shop = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  product = await startProduct({ COUNTERSIGN_KEK: OLD });
}, 120_000);

afterAll(async () => {
  await product?.stop();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

/** With a card that is kept; `source` in its place. */
function create(authorization: string, headers: Record<string, string> = {}, source: object = KEPT): Promise<Answer> {
  const request = sessionRequest(APPROVED, {
    source,
    channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' },
    completion: {
      type: 'non_hosted',
      callback_url: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callback`,
    },
  });
  return call(product, 'POST', '/sessions', authorization, request, headers);
}

/** The command line with the environment of the server. */
async function cli<T>(args: readonly string[], keks: string): Promise<T> {
  let [out, err] = ['', ''];
  const code = await runCli([...args, '--json'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    config: () => loadConfig({ DATABASE_URL: product.database.url, COUNTERSIGN_KEK: keks, COUNTERSIGN_DEMO: '1' }),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}

const kek = <T>(command: string, keks: string): Promise<T> => cli<T>(['kek', command], keks);

/** An account with a webhook key at an upstream where nobody answers; gives its id. */
async function addConnectorAccount(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-'));
  const secret = join(folder, 'secret');
  await writeFile(secret, randomUUID());
  const merchant = await cli<{ id: string }>(['merchant', 'create', '--name', 'Shop'], OLD);
  const account = await cli<{ id: string }>(
    [
      ...[
        'connector-account',
        'create',
        '--merchant',
        merchant.id,
        '--name',
        'Shop',
        '--client-id',
        'ack',
        '--no-test',
      ],
      ...['--api-url', 'http://127.0.0.1:1/api', '--token-url', 'http://127.0.0.1:1/token'],
      ...['--client-secret-file', secret, '--webhook-key-file', secret],
    ],
    OLD,
  );
  await rm(folder, { recursive: true });
  return account.id;
}

/** Every column of bytes in which a value names this key, looked for everywhere. */
async function placesOf(keyBase64: string): Promise<string[]> {
  const { keks } = loadConfig({
    DATABASE_URL: product.database.url,
    COUNTERSIGN_KEK: keyBase64,
    COUNTERSIGN_DEMO: '1',
  });
  const columns = await rows<{ table: string; column: string }>(
    product,
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'bytea'`,
  );
  const places: string[] = [];
  for (const { table, column } of columns) {
    const found = await rows(
      product,
      `SELECT 1 FROM "${table}" WHERE substring("${column}" FROM 2 FOR 16) = uuid_send($1::uuid) LIMIT 1`,
      [keks[0]?.id],
    );
    if (found.length > 0) places.push(`${table}.${column}`);
  }
  return places.sort();
}

/** An operator with a second factor, who has begun to replace it. */
async function enrolTwice(): Promise<void> {
  const operator = await demoOperator(product);
  const password = product.demo.consolePassword;
  const begin = async (factor: object = {}): Promise<string> =>
    String((await operator.post('auth/second-factor', { password, ...factor })).body['totp_secret']);
  const secret = await begin();
  const codeAt = (offsetSeconds: number): string =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + offsetSeconds });
  // A code serves once, so the second one is that of the next half minute.
  const confirmed = await operator.post('auth/second-factor/confirm', { totp: codeAt(0) });
  expect(confirmed).toMatchObject({ status: 200 });
  await begin({ totp: codeAt(30) });
}

/** As a connector leaves it that nobody uses now: the demo's merchants may have none. */
async function leaveUpstreamToken(keyBase64: string): Promise<void> {
  const box = new CryptoBox(loadConfig({ DATABASE_URL: product.database.url, COUNTERSIGN_KEK: keyBase64 }));
  const context = TOKEN_CACHE_SEALED_COLUMNS[0]?.context({ key: 'left' }) ?? '';
  await rows(
    product,
    `INSERT INTO upstream_token (key, account_id, credential_version, scopes, version, fence, sealed, sequence, issued_at,
       expires_at, renew_at, in_use_until, created_at)
     VALUES ('left', gen_random_uuid(), 1, '{}', 1, 1, $1, 1, now(), now() + interval '1 day', now(), now(), now())`,
    [box.seal(Buffer.from('upstream token'), context)],
  );
}

describe('a new key encryption key', () => {
  it('takes the place of the old one while everything goes on, and nothing is lost with that', async () => {
    const token = await bearer(product);
    const key = { 'Cko-Idempotency-Key': randomUUID() };
    const first = await create(token, key);
    expect(first).toMatchObject({ status: 201, body: { status: 'approved' } });
    const id = String(first.body['id']);
    const before = await call(product, 'GET', `/sessions/${id}`, token);
    expect(before.body['cryptogram']).toBeDefined();

    const admin = await demoOperator(product);
    const { credentials } = await serviceAccount(product, admin, { role: 'admin', all_merchants: true });
    // With a token of its own each time: one is proved by the key encryption key, and ends with it.
    const make = async (): Promise<Answer> => {
      const adminToken = String((await credentials()).body['access_token']);
      const program = new ConsoleClient(product, adminToken);
      return program.post('merchants', { name: 'Once' }, { 'idempotency-key': 'rotated' });
    };
    const made = await make();
    expect(made.status).toBe(201);

    await leaveUpstreamToken(OLD);
    const account = await addConnectorAccount();
    await enrolTwice();
    // Every value that names the old key is in a column that the rotation knows, and every such column is in use.
    expect(await placesOf(OLD)).toEqual(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort());

    await product.restart({ COUNTERSIGN_KEK: `${OLD},${NEW}` });
    await product.restart({ COUNTERSIGN_KEK: `${NEW},${OLD}` });
    const rotating = kek<{ rewrapped: number }>('rotate', `${NEW},${OLD}`);
    const meanwhile = await Promise.all(Array.from({ length: 20 }, () => create(token)));
    expect((await rotating).rewrapped).toBeGreaterThan(10);
    expect(meanwhile.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const uses = await kek<{ isCurrent: boolean; values: number }[]>('status', `${NEW},${OLD}`);
    expect(uses).toMatchObject([{ isCurrent: true }, { isCurrent: false, values: 0 }]);
    expect(await placesOf(OLD)).toEqual([]);

    await product.restart({ COUNTERSIGN_KEK: NEW });
    const after = await call(product, 'GET', `/sessions/${id}`, token);
    expect([after.status, after.body]).toEqual([before.status, before.body]);
    expect(await call(product, 'GET', `/sessions/${id}`, String(first.body['session_secret']))).toMatchObject({
      status: 200,
    });
    // Its secret is opened before nobody answers.
    expect(await cli(['connector-account', 'test', account], NEW)).toMatchObject([
      { works: false, says: 'no connection to its host' },
    ]);
    const again = await create(token, key);
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, first.body, 'true']);
    const repeated = await make();
    expect([repeated.body, repeated.headers.get('idempotent-replayed')]).toEqual([made.body, 'true']);
    expect(await create(await bearer(product))).toMatchObject({ status: 201, body: { status: 'approved' } });
    const kept = { type: 'id', id: String(first.body['card']?.['instrument_id']) };
    expect(await create(token, {}, kept)).toMatchObject({
      status: 201,
      body: { status: 'approved', card: first.body['card'] },
    });

    expect(await call(product, 'POST', `/sessions/${id}/complete`, token)).toMatchObject({ status: 204 });
    const [callback] = received;
    const { webhookSecret } = product.demo.merchants[0] ?? { webhookSecret: '' };
    const verified = new Webhook(webhookSecret).verify(
      callback?.body ?? '',
      callback?.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({ session_id: id, status: 'approved' });
  }, 60_000);

  it('is not enough while something still names the old one: the command says so and the server says so and does not start', async () => {
    const third = randomBytes(32).toString('base64');
    let err = '';
    const code = await runCli(['kek', 'rotate', '--json'], {
      out: () => undefined,
      err: (text) => (err += text),
      config: () => loadConfig({ DATABASE_URL: product.database.url, COUNTERSIGN_KEK: third, COUNTERSIGN_DEMO: '1' }),
    });

    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'values_unreadable' } });
    await expect(product.restart({ COUNTERSIGN_KEK: third })).rejects.toThrow(/kek status/);
  }, 60_000);
});
