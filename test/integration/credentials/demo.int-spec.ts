import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeId, SCHEMES } from '@app/kernel';
import { AccessKeys, CredentialsAdmin } from '@app/credentials';
import type { DemoFile } from '../../../apps/server/src/demo/demo-file';
import { DemoSeeder } from '../../../apps/server/src/demo/demo-seeder';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

const API = 'http://127.0.0.1:4000';
const SIMULATOR = 'http://127.0.0.1:4001';

let test: TestDatabase;
let replica: Replica;
let dataDir: string;
let seeder: DemoSeeder;

beforeEach(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url);
  dataDir = await mkdtemp(join(tmpdir(), 'countersign-demo-'));
  seeder = new DemoSeeder(replica.app.get(CredentialsAdmin), replica.app.get(AccessKeys), { dataDir });
});

afterEach(async () => {
  await replica?.close();
  await test?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const file = async (): Promise<DemoFile> => JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoFile;

describe('the demo', () => {
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
    });
    expect([first?.name, second?.name]).toEqual(['Demo shop', 'Second shop']);
    expect((await stat(join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['demo.json']);
    for (const merchant of demo.merchants) {
      const key = await replica.app.get(AccessKeys).authenticate(merchant.clientId, merchant.clientSecret);
      const channelId = decodeId('channel', merchant.processingChannelId) ?? '';
      const channel = await replica.app.get(CredentialsAdmin).findChannel(channelId);
      expect(key).toMatchObject({ merchantId: channel?.merchantId, defaultChannelId: channelId });
      expect([...(channel?.acquirers.keys() ?? [])].sort()).toEqual([...SCHEMES].sort());
      expect(channel?.webhookSecret?.expose()).toBe(merchant.webhookSecret);
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
});
