import { newUuidV4, NotFound } from '@app/kernel';
import {
  AccessKeysAdmin,
  CredentialsAdmin,
  InvalidSettings,
  MerchantDirectory,
  type AcquirerRecord,
  type Merchant,
} from '@app/credentials';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

const VISA: AcquirerRecord = {
  scheme: 'visa',
  acquirerBin: '400001',
  acquirerMerchantId: 'MID-1',
  mcc: '5812',
  countryCode: '826',
  merchantName: 'Shop',
  requestorId: 'REQ-1',
  requestorName: 'Shop',
  requestorUrl: 'https://shop.example',
};

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let admin: CredentialsAdmin;
let merchant: Merchant;

beforeAll(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url);
  other = await startReplica(test.url, replica.clock);
  admin = replica.app.get(CredentialsAdmin);
});

beforeEach(async () => {
  merchant = await admin.createMerchant({ name: 'Shop' });
});

afterAll(async () => {
  await replica?.close();
  await other?.close();
  await test?.drop();
});

describe('a processing channel', () => {
  it('is found with its settings, acquirer records and webhook secret', async () => {
    const { channel, webhookSecret } = await admin.createChannel({
      merchantId: merchant.id,
      environment: 'test',
      name: 'Web',
      preferredSchemes: ['mastercard', 'cartes_bancaires'],
      cardRetentionMinutes: 0,
    });
    await admin.setAcquirer(channel.id, { ...VISA, mcc: '0742' });
    await admin.setAcquirer(channel.id, VISA);

    const found = await replica.app.get(MerchantDirectory).channel(merchant.id, 'test', channel.id);

    expect(found).toMatchObject({
      id: channel.id,
      merchantId: merchant.id,
      environment: 'test',
      connectors: ['emv3ds'],
      preferredSchemes: ['mastercard', 'cartes_bancaires'],
      sessionMinutes: 30,
      cardRetentionMinutes: 0,
      autoComplete: true,
    });
    expect(found?.acquirers).toEqual(new Map([['visa', VISA]]));
    expect(found?.webhookSecret?.expose()).toBe(webhookSecret.expose());
    expect(webhookSecret.expose()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  it('does not exist for another merchant or environment', async () => {
    const stranger = await admin.createMerchant({ name: 'Other' });
    const { channel } = await admin.createChannel({ merchantId: merchant.id, environment: 'test', name: 'Web' });
    const directory = replica.app.get(MerchantDirectory);
    await directory.channel(merchant.id, 'test', channel.id);

    expect(await directory.channel(stranger.id, 'test', channel.id)).toBeNull();
    expect(await directory.channel(merchant.id, 'live', channel.id)).toBeNull();
    expect(await directory.channel(merchant.id, 'test', newUuidV4())).toBeNull();
  });

  it('shows a change on another replica within 3 s, and asks once for many callers', async () => {
    const { channel } = await admin.createChannel({ merchantId: merchant.id, environment: 'test', name: 'Web' });
    const directory = other.app.get(MerchantDirectory);
    const query = jest.spyOn(other.database, 'query');
    await Promise.all(Array.from({ length: 20 }, () => directory.channel(merchant.id, 'test', channel.id)));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();

    await admin.setAcquirer(channel.id, VISA);
    other.clock.advance(3_000);

    const found = await directory.channel(merchant.id, 'test', channel.id);
    expect([...(found?.acquirers.keys() ?? [])]).toEqual(['visa']);
  });
});

describe('the route of a channel', () => {
  it('is the native connector alone, unless somebody said otherwise', async () => {
    const { channel } = await admin.createChannel({ merchantId: merchant.id, environment: 'test', name: 'Web' });

    expect(channel).toMatchObject({ route: [{ connector: 'emv3ds' }], connectors: ['emv3ds'] });
  });

  it('is seen on another replica within 3 s', async () => {
    const { channel } = await admin.createChannel({ merchantId: merchant.id, environment: 'test', name: 'Web' });
    const directory = other.app.get(MerchantDirectory);
    await directory.channel(merchant.id, 'test', channel.id);
    const route = [
      { connector: 'checkout', when: { schemes: ['visa' as const], maxAmountMinor: 5000 } },
      { connector: 'emv3ds' },
    ];

    await admin.setRoute(channel.id, route);
    other.clock.advance(3_000);

    expect(await directory.channel(merchant.id, 'test', channel.id)).toMatchObject({
      route,
      connectors: ['checkout', 'emv3ds'],
    });
  });

  it('is taken at creation, by its rules', async () => {
    const input = { merchantId: merchant.id, environment: 'test' as const, name: 'Web' };

    const { channel } = await admin.createChannel({ ...input, route: [{ connector: 'checkout' }] });

    expect(channel.connectors).toEqual(['checkout']);
    await expect(admin.createChannel({ ...input, route: [{ connector: 'stripe' }] })).rejects.toMatchObject({
      codes: ['route_invalid'],
    });
    await expect(admin.setRoute(newUuidV4(), [{ connector: 'emv3ds' }])).rejects.toBeInstanceOf(NotFound);
  });

  it('follows from what a replica of before has stored', async () => {
    const id = newUuidV4();
    await replica.database.query(
      `INSERT INTO processing_channel (id, merchant_id, environment, name, connectors, preferred_schemes, created_at, updated_at)
       VALUES ($1, $2, 'test', 'Old', '{emv3ds}', '{}', now(), now())`,
      [id, merchant.id],
    );

    expect(await admin.findChannel(id)).toMatchObject({ route: [{ connector: 'emv3ds' }] });
  });
});

describe('operators', () => {
  it('cannot give a key a default channel of another merchant or environment', async () => {
    const stranger = await admin.createMerchant({ name: 'Other' });
    const theirs = await admin.createChannel({ merchantId: stranger.id, environment: 'test', name: 'Web' });
    const live = await admin.createChannel({ merchantId: merchant.id, environment: 'live', name: 'Web' });

    for (const { channel } of [theirs, live]) {
      await expect(
        replica.app.get(AccessKeysAdmin).create({
          merchantId: merchant.id,
          environment: 'test',
          scopes: ['sessions'],
          defaultChannelId: channel.id,
        }),
      ).rejects.toBeInstanceOf(NotFound);
    }
    await expect(
      replica.database.query(
        `INSERT INTO access_key (id, merchant_id, environment, default_channel_id, mac_key_sealed, secret_mac, scopes, created_at)
         VALUES ($1, $2, 'test', $3, '', '', '{sessions}', now())`,
        [newUuidV4(), merchant.id, theirs.channel.id],
      ),
    ).rejects.toMatchObject({ constraint: 'fk_access_key_default_channel' });
  });

  it('are told every setting that breaks its rule', async () => {
    const { channel } = await admin.createChannel({ merchantId: merchant.id, environment: 'test', name: 'Web' });

    const failure = admin.setAcquirer(channel.id, { ...VISA, mcc: '12', countryCode: '999', requestorUrl: 'shop' });

    await expect(failure).rejects.toBeInstanceOf(InvalidSettings);
    await expect(failure).rejects.toMatchObject({
      codes: ['mcc_invalid', 'country_code_invalid', 'requestor_url_invalid'],
    });
  });

  it('leave no secret in clear in any table or log line', async () => {
    const { channel, webhookSecret } = await admin.createChannel({
      merchantId: merchant.id,
      environment: 'test',
      name: 'Web',
    });
    const { secret } = await replica.app.get(AccessKeysAdmin).create({
      merchantId: merchant.id,
      environment: 'test',
      scopes: ['sessions'],
      defaultChannelId: channel.id,
    });
    const tables = await replica.database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
    );
    const dumps = await Promise.all(
      tables.map(({ name }) => replica.database.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)),
    );
    const dump = [...dumps.flat().map(({ row }) => row), ...replica.logged].join('\n');

    expect(dump).toContain(channel.id);
    for (const text of [secret.expose(), webhookSecret.expose(), webhookSecret.expose().slice('whsec_'.length)]) {
      expect(dump).not.toContain(text);
      expect(dump).not.toContain(Buffer.from(text).toString('hex'));
    }
    expect(dump).not.toContain(Buffer.from(secret.expose(), 'base64url').toString('hex'));
  });
});
