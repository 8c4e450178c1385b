import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { decodeId } from '@app/kernel';
import { loadConfig } from '@app/platform';
import { Client } from 'pg';
import { runCli } from '../../../apps/server/src/cli/run-cli';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database';
import { KEK } from './installation';

interface Outcome {
  code: number;
  out: string;
  err: string;
}

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(async () => {
  await test?.drop();
});

async function cli(args: string[], url = test.url): Promise<Outcome> {
  const outcome = { code: 0, out: '', err: '' };
  const code = await runCli(args, {
    out: (text) => (outcome.out += text),
    err: (text) => (outcome.err += text),
    config: () => loadConfig({ DATABASE_URL: url, COUNTERSIGN_KEK: KEK.expose() }),
  });
  return { ...outcome, code };
}

async function json(...args: string[]): Promise<Record<string, string>> {
  const { code, out, err } = await cli([...args, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Record<string, string>;
}

async function failure(...args: string[]): Promise<{ code: string; message: string }> {
  const { code, out, err } = await cli([...args, '--json']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  const body = JSON.parse(err) as { error: { code: string; message: string } };
  expect(Object.keys(body)).toEqual(['error']);
  return body.error;
}

/** What the audit log has of a merchant, oldest first; all of it by whoever runs these tests. */
async function noted(merchant: string): Promise<object[]> {
  const database = new Client({ connectionString: test.url });
  await database.connect();
  const { rows } = await database.query<{ actor: string }>(
    `SELECT act, subject, before, after, actor_kind || ' ' || actor_name AS actor FROM audit_entry WHERE merchant_id = $1 ORDER BY seq`,
    [decodeId('merchant', merchant)],
  );
  await database.end();
  return rows.map(({ actor, ...entry }) => {
    expect(actor).toBe(`command_line ${userInfo().username}`);
    return entry;
  });
}

const ACQUIRER = [
  ...['--scheme', 'visa', '--acquirer-bin', '400001', '--acquirer-merchant-id', 'MID', '--mcc', '5812'],
  ...['--country', 'GB', '--merchant-name', 'Shop', '--requestor-id', 'R1', '--requestor-name', 'Shop'],
  ...['--requestor-url', 'https://shop.example'],
];

describe('the command line', () => {
  it('gives a channel another look, and takes it back', async () => {
    const merchant = await json('merchant', 'create', '--name', 'Shop');
    const channel = await json('channel', 'create', '--merchant', merchant['id'] ?? '', '--name', 'Web');
    const brand = (...options: string[]): ReturnType<typeof json> =>
      json('channel', 'branding', channel['id'] ?? '', ...options);
    const logo = join(mkdtempSync(join(tmpdir(), 'countersign-logo-')), 'logo.png');
    writeFileSync(logo, Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));

    const origins = ['--frame-ancestor', 'https://shop.example', '--frame-ancestor', 'https://app.shop.example'];
    expect(await brand('--name', 'Robin', '--accent', '#ffcc00', '--logo', logo, '--locale', 'fr', ...origins)).toEqual(
      {
        channelId: channel['id'],
        name: 'Robin',
        accent: '#ffcc00',
        shades: {
          light: { ground: expect.stringMatching(/^#/) as string, ink: '#000000' },
          dark: { ground: '#ffcc00', ink: '#000000' },
        },
        locale: 'fr',
        frameAncestors: ['https://shop.example', 'https://app.shop.example'],
        logo: expect.stringMatching(/^\/hosted\/logos\/[0-9a-f]{64}$/) as string,
      },
    );
    expect(await brand('--clear', 'name,logo,accent,frame-ancestors')).toEqual({
      channelId: channel['id'],
      name: 'Web',
      accent: null,
      shades: null,
      locale: 'fr',
      frameAncestors: [],
      logo: null,
    });
    expect(await noted(merchant['id'] ?? '')).toMatchObject([
      { act: 'merchant.created' },
      { act: 'channel.created' },
      { act: 'channel.branded', before: { accent: null }, after: { accent: '#ffcc00', display_name: 'Robin' } },
      { act: 'channel.branded', before: { accent: '#ffcc00' }, after: { accent: null, frame_ancestors: [] } },
    ]);
    const refusals: [string[], string][] = [
      [['--accent', 'red'], 'must be a colour such as #0b6b52'],
      [['--clear', 'colour'], '--clear takes name, accent, logo, locale, frame-ancestors'],
      [['--logo', '/no/such/file'], 'cannot be read (ENOENT)'],
    ];
    for (const [options, says] of refusals) {
      expect((await failure('channel', 'branding', channel['id'] ?? '', ...options)).message).toContain(says);
    }
  });

  it('sets up a merchant from nothing to an access key', async () => {
    const merchant = await json('merchant', 'create', '--name', 'Shop');
    expect(merchant).toMatchObject({ id: expect.stringMatching(/^mer_\w{26}$/) as string, status: 'active' });

    const channel = await json('channel', 'create', '--merchant', merchant['id'] ?? '', '--name', 'Web');
    expect(channel).toMatchObject({
      id: expect.stringMatching(/^pc_\w{26}$/) as string,
      environment: 'test',
      connectors: ['emv3ds'],
      webhookSecret: expect.stringMatching(/^whsec_/) as string,
    });

    const acquirer = await json('acquirer', 'set', '--channel', channel['id'] ?? '', ...ACQUIRER);
    expect(acquirer).toMatchObject({ channelId: channel['id'], scheme: 'visa', countryCode: '826' });

    const [merchantId, channelId] = [merchant['id'] ?? '', channel['id'] ?? ''];
    const key = await json(
      'access-key',
      'create',
      '--merchant',
      merchantId,
      '--channel',
      channelId,
      '--token-ttl',
      '60',
    );
    expect(key).toMatchObject({
      id: expect.stringMatching(/^ack_\w{26}$/) as string,
      clientId: key['id'],
      clientSecret: expect.stringMatching(/^[\w-]{43}$/) as string,
      defaultChannelId: channelId,
      scopes: ['sessions:app', 'sessions:browser'],
      tokenTtlSeconds: 60,
    });

    const listed = await json('access-key', 'list', '--merchant', merchantId);
    expect(listed).toEqual([expect.objectContaining({ id: key['id'], revokedAt: null })]);
    expect(JSON.stringify(listed)).not.toContain(key['clientSecret']);

    expect(await json('access-key', 'revoke', key['id'] ?? '')).toMatchObject({
      revokedAt: expect.any(String) as string,
    });
    expect(await json('merchant', 'suspend', merchantId)).toMatchObject({ status: 'suspended' });
    expect(await json('merchant', 'resume', merchantId)).toMatchObject({ status: 'active' });
    expect(await json('merchant', 'list')).toContainEqual(expect.objectContaining({ id: merchantId }));
    expect(await json('channel', 'list', '--merchant', merchantId)).toEqual([
      expect.objectContaining({ id: channelId, acquirers: ['visa'] }),
    ]);

    expect(await noted(merchantId)).toEqual([
      { act: 'merchant.created', subject: merchantId, before: null, after: { name: 'Shop' } },
      { act: 'channel.created', subject: channelId, before: null, after: expect.any(Object) as object },
      {
        act: 'channel.acquirer_set',
        subject: channelId,
        before: expect.any(Object) as object,
        after: expect.any(Object) as object,
      },
      { act: 'access_key.issued', subject: key['id'], before: null, after: expect.any(Object) as object },
      { act: 'access_key.revoked', subject: key['id'], before: { ends_at: null }, after: expect.any(Object) as object },
      { act: 'merchant.suspended', subject: merchantId, before: { status: 'active' }, after: { status: 'suspended' } },
      { act: 'merchant.resumed', subject: merchantId, before: { status: 'suspended' }, after: { status: 'active' } },
    ]);
    expect(await json('audit', 'verify')).toMatchObject({ intact: true });
  });

  it('makes public keys of a channel for some pages or for all, lists them and ends them', async () => {
    const { id: merchant = '' } = await json('merchant', 'create', '--name', 'Shop');
    const { id: channel = '' } = await json('channel', 'create', '--merchant', merchant, '--name', 'Web');
    const origins = ['--origin', 'https://shop.example', '--origin', 'https://www.shop.example'];

    const anywhere = await json('public-key', 'create', '--channel', channel);
    const { publicKey = '' } = await json('public-key', 'create', '--channel', channel, ...origins);

    expect(anywhere).toMatchObject({
      merchantId: merchant,
      channelId: channel,
      environment: 'test',
      allowedOrigins: [],
    });
    expect(await json('public-key', 'list', '--channel', channel)).toEqual([
      anywhere,
      expect.objectContaining({
        publicKey: expect.stringMatching(/^pk_[a-z2-7]{27}$/) as string,
        allowedOrigins: ['https://shop.example', 'https://www.shop.example'],
        revokedAt: null,
      }),
    ]);
    expect(await json('public-key', 'revoke', publicKey)).toMatchObject({
      publicKey,
      revokedAt: expect.any(String) as string,
    });
    expect(await failure('public-key', 'create', '--channel', channel, '--origin', 'shop')).toEqual({
      code: 'allowed_origins_invalid',
      message: '--origin must be different origins such as https://shop.example, in lower case',
    });
    expect((await failure('public-key', 'revoke', 'pk_x')).message).toContain('public key');
  });

  it('rotates the signing key', async () => {
    const key = await json('signing-key', 'rotate');

    expect(Date.parse(key['activatesAt'] ?? '') - Date.parse(key['createdAt'] ?? '')).toBe(300_000);
  });

  it('names the option that is missing or not valid', async () => {
    const merchant = await json('merchant', 'create', '--name', 'Shop');
    const id = merchant['id'] ?? '';
    const { id: channel = '' } = await json('channel', 'create', '--merchant', id, '--name', 'Web');
    const wrongMcc = ACQUIRER.map((part) => (part === '5812' ? '58' : part === 'GB' ? 'XX' : part));

    expect(await failure('merchant', 'create')).toMatchObject({
      code: 'usage_invalid',
      message: expect.stringContaining('--name') as string,
    });
    expect((await failure('channel', 'create', '--merchant', 'mer_1', '--name', 'x')).message).toContain('--merchant');
    expect(await failure('acquirer', 'set', '--channel', channel, ...wrongMcc)).toEqual({
      code: 'mcc_invalid',
      message: '--mcc must be four digits; --country must be a country of ISO 3166-1 (three digits)',
    });
    expect((await failure('access-key', 'create', '--merchant', id, '--token-ttl', '0')).message).toContain(
      '--token-ttl',
    );
    expect((await failure('access-key', 'create', '--merchant', id, '--scopes', 'all')).message).toContain('--scopes');
    expect((await failure('merchant', 'sell')).code).toBe('usage_invalid');
    expect((await failure('merchant')).code).toBe('usage_invalid');
  });

  it('tells what does not exist', async () => {
    const nobody = `mer_${'a'.repeat(26)}`;

    expect((await failure('merchant', 'suspend', nobody)).code).toBe('merchant_not_found');
    expect((await failure('channel', 'create', '--merchant', nobody, '--name', 'x')).code).toBe('merchant_not_found');
    expect((await failure('access-key', 'revoke', `ack_${'a'.repeat(26)}`)).code).toBe('access_key_not_found');
    expect((await failure('acquirer', 'set', '--channel', `pc_${'a'.repeat(26)}`, ...ACQUIRER)).code).toBe(
      'channel_not_found',
    );
  });

  it('speaks to people in tables, without --json', async () => {
    const { code, out } = await cli(['merchant', 'create', '--name', 'Table shop']);
    const list = await cli(['merchant', 'list']);
    const bad = await cli(['merchant', 'create', '--name', 'Turned \u202eshop']);

    expect(code).toBe(0);
    expect(out).toMatch(/^id {9}mer_\w{26}\nname {7}Table shop\nstatus {5}active\n/);
    expect(list.out.split('\n')[0]).toMatch(/^id +name +status +createdAt$/);
    expect(bad).toMatchObject({
      code: 1,
      out: '',
      err: '--name must be text of 1 to 100 characters without space around it, on one line, visible, and without marks that turn its direction\n',
    });
  });

  it('puts a table of BINs in place, names what is wrong with one, and notes who did it', async () => {
    const file = (name: string, content: string): string => {
      const path = join(mkdtempSync(join(tmpdir(), 'bins-')), name);
      writeFileSync(path, content);
      return path;
    };
    const table = file('bins.csv', 'bin,issuer,country,card_type\n400099,Northbank,GB,Credit\n520099,Harbour,FR,\n');
    const wrong = file('wrong.csv', 'bin,issuer,country,card_type\n4000,Northbank,GB,Gold\n');
    const load = (path: string): string[] => ['bins', 'load', path, '--environment', 'live'];

    expect(await json(...load(table), '--reason', 'quarterly')).toEqual([
      { environment: 'live', entries: 2, bins: 0, withIssuer: 0 },
    ]);
    expect(await failure(...load(wrong))).toEqual({
      code: 'bin_file_invalid',
      message:
        'line 2: bin must be six to eight digits; line 2: card_type must be one of credit, debit, prepaid, charge, deferred_debit',
    });
    expect(await failure('bins', 'load', table)).toMatchObject({
      message: expect.stringContaining('--environment') as string,
    });
    expect(await failure(...load('/nowhere.csv'))).toMatchObject({
      message: expect.stringContaining('ENOENT') as string,
    });
    expect(await json('bins', 'status')).toEqual([
      { environment: 'live', entries: 2, bins: 0, withIssuer: 0 },
      { environment: 'test', entries: 0, bins: 0, withIssuer: 0 },
    ]);
    expect(await json('bins', 'unknown', '--limit', '5')).toEqual([]);
    const database = new Client({ connectionString: test.url });
    await database.connect();
    const { rows } = await database.query(
      `SELECT act, subject, before, after, reason, actor_kind AS kind FROM audit_entry WHERE act = 'bin_table.replaced'`,
    );
    await database.end();
    expect(rows).toEqual([
      {
        act: 'bin_table.replaced',
        subject: 'live',
        before: { entries: 0 },
        after: { entries: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
        reason: 'quarterly',
        kind: 'command_line',
      },
    ]);
  });

  it('migrates an empty database, and says so when a command needs that first', async () => {
    const empty = await createEmptyDatabase();
    const run = async (...args: string[]): Promise<unknown> => {
      const { out, err } = await cli([...args, '--json'], empty.url);
      return JSON.parse(out || err);
    };

    expect(await run('merchant', 'list')).toMatchObject({ error: { code: 'database_not_migrated' } });
    const before = (await run('migrate', 'status')) as { applied: string[]; pending: string[] };
    expect(before.applied).toEqual([]);
    expect(await run('migrate', 'up')).toEqual({ applied: before.pending });
    expect(await run('migrate', 'status')).toEqual({ applied: before.pending, pending: [] });
    expect(await run('merchant', 'list')).toEqual([]);
    await empty.drop();
  });

  it('says when the database does not answer', async () => {
    const { code, err } = await cli(['merchant', 'list', '--json'], 'postgres://nobody@127.0.0.1:1/none');

    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'database_unreachable' } });
  });
});
