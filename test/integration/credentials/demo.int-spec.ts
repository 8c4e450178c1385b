import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CardBins, CardBinsModule } from '@app/cards';
import { decodeId, FixedClock, SCHEMES } from '@app/kernel';
import {
  AccessKeys,
  AccessKeysAdmin,
  ChannelBranding,
  ConnectorAccounts,
  ConnectorAccountsAdmin,
  CredentialsAdmin,
  decodePublicKey,
  PublicKeys,
  PublicKeysAdmin,
} from '@app/credentials';
import { OperatorsAdmin } from '@app/operators';
import { AdminModule } from '../../../apps/server/src/admin/admin.module';
import type { DemoFile } from '../../../apps/server/src/demo/demo-file';
import { DEMO_MERCHANTS } from '../../../apps/server/src/demo/demo-merchants';
import { DemoOperator } from '../../../apps/server/src/demo/demo-operator';
import { DemoBins, SANDBOX_BINS } from '../../../apps/server/src/demo/demo-bins';
import { DemoSeeder } from '../../../apps/server/src/demo/demo-seeder';
import { DemoUpstreams } from '../../../apps/server/src/demo/demo-upstreams';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

const API = 'http://127.0.0.1:4000';
const SIMULATOR = 'http://127.0.0.1:4001';

let test: TestDatabase;
let replica: Replica;
let dataDir: string;
let seeder: DemoSeeder;

beforeEach(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url, new FixedClock(new Date()), { COUNTERSIGN_DEMO: '1' }, [
    AdminModule,
    CardBinsModule,
  ]);
  dataDir = await mkdtemp(join(tmpdir(), 'countersign-demo-'));
  const { app } = replica;
  const upstreams = new DemoUpstreams(app.get(ConnectorAccountsAdmin));
  seeder = new DemoSeeder(
    app.get(CredentialsAdmin),
    app.get(AccessKeysAdmin),
    app.get(AccessKeys),
    app.get(PublicKeysAdmin),
    app.get(ChannelBranding),
    upstreams,
    new DemoOperator(app.get(OperatorsAdmin, { strict: false })),
    new DemoBins(app.get(CardBins)),
    { dataDir },
  );
});

afterEach(async () => {
  await replica?.close();
  await test?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const file = async (): Promise<DemoFile> => JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoFile;

describe('the demo', () => {
  it('has a table of BINs, and leaves one alone that somebody loaded', async () => {
    const bins = replica.app.get(CardBins);
    await seeder.ensure(API, SIMULATOR);
    const [, given] = await bins.tally();
    await bins.replaceTable('test', SANDBOX_BINS.slice(0, 1));
    await seeder.ensure(API, SIMULATOR);
    const [live, kept] = await bins.tally();

    expect(given).toMatchObject({ environment: 'test', withIssuer: given?.bins });
    expect(given?.entries).toBeGreaterThan(SANDBOX_BINS.length);
    expect(kept).toMatchObject({ entries: 1 });
    expect(live).toMatchObject({ environment: 'live', entries: 0, bins: 0 });
  });

  it('gives every shop a look of its own, and leaves one alone that was given another', async () => {
    await seeder.ensure(API, SIMULATOR);
    const looks = async (): Promise<unknown[]> =>
      Promise.all(
        DEMO_MERCHANTS.map(
          async ({ channelId }) => (await replica.app.get(CredentialsAdmin).findChannel(channelId))?.branding,
        ),
      );
    const first = (await looks()) as { accent: string; logoHash: string }[];
    expect(new Set(first.map(({ accent }) => accent)).size).toBe(DEMO_MERCHANTS.length);
    expect(new Set(first.map(({ logoHash }) => logoHash)).size).toBe(DEMO_MERCHANTS.length);

    await replica.app.get(ChannelBranding).change(DEMO_MERCHANTS[0].channelId, { accent: '#123456', logo: null });
    await seeder.ensure(API, SIMULATOR);

    expect(await looks()).toMatchObject([{ accent: '#123456', logoHash: null }, first[1], first[2]]);
  });

  it('hands out working credentials in a file that only its owner can read', async () => {
    await seeder.ensure(API, SIMULATOR);

    const demo = await file();
    const [first, second] = demo.merchants;
    expect(demo).toMatchObject({
      version: 1,
      apiUrl: API,
      tokenUrl: `${API}/connect/token`,
      simulatorUrl: SIMULATOR,
      clientId: first?.clientId,
      clientSecret: first?.clientSecret,
      processingChannelId: first?.processingChannelId,
      publicKey: first?.publicKey,
    });
    expect([first?.name, second?.name]).toEqual(['Demo shop', 'Second shop']);
    expect(demo.merchants.map(({ connector }) => connector)).toEqual(['emv3ds', 'emv3ds', 'checkout']);
    expect((await stat(join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['demo.json']);
    for (const merchant of demo.merchants) {
      const key = await replica.app.get(AccessKeys).authenticate(merchant.clientId, merchant.clientSecret);
      const channelId = decodeId('channel', merchant.processingChannelId) ?? '';
      const channel = await replica.app.get(CredentialsAdmin).findChannel(channelId);
      expect(key).toMatchObject({ merchantId: channel?.merchantId, defaultChannelId: channelId });
      expect([...(channel?.acquirers.keys() ?? [])].sort()).toEqual([...SCHEMES].sort());
      expect(channel?.webhookSecret?.expose()).toBe(merchant.webhookSecret);
      expect(await replica.app.get(PublicKeys).findWelcome(merchant.publicKey)).toMatchObject({ channelId });
    }
  });

  it('keeps its credentials at the second start, under new addresses', async () => {
    await seeder.ensure(API, SIMULATOR);
    const before = await file();
    await seeder.ensure('http://127.0.0.1:5000', 'http://127.0.0.1:5001');

    const after = await file();

    expect(after.merchants).toEqual(before.merchants);
    expect(after).toMatchObject({ apiUrl: 'http://127.0.0.1:5000', simulatorUrl: 'http://127.0.0.1:5001' });
  });

  it('keeps credentials that an earlier version wrote down, and adds what it did not know', async () => {
    await seeder.ensure(API, SIMULATOR);
    const before = await file();
    const merchants = before.merchants.map(({ publicKey: _, ...merchant }) => merchant);
    await writeFile(join(dataDir, 'demo.json'), JSON.stringify({ ...before, publicKey: undefined, merchants }));

    await seeder.ensure(API, SIMULATOR);

    expect(await file()).toEqual(before);
  });

  it('makes another public key when an operator ended the first', async () => {
    await seeder.ensure(API, SIMULATOR);
    const before = await file();
    const id = decodePublicKey(before.publicKey) ?? '';
    await replica.app.get(PublicKeysAdmin).revoke(id);

    await seeder.ensure(API, SIMULATOR);

    const after = await file();
    expect(after.publicKey).not.toBe(before.publicKey);
    expect(await replica.app.get(PublicKeys).findWelcome(after.publicKey)).not.toBeNull();
    expect(after.merchants.slice(1)).toEqual(before.merchants.slice(1));
  });

  it.each(['lost', 'cut short', 'of another installation'])(
    'makes new keys and ends the old when the file is %s',
    async (fate) => {
      await seeder.ensure(API, SIMULATOR);
      const before = await file();
      if (fate === 'lost') await rm(join(dataDir, 'demo.json'));
      else if (fate === 'cut short') await writeFile(join(dataDir, 'demo.json'), '{"version": 1, "mer');
      else {
        const merchants = before.merchants.map((merchant) => ({ ...merchant, clientSecret: 'wrong' }));
        await writeFile(join(dataDir, 'demo.json'), JSON.stringify({ ...before, merchants }));
      }

      await seeder.ensure(API, SIMULATOR);

      const after = await file();
      const keys = replica.app.get(AccessKeys);
      expect(await keys.authenticate(before.clientId, before.clientSecret)).toBeNull();
      expect(await keys.authenticate(after.clientId, after.clientSecret)).not.toBeNull();
      expect(after.merchants.map(({ webhookSecret }) => webhookSecret)).toEqual(
        before.merchants.map(({ webhookSecret }) => webhookSecret),
      );
    },
  );

  it('leaves a suspended merchant suspended, with its credentials', async () => {
    await seeder.ensure(API, SIMULATOR);
    const before = await file();
    const admin = replica.app.get(CredentialsAdmin);
    const [merchant] = await admin.listMerchants();
    await admin.suspendMerchant(merchant?.id ?? '');

    await seeder.ensure(API, SIMULATOR);

    expect((await file()).merchants).toEqual(before.merchants);
    expect((await admin.findMerchant(merchant?.id ?? ''))?.status).toBe('suspended');
  });

  describe('has a merchant whose upstream is this server, as the second merchant', () => {
    const [, , { merchantId }] = DEMO_MERCHANTS;
    const account = () => replica.app.get(ConnectorAccounts).forMerchant(merchantId, 'checkout', 'test');
    const credentials = async (): Promise<unknown> =>
      (await account())?.credentials.map(({ clientId, clientSecret }) => [clientId, clientSecret.expose()]);

    it('under its public address, with credentials that work', async () => {
      await seeder.ensure(API, SIMULATOR);

      const [, second] = (await file()).merchants;
      expect(await account()).toMatchObject({
        apiBaseUrl: API,
        tokenUrl: `${API}/connect/token`,
        scopes: ['sessions:app', 'sessions:browser'],
        status: 'active',
        upstreamProcessingChannelId: second?.processingChannelId,
      });
      expect(await credentials()).toEqual([[second?.clientId, second?.clientSecret]]);
    });

    it('unchanged after a second start, and at its new address after a move', async () => {
      await seeder.ensure(API, SIMULATOR);
      const first = await account();

      await seeder.ensure(API, SIMULATOR);
      const second = await account();
      await seeder.ensure('http://127.0.0.1:5000', SIMULATOR);

      expect(second?.credentialVersion).toBe(first?.credentialVersion);
      expect(await account()).toMatchObject({
        id: first?.id,
        apiBaseUrl: 'http://127.0.0.1:5000',
        tokenUrl: 'http://127.0.0.1:5000/connect/token',
      });
    });

    it('with the new credentials when the old ones are lost', async () => {
      await seeder.ensure(API, SIMULATOR);
      await rm(join(dataDir, 'demo.json'));

      await seeder.ensure(API, SIMULATOR);

      const [, second] = (await file()).merchants;
      expect(await credentials()).toEqual([[second?.clientId, second?.clientSecret]]);
    });

    it('disabled when an operator disabled it', async () => {
      await seeder.ensure(API, SIMULATOR);
      const { id = '' } = (await account()) ?? {};
      await replica.app.get(ConnectorAccountsAdmin).setStatus(id, 'disabled');

      await seeder.ensure('http://127.0.0.1:5000', SIMULATOR);

      expect(await account()).toBeUndefined();
    });
  });
});
