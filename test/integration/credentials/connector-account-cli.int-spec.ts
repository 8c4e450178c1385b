import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@app/platform';
import { runCli } from '../../../apps/server/src/cli/run-cli';
import { createTestDatabase, KEK, type TestDatabase } from './installation';
import { TokenServer } from './token-server';

let test: TestDatabase;
let upstream: TokenServer;
let folder: string;
let merchant: string;

beforeAll(async () => {
  test = await createTestDatabase();
  upstream = await new TokenServer().listen();
  upstream.clients.set('ack_1', 'secret-one').set('ack_2', 'secret-two');
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  await writeFile(join(folder, 'one'), 'secret-one\n');
  await writeFile(join(folder, 'two'), 'secret-two');
  await writeFile(join(folder, 'empty'), '\n');
  await writeFile(join(folder, 'key'), 'webhook-key-1\n');
});

beforeEach(async () => {
  merchant = String((await json('merchant', 'create', '--name', 'Shop'))['id']);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await upstream?.close();
  await test?.drop();
});

async function cli(
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const outcome = { out: '', err: '' };
  const code = await runCli(args, {
    out: (text) => (outcome.out += text),
    err: (text) => (outcome.err += text),
    config: () =>
      loadConfig({ DATABASE_URL: test.url, COUNTERSIGN_KEK: KEK.expose(), COUNTERSIGN_DEMO: '1', ...environment }),
  });
  return { ...outcome, code };
}

type Json = Record<string, unknown>;

async function json(...args: string[]): Promise<Json> {
  const { code, out, err } = await cli([...args, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Json;
}

async function failure(...args: string[]): Promise<{ code: string; message: string }> {
  const { code, out, err } = await cli([...args, '--json']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  return (JSON.parse(err) as { error: { code: string; message: string } }).error;
}

const file = (name: string): string => join(folder, name);
const create = (...more: string[]): string[] => [
  ...['connector-account', 'create', '--merchant', merchant, '--name', 'Checkout.com', '--client-id', 'ack_1'],
  ...['--api-url', `${upstream.url}/api/`, '--token-url', `${upstream.url}/connect/token`],
  ...more,
];
const good = (...more: string[]): string[] => create('--client-secret-file', file('one'), ...more);

describe('connector-account', () => {
  it('create tries the credential, saves the account and shows where webhooks go', async () => {
    const account = await json(...good('--webhook-key-file', file('key'), '--expires', '2030-01-31'));

    expect(account).toMatchObject({
      id: expect.stringMatching(/^cac_\w{26}$/) as string,
      merchantId: merchant,
      connector: 'checkout',
      environment: 'test',
      status: 'active',
      apiUrl: `${upstream.url}/api`,
      scopes: ['sessions:app', 'sessions:browser'],
      credentials: [{ clientId: 'ack_1', version: 1, expiresAt: '2030-01-31T00:00:00.000Z', retiresAt: null }],
      webhookKeys: [{ retiresAt: null }],
      webhookAddress: expect.stringMatching(/^\/upstream\/checkout\/webhooks\/[\w-]{43}$/) as string,
    });
    const { webhookAddress: _, ...kept } = account;
    expect(await json('connector-account', 'show', String(account['id']))).toEqual(kept);
    expect(await json('connector-account', 'list', '--merchant', merchant)).toEqual([
      expect.objectContaining({ id: account['id'], clientId: 'ack_1', status: 'active' }),
    ]);
  });

  it('shows the whole address where the public one is configured, and no secret ever', async () => {
    const { out } = await cli(good('--webhook-key-file', file('key'), '--json'), {
      COUNTERSIGN_PUBLIC_URL: 'https://3ds.example.com',
    });

    expect((JSON.parse(out) as Json)['webhookAddress']).toMatch(/^https:\/\/3ds\.example\.com\/upstream\/checkout\//);
    expect(out).not.toContain('secret-one');
    expect(out).not.toContain('webhook-key-1');
  });

  it('derives the addresses of Checkout.com from its client id', async () => {
    const account = await json(
      ...['connector-account', 'create', '--merchant', merchant, '--name', 'Shop', '--client-id', 'ack_1'],
      ...['--client-secret-file', file('one'), '--upstream-client', 'cli_vkuhvk4vjn2edkps7dfsq6emqm', '--no-test'],
    );

    expect(account).toMatchObject({
      apiUrl: 'https://vkuhvk4v.api.sandbox.checkout.com',
      tokenUrl: 'https://vkuhvk4v.access.sandbox.checkout.com/connect/token',
    });
  });

  it('create saves nothing that does not work, unless told to', async () => {
    expect(await failure(...create('--client-secret-file', file('two')))).toEqual({
      code: 'upstream_client_refused',
      message: 'The token endpoint was asked, nothing was saved: it refuses client id and secret (invalid_client)',
    });
    expect((await failure(...good('--scope', 'vault'))).code).toBe('upstream_scope_refused');
    expect((await failure(...good('--token-url', 'http://127.0.0.1:1/'))).code).toBe('token_url_invalid');
    expect((await failure(...good('--token-url', 'http://127.0.0.1:1/t'))).code).toBe('upstream_unreachable');
    expect(await json('connector-account', 'list', '--merchant', merchant)).toEqual([]);
    await json(...create('--client-secret-file', file('two'), '--no-test'));
  });

  it('names what is missing or not valid', async () => {
    const words = async (...args: string[]): Promise<string> => (await failure(...args)).message;

    expect(await words(...create())).toContain('--client-secret-file');
    expect(await words(...create('--client-secret-file', file('none')))).toContain('cannot be read (ENOENT)');
    expect(await words(...create('--client-secret-file', file('empty')))).toContain('holds nothing');
    expect(await words(...good('--expires', '2030-02-30'))).toContain('--expires');
    expect(await words(...good('--upstream-client', 'ack_1'))).toContain('--upstream-client');
    expect(await words(...good('--connector', 'stripe'))).toBe('--connector must be one of checkout');
    expect(await words(...good('--upstream-channel', 'pc_1'))).toContain('--upstream-channel must be');
    expect(
      await words(
        ...['connector-account', 'create', '--merchant', merchant, '--name', 'Shop', '--client-id', 'ack_1'],
        ...['--client-secret-file', file('one')],
      ),
    ).toContain('--api-url and --token-url are needed');
    expect((await failure('connector-account', 'show', `cac_${'a'.repeat(26)}`)).code).toBe(
      'connector_account_not_found',
    );
  });

  it('does not repeat a secret that was given where its file is to be named', async () => {
    const given = 'a-secret-and-no-file';

    for (const args of [create('--client-secret-file', given), good('--webhook-key-file', given)]) {
      const { code, out, err } = await cli(args);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^--[a-z-]+-file names a file that cannot be read \(ENOENT\)\n$/);
    }
  });

  it('changes what tokens do not depend on without asking the upstream', async () => {
    const id = String((await json(...create('--client-secret-file', file('two'), '--no-test')))['id']);

    expect(await json('connector-account', 'set', id, '--name', 'New')).toMatchObject({ credentialVersion: 1 });
    expect((await failure('connector-account', 'set', id, '--scope', 'sessions')).code).toBe('upstream_client_refused');
  });

  it('goes through its life', async () => {
    const id = String((await json(...good()))['id']);
    const run = (command: string, ...more: string[]): Promise<Json> => json('connector-account', command, id, ...more);

    const rotated = await run('rotate', '--client-id', 'ack_2', '--client-secret-file', file('two'));
    expect(rotated).toMatchObject({
      credentialVersion: 2,
      credentials: [
        { clientId: 'ack_2', retiresAt: null },
        { clientId: 'ack_1', retiresAt: expect.any(String) as string },
      ],
    });
    expect(await run('test')).toMatchObject([
      { clientId: 'ack_2', works: true },
      { clientId: 'ack_1', works: true },
    ]);
    expect(await run('set', '--name', 'New', '--upstream-channel', `pc_${'a'.repeat(26)}`)).toMatchObject({
      name: 'New',
      upstreamChannel: `pc_${'a'.repeat(26)}`,
      credentialVersion: 2,
    });
    expect(await run('set', '--scope', 'sessions:app')).toMatchObject({ credentialVersion: 3 });
    expect((await failure('connector-account', 'set', id)).message).toContain('Name a setting');
    expect(await run('set', '--upstream-channel', 'none')).toMatchObject({ upstreamChannel: null });
    expect(await run('expires', '2031-01-01')).toMatchObject({
      credentials: [{ expiresAt: '2031-01-01T00:00:00.000Z' }, { expiresAt: null }],
    });
    expect(await run('expires', 'never')).toMatchObject({ credentials: [{ expiresAt: null }, {}] });

    await json('connector-account', 'webhook-key', 'add', id, '--key-file', file('key'));
    await json('connector-account', 'webhook-key', 'add', id, '--key-file', file('two'));
    expect((await failure('connector-account', 'webhook-key', 'add', id, '--key-file', file('one'))).code).toBe(
      'webhook_keys_full',
    );
    expect(await json('connector-account', 'webhook-key', 'retire', id)).toMatchObject({
      webhookKeys: [{ retiresAt: null }, { retiresAt: expect.any(String) as string }],
    });
    expect(await run('webhook-address')).toEqual({
      webhookAddress: expect.stringMatching(/^\/upstream\/checkout\/webhooks\/[\w-]{43}$/) as string,
    });
    expect(await run('disable')).toMatchObject({ status: 'disabled' });
    expect(await run('enable')).toMatchObject({ status: 'active' });
  });
});

describe('channel route', () => {
  let channel: string;

  beforeEach(async () => {
    channel = String((await json('channel', 'create', '--merchant', merchant, '--name', 'Web'))['id']);
  });

  it('takes connectors in order', async () => {
    const set = await json('channel', 'route', channel, '--connector', 'checkout', '--connector', 'emv3ds');

    expect(set).toMatchObject({
      connectors: ['checkout', 'emv3ds'],
      route: [{ connector: 'checkout' }, { connector: 'emv3ds' }],
    });
    expect(await json('channel', 'show', channel)).toEqual(set);
  });

  it('takes conditions as JSON', async () => {
    const route = [
      { connector: 'checkout', when: { schemes: ['visa'], minAmountMinor: 100 } },
      { connector: 'emv3ds' },
    ];

    expect(await json('channel', 'route', channel, '--route', JSON.stringify(route))).toMatchObject({ route });
  });

  it('refuses what is no route, and says where', async () => {
    const refused = async (...args: string[]): Promise<string> =>
      (await failure('channel', 'route', channel, ...args)).message;
    const bad = JSON.stringify([{ connector: 'emv3ds', when: { currencies: ['euro'] } }]);

    expect(await refused('--connector', 'stripe')).toBe('--route (route[0].connector) must be one of emv3ds, checkout');
    expect(await refused('--route', bad)).toContain('(route[0].when.currencies) must be');
    expect(await refused('--route', '[]')).toContain('(route) must name one connector at least');
    expect(await refused('--route', '{')).toContain('must be JSON');
    expect(await refused()).toContain('either --connector');
    expect((await failure('channel', 'create', '--merchant', merchant, '--name', 'x', '--connectors', 'y')).code).toBe(
      'route_invalid',
    );
    expect(await json('channel', 'show', channel)).toMatchObject({ route: [{ connector: 'emv3ds' }] });
    expect((await failure('channel', 'show', `pc_${'a'.repeat(26)}`)).code).toBe('channel_not_found');
  });
});
