import { newUuidV4, Secret } from '@app/kernel';
import {
  ConnectorAccounts,
  ConnectorAccountsAdmin,
  CredentialsAdmin,
  type Merchant,
  type NewConnectorAccount,
} from '@app/credentials';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';
import { TokenServer } from './token-server';

let test: TestDatabase;
let upstream: TokenServer;
let replica: Replica;
let other: Replica;
let admin: ConnectorAccountsAdmin;
let accounts: ConnectorAccounts;
let merchant: Merchant;

beforeAll(async () => {
  test = await createTestDatabase();
  upstream = await new TokenServer().listen();
  replica = await startReplica(test.url, undefined, { COUNTERSIGN_DEMO: '1' });
  other = await startReplica(test.url, replica.clock, { COUNTERSIGN_DEMO: '1' });
  admin = replica.app.get(ConnectorAccountsAdmin);
  accounts = replica.app.get(ConnectorAccounts);
});

beforeEach(async () => {
  merchant = await replica.app.get(CredentialsAdmin).createMerchant({ name: 'Shop' });
  upstream.clients.clear();
  upstream.clients.set('ack_1', 'secret-one').set('ack_2', 'secret-two').set('ack_3', 'secret-three');
  upstream.asked.length = 0;
  upstream.misbehave = null;
});

afterAll(async () => {
  await replica?.close();
  await other?.close();
  await upstream?.close();
  await test?.drop();
});

const anAccount = (over: Partial<NewConnectorAccount> = {}): NewConnectorAccount => ({
  merchantId: merchant.id,
  connector: 'checkout',
  environment: 'test',
  name: 'Shop at Checkout.com',
  apiBaseUrl: `${upstream.url}/api`,
  tokenUrl: `${upstream.url}/connect/token`,
  scopes: ['sessions:app', 'sessions:browser'],
  credential: { clientId: 'ack_1', clientSecret: new Secret('secret-one') },
  ...over,
});
const clientIds = async (from = accounts): Promise<string[] | undefined> =>
  (await from.forMerchant(merchant.id, 'checkout', 'test'))?.credentials.map(({ clientId }) => clientId);
const rowsOf = (id: string): Promise<object[]> =>
  replica.database.query('SELECT 1 FROM connector_account WHERE id = $1', [id]);

describe('a connector account', () => {
  it('is found by its merchant, connector and environment, with what it takes to use it', async () => {
    const { account } = await admin.create(
      anAccount({
        upstreamProcessingChannelId: `pc_${'a'.repeat(26)}`,
        webhookKey: new Secret('webhook-key'),
      }),
    );

    const found = await accounts.forMerchant(merchant.id, 'checkout', 'test');

    expect(found).toMatchObject({
      id: account.id,
      merchantId: merchant.id,
      apiBaseUrl: `${upstream.url}/api`,
      tokenUrl: `${upstream.url}/connect/token`,
      scopes: ['sessions:app', 'sessions:browser'],
      status: 'active',
      upstreamProcessingChannelId: `pc_${'a'.repeat(26)}`,
      credentialVersion: 1,
    });
    expect(found?.credentials.map(({ clientId, clientSecret }) => [clientId, clientSecret.expose()])).toEqual([
      ['ack_1', 'secret-one'],
    ]);
    expect(found?.webhookKeys.map((key) => key.expose())).toEqual(['webhook-key']);
    expect(await accounts.byId(account.id)).toEqual(found);
  });

  it('does not exist for another merchant or environment', async () => {
    await admin.create(anAccount());
    const stranger = await replica.app.get(CredentialsAdmin).createMerchant({ name: 'Other' });

    expect(await accounts.forMerchant(stranger.id, 'checkout', 'test')).toBeUndefined();
    expect(await accounts.forMerchant(merchant.id, 'checkout', 'live')).toBeUndefined();
    expect(await accounts.byId(newUuidV4())).toBeUndefined();
  });

  it('can be looked at in memory, once somebody has asked', async () => {
    await admin.create(anAccount());

    expect(accounts.peek(merchant.id, 'checkout', 'test')).toBeUndefined();
    const found = await accounts.forMerchant(merchant.id, 'checkout', 'test');
    expect(accounts.peek(merchant.id, 'checkout', 'test')).toEqual(found);
    await accounts.forMerchant(merchant.id, 'checkout', 'live');
    expect(accounts.peek(merchant.id, 'checkout', 'live')).toBeNull();
  });

  it('is asked for once by many callers, and seen changed on another replica within 3 s', async () => {
    const { account } = await admin.create(anAccount());
    const there = other.app.get(ConnectorAccounts);
    const query = jest.spyOn(other.database, 'query');
    await Promise.all(Array.from({ length: 20 }, () => there.forMerchant(merchant.id, 'checkout', 'test')));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();

    await admin.setStatus(account.id, 'disabled');
    expect(await clientIds()).toBeUndefined();
    other.clock.advance(3_000);

    expect(await clientIds(there)).toBeUndefined();
    expect(await there.byId(account.id)).toMatchObject({ status: 'disabled' });
  });

  it('is the only active one of its merchant, connector and environment', async () => {
    const { account } = await admin.create(anAccount());
    await admin.setStatus(account.id, 'disabled');
    const { account: second } = await admin.create(anAccount());

    await expect(admin.create(anAccount())).rejects.toMatchObject({ codes: ['connector_account_exists'] });
    await expect(admin.setStatus(account.id, 'active')).rejects.toMatchObject({ codes: ['connector_account_exists'] });
    await admin.create(anAccount({ environment: 'live' }));
    await admin.setStatus(second.id, 'disabled');
    await admin.setStatus(account.id, 'active');
  });

  it('leaves no secret in clear in any column or log line', async () => {
    const { account, webhookToken } = await admin.create(anAccount({ webhookKey: new Secret('webhook-key-clear') }));
    await admin.test(account.id);

    const rows = await replica.database.query<{ text: string }>(
      `SELECT to_jsonb(t)::text AS text FROM (SELECT a.*, c.*, k.* FROM connector_account a
         JOIN connector_credential c ON c.account_id = a.id JOIN connector_webhook_key k ON k.account_id = a.id) t`,
    );
    const all = [...rows.map(({ text }) => text), ...replica.logged].join('\n');
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of ['secret-one', 'webhook-key-clear', webhookToken.expose()]) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

describe('before it is saved', () => {
  it('a credential is tried with the scopes that it is for', async () => {
    await admin.create(anAccount());

    expect(upstream.asked).toHaveLength(1);
    expect(Object.fromEntries(upstream.asked[0] ?? [])).toMatchObject({
      client_id: 'ack_1',
      scope: 'sessions:app sessions:browser',
    });
  });

  it.each([
    [
      'a wrong secret',
      { credential: { clientId: 'ack_1', clientSecret: new Secret('wrong') } },
      'upstream_client_refused',
    ],
    ['a scope that is not granted', { scopes: ['vault'] }, 'upstream_scope_refused'],
    ['a host where nobody listens', { tokenUrl: 'http://127.0.0.1:1/connect/token' }, 'upstream_unreachable'],
  ])('%s is refused, and nothing is kept', async (_, over, code) => {
    const id = newUuidV4();

    await expect(admin.create(anAccount({ ...over, id }))).rejects.toMatchObject({ codes: [code] });
    expect(await rowsOf(id)).toEqual([]);
  });

  it.each([
    ['HTML', (response: { end(text: string): void }) => response.end('<html>'), 'is not JSON'],
    ['no token', (response: { end(text: string): void }) => response.end('{}'), 'no bearer token'],
  ])('an answer of %s is refused in words', async (_, misbehave, words) => {
    upstream.misbehave = misbehave;

    const failure = admin.create(anAccount());

    await expect(failure).rejects.toMatchObject({ codes: ['upstream_answer_invalid'] });
    await expect(failure).rejects.toThrow(words);
  });

  it('nobody is asked where that is not wanted', async () => {
    await admin.create(anAccount({ credential: { clientId: 'x', clientSecret: new Secret('y') } }), { test: false });

    expect(upstream.asked).toEqual([]);
  });

  it('addresses must be https and of the public internet, outside of demo mode', async () => {
    const strict = await startReplica(test.url);
    try {
      const created = strict.app.get(ConnectorAccountsAdmin).create(anAccount(), { test: false });
      await expect(created).rejects.toMatchObject({ codes: ['api_base_url_invalid', 'token_url_invalid'] });
    } finally {
      await strict.close();
    }
  });

  it('every setting that breaks its rule is named', async () => {
    const broken = anAccount({
      apiBaseUrl: 'https://user:pass@x.example',
      tokenUrl: 'https://x.example/token?a=1',
      scopes: ['a b'],
      upstreamProcessingChannelId: 'pc_1',
      credential: { clientId: '', clientSecret: new Secret('two words') },
    });

    await expect(admin.create(broken)).rejects.toMatchObject({
      codes: [
        'api_base_url_invalid',
        'token_url_invalid',
        'upstream_processing_channel_id_invalid',
        'upstream_scopes_invalid',
        'client_id_invalid',
        'client_secret_invalid',
      ],
    });
  });
});

describe('a change of settings', () => {
  it('is tried first, and makes tokens of before void', async () => {
    const { account } = await admin.create(anAccount({ upstreamProcessingChannelId: `pc_${'a'.repeat(26)}` }));

    await expect(admin.change(account.id, { scopes: ['vault'] })).rejects.toMatchObject({
      codes: ['upstream_scope_refused'],
    });
    await expect(admin.change(account.id, { tokenUrl: 'ftp://x' })).rejects.toMatchObject({
      codes: ['token_url_invalid'],
    });
    const changed = await admin.change(account.id, { scopes: ['sessions'], upstreamProcessingChannelId: null });

    expect(changed).toEqual({
      ...account,
      scopes: ['sessions'],
      upstreamProcessingChannelId: null,
      credentialVersion: 2,
      version: 2,
    });
    expect(await accounts.byId(account.id)).toMatchObject({ scopes: ['sessions'], credentialVersion: 2 });
  });

  it('that tokens do not depend on asks nobody and leaves them', async () => {
    const { account } = await admin.create(anAccount());
    const asked = upstream.asked.length;

    const changed = await admin.change(account.id, { name: 'Another', upstreamProcessingChannelId: null });

    expect(changed).toEqual({ ...account, name: 'Another', version: 2 });
    expect(upstream.asked).toHaveLength(asked);
  });

  it('leaves the next credential a version of its own', async () => {
    const { account } = await admin.create(anAccount());
    await admin.change(account.id, { scopes: ['sessions'] });
    await admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('secret-two') });

    expect(await admin.get(account.id)).toMatchObject({
      scopes: ['sessions'],
      credentialVersion: 3,
      credentials: [{ version: 3 }, { version: 1 }],
    });
  });
});

describe('a rotation', () => {
  it('puts the new credential first; the old one ends after the overlap', async () => {
    const { account } = await admin.create(anAccount());

    const rotated = await admin.rotate(
      account.id,
      { clientId: 'ack_2', clientSecret: new Secret('secret-two') },
      { overlapHours: 2 },
    );

    expect(rotated.credentialVersion).toBe(2);
    expect(await clientIds()).toEqual(['ack_2', 'ack_1']);
    replica.clock.advance(2 * 3_600_000 - 1);
    expect(await clientIds()).toEqual(['ack_2', 'ack_1']);
    replica.clock.advance(1);
    expect(await clientIds()).toEqual(['ack_2']);
  });

  it('never leaves more than two', async () => {
    const { account } = await admin.create(anAccount());
    await admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('secret-two') });
    await admin.rotate(account.id, { clientId: 'ack_3', clientSecret: new Secret('secret-three') });

    expect(await clientIds()).toEqual(['ack_3', 'ack_2']);
  });

  it('with a credential that does not work changes nothing', async () => {
    const { account } = await admin.create(anAccount());

    const failure = admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('typo') });

    await expect(failure).rejects.toMatchObject({ codes: ['upstream_client_refused'] });
    expect(await admin.get(account.id)).toMatchObject({ credentialVersion: 1, credentials: [{ retiresAt: null }] });
  });

  it('by two people at once gives each a version of its own', async () => {
    const { account } = await admin.create(anAccount());

    await Promise.all([
      admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('secret-two') }),
      other.app
        .get(ConnectorAccountsAdmin)
        .rotate(account.id, { clientId: 'ack_3', clientSecret: new Secret('secret-three') }),
    ]);

    const { credentialVersion, credentials } = await admin.get(account.id);
    expect(credentialVersion).toBe(3);
    expect(credentials.map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  it('of webhook keys has two at most', async () => {
    const { account } = await admin.create(anAccount({ webhookKey: new Secret('key-number-1') }));
    const keys = async (): Promise<string[] | undefined> =>
      (await accounts.byId(account.id))?.webhookKeys.map((key) => key.expose());

    await expect(admin.retireWebhookKey(account.id)).rejects.toMatchObject({ codes: ['webhook_key_not_replaced'] });
    replica.clock.advance(1);
    await admin.addWebhookKey(account.id, new Secret('key-number-2'));
    expect(await keys()).toEqual(['key-number-2', 'key-number-1']);
    await expect(admin.addWebhookKey(account.id, new Secret('key-number-3'))).rejects.toMatchObject({
      codes: ['webhook_keys_full'],
    });
    await admin.retireWebhookKey(account.id);
    expect(await keys()).toEqual(['key-number-2']);
  });
});

describe('the trial of an account', () => {
  it('tells of each valid credential whether it works', async () => {
    const { account } = await admin.create(anAccount());
    await admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('secret-two') });
    upstream.clients.delete('ack_1');

    expect(await admin.test(account.id)).toEqual([
      { clientId: 'ack_2', works: true, says: 'a token for 3600 s was issued' },
      { clientId: 'ack_1', works: false, says: 'it refuses client id and secret (invalid_client)' },
    ]);
  });
});

describe('an inbound address', () => {
  it('leads to its account, whatever the status, until it is replaced', async () => {
    const { account, webhookToken } = await admin.create(anAccount());
    await admin.setStatus(account.id, 'disabled');
    expect(await accounts.byWebhookAddress(webhookToken.expose())).toMatchObject({ id: account.id });

    const next = await admin.replaceWebhookToken(account.id);

    expect(await accounts.byWebhookAddress(webhookToken.expose())).toBeUndefined();
    expect(await accounts.byWebhookAddress(next.expose())).toMatchObject({ id: account.id });
  });

  it('that nobody has leads nowhere', async () => {
    expect(await accounts.byWebhookAddress('A'.repeat(43))).toBeUndefined();
    const query = jest.spyOn(replica.database, 'query');
    expect(await accounts.byWebhookAddress('../../etc/passwd')).toBeUndefined();
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });
});

describe('the use of a credential', () => {
  const lastUsed = async (id: string): Promise<(number | undefined)[]> =>
    (await admin.get(id)).credentials.map(({ lastUsedAt }) => lastUsedAt?.getTime());
  const noted = async (id: string, expected: (number | undefined)[]): Promise<void> => {
    for (let tries = 0; tries < 2_000; tries++) {
      if (JSON.stringify(await lastUsed(id)) === JSON.stringify(expected)) return;
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(await lastUsed(id)).toEqual(expected);
  };

  it('is noted once a minute, of the newest where none is named', async () => {
    const { account } = await admin.create(anAccount());
    await admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('secret-two') });
    const first = replica.clock.now().getTime();

    accounts.touch(account.id);
    await noted(account.id, [first, undefined]);

    replica.clock.advance(59_999);
    accounts.touch(account.id);
    accounts.touch(account.id, 'ack_1');
    await noted(account.id, [first, first + 59_999]);

    replica.clock.advance(1);
    accounts.touch(account.id);
    await noted(account.id, [first + 60_000, first + 59_999]);
  });

  it('of many accounts goes in few statements', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      const { account } = await admin.create(anAccount());
      await admin.setStatus(account.id, 'disabled');
      ids.push(account.id);
    }
    const at = replica.clock.now().getTime();
    const query = jest.spyOn(replica.database, 'query');

    for (const id of ids) accounts.touch(id);
    await new Promise((done) => setImmediate(done));
    await new Promise((done) => setImmediate(done));

    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
    for (const id of ids) await noted(id, [at]);
  });
});
