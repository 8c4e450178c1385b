import { newUuidV4, NotFound } from '@app/kernel';
import { textOf } from '@app/platform';
import { CredentialsAdmin, encodePublicKey, PublicKeys, PublicKeysAdmin } from '@app/credentials';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let admin: CredentialsAdmin;
let keys: PublicKeysAdmin;
let merchantId: string;
let channelId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url);
  other = await startReplica(test.url, replica.clock);
  admin = replica.app.get(CredentialsAdmin);
  keys = replica.app.get(PublicKeysAdmin);
});

beforeEach(async () => {
  merchantId = (await admin.createMerchant({ name: 'Shop' })).id;
  channelId = (await admin.createChannel({ merchantId, environment: 'test', name: 'Web' })).channel.id;
});

afterAll(async () => {
  await replica?.close();
  await other?.close();
  await test?.drop();
});

const welcome = (text: string, at = other): Promise<unknown> => at.app.get(PublicKeys).findWelcome(text);

describe('a public key', () => {
  it('names its channel and the pages that may use it, on every replica', async () => {
    const { id } = await keys.create(channelId, ['https://shop.example', 'http://localhost:3000']);

    expect(await welcome(encodePublicKey(id))).toMatchObject({
      id,
      merchantId,
      environment: 'test',
      channelId,
      allowedOrigins: ['https://shop.example', 'http://localhost:3000'],
    });
  });

  it('is nobody’s when it was never made, or is no key at all', async () => {
    for (const text of [encodePublicKey(newUuidV4()), 'pk_x', '']) expect(await welcome(text)).toBeNull();
  });

  it('that was revoked is refused by every replica within 5 s, and stays in the list', async () => {
    const { id } = await keys.create(channelId);
    expect(await welcome(encodePublicKey(id))).not.toBeNull();

    const { revokedAt } = await keys.revoke(id);

    expect(await welcome(encodePublicKey(id), replica)).toBeNull();
    other.clock.advance(5_000);
    expect(await welcome(encodePublicKey(id))).toBeNull();
    expect(await keys.list(channelId)).toEqual([expect.objectContaining({ id, revokedAt })]);
    expect((await keys.revoke(id)).revokedAt).toEqual(revokedAt);
  });

  it('of a suspended merchant is refused within 5 s, and taken again when it is resumed', async () => {
    const text = encodePublicKey((await keys.create(channelId)).id);
    expect(await welcome(text)).not.toBeNull();

    await admin.suspendMerchant(merchantId);
    expect(await welcome(text, replica)).toBeNull();
    other.clock.advance(5_000);
    expect(await welcome(text)).toBeNull();

    await admin.resumeMerchant(merchantId);
    other.clock.advance(5_000);
    expect(await welcome(text)).not.toBeNull();
  });

  it('remembers its last use to the minute', async () => {
    const { id } = await keys.create(channelId);
    const text = encodePublicKey(id);
    const lastUse = async (): Promise<unknown> => (await keys.list(channelId))[0]?.lastUsedAt;
    const uses = jest.spyOn(other.database, 'query');

    await welcome(text);
    await welcome(text);

    const first = other.clock.now();
    await Promise.all(uses.mock.results.map(({ value }) => value as Promise<unknown>));
    expect(await lastUse()).toEqual(first);
    expect(uses.mock.calls.filter(([sql]) => textOf(sql).startsWith('UPDATE'))).toHaveLength(1);
    uses.mockRestore();
  });

  it('cannot be of a channel that is another merchant’s, in Postgres either', async () => {
    const stranger = await admin.createMerchant({ name: 'Other' });

    await expect(
      replica.database.query(
        `INSERT INTO public_key (id, merchant_id, environment, channel_id, allowed_origins, created_at)
         VALUES ($1, $2, 'test', $3, '{}', now())`,
        [newUuidV4(), stranger.id, channelId],
      ),
    ).rejects.toMatchObject({ constraint: 'fk_public_key_channel' });
  });

  it('is refused to operators who name no channel, no key, or what is no origin', async () => {
    await expect(keys.create(newUuidV4())).rejects.toBeInstanceOf(NotFound);
    await expect(keys.list(newUuidV4())).rejects.toBeInstanceOf(NotFound);
    await expect(keys.revoke(newUuidV4())).rejects.toMatchObject({ codes: ['public_key_not_found'] });
    await expect(keys.create(channelId, ['shop.example'])).rejects.toMatchObject({
      codes: ['allowed_origins_invalid'],
    });
  });
});
