import { ChannelBranding, CredentialsAdmin, MerchantDirectory, type BrandingChange } from '@app/credentials';
import { newUuidV4, NotFound } from '@app/kernel';
import { createHash } from 'node:crypto';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

const PLAIN = { displayName: null, accent: null, locale: null, frameAncestors: [], logoHash: null };
const png = (size: number): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(size - 8)]);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let branding: ChannelBranding;
let merchantId: string;
let channelId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url);
  other = await startReplica(test.url, replica.clock);
  branding = replica.app.get(ChannelBranding);
});

beforeEach(async () => {
  const admin = replica.app.get(CredentialsAdmin);
  merchantId = (await admin.createMerchant({ name: 'Shop' })).id;
  channelId = (await admin.createChannel({ merchantId, environment: 'test', name: 'Web' })).channel.id;
});

afterAll(async () => {
  await replica?.close();
  await other?.close();
  await test?.drop();
});

const change = async (what: BrandingChange): Promise<unknown> => (await branding.change(channelId, what)).branding;
const seen = async ({ app }: Replica): Promise<unknown> =>
  (await app.get(MerchantDirectory).channel(merchantId, 'test', channelId))?.branding;

describe('the branding of a channel', () => {
  it('is the page’s own way until somebody decides', async () => {
    expect(await seen(replica)).toEqual(PLAIN);
  });

  it('is changed part by part, and taken back', async () => {
    await change({ displayName: 'Robin & Söhne', accent: '#0b6b52' });
    await change({ locale: 'de', frameAncestors: ['https://shop.example'] });

    expect(await seen(replica)).toEqual({
      displayName: 'Robin & Söhne',
      accent: '#0b6b52',
      locale: 'de',
      frameAncestors: ['https://shop.example'],
      logoHash: null,
    });

    expect(await change({ displayName: null, accent: null, locale: null, frameAncestors: null })).toEqual(PLAIN);
  });

  it('is seen by every replica within 5 s', async () => {
    expect(await seen(other)).toEqual(PLAIN);

    await change({ accent: '#0b6b52' });
    other.clock.advance(5_000);

    expect(await seen(other)).toMatchObject({ accent: '#0b6b52' });
  });

  it('has a logo, under the hash of its bytes, until it has another one or none', async () => {
    const [first, second] = [png(65_536), png(100)];

    expect(await change({ logo: first })).toMatchObject({ logoHash: hashOf(first) });
    expect(await other.app.get(ChannelBranding).findLogo(hashOf(first))).toEqual({
      hash: hashOf(first),
      type: 'image/png',
      bytes: first,
    });

    expect(await change({ logo: second })).toMatchObject({ logoHash: hashOf(second) });
    expect(await branding.findLogo(hashOf(first))).toBeNull();
    expect(await change({ accent: '#0b6b52' })).toMatchObject({ logoHash: hashOf(second) });

    expect(await change({ logo: null })).toMatchObject({ logoHash: null, accent: '#0b6b52' });
    expect(await branding.findLogo(hashOf(second))).toBeNull();
  });

  it.each<[string, BrandingChange]>([
    ['display_name', { displayName: ' ' }],
    ['display_name', { displayName: 'x'.repeat(61) }],
    ['accent', { accent: 'green' }],
    ['locale', { locale: 'tlh' as 'en' }],
    ['frame_ancestors', { frameAncestors: ['https://shop.example/checkout'] }],
    ['frame_ancestors', { frameAncestors: ['*'] }],
    ['logo', { logo: png(65_537) }],
    ['logo', { logo: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }],
    ['logo', { logo: Buffer.alloc(0) }],
  ])('keeps to the rules: %s', async (setting, what) => {
    await expect(change({ displayName: 'Robin', ...what })).rejects.toMatchObject({ codes: [`${setting}_invalid`] });
    expect(await seen(replica)).toEqual(PLAIN);
  });

  it('belongs to a channel', async () => {
    await expect(branding.change(newUuidV4(), { accent: '#0b6b52' })).rejects.toBeInstanceOf(NotFound);
  });
});
