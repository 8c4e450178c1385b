import { encodeId } from '@app/kernel';
import { AccessKeysAdmin, AccessTokens, CredentialsAdmin } from '@app/credentials';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

let test: TestDatabase;
let replicas: Replica[] = [];

beforeEach(async () => {
  test = await createTestDatabase();
});

afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  replicas = [];
  await test?.drop();
});

const kidsOf = async (replica: Replica): Promise<string[]> => {
  const response = await replica.app.inject({ method: 'GET', url: '/.well-known/jwks.json' });
  return response.json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
};

async function tokenFrom(replica: Replica): Promise<{ token: string; kid: string }> {
  const admin = replica.app.get(CredentialsAdmin);
  const merchant = await admin.createMerchant({ name: 'Shop' });
  const { key, secret } = await replica.app.get(AccessKeysAdmin).create({
    merchantId: merchant.id,
    environment: 'test',
    scopes: ['sessions'],
    tokenTtlSeconds: 86_400,
  });
  const response = await replica.app.inject({
    method: 'POST',
    url: '/connect/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${encodeId('accessKey', key.id)}&client_secret=${secret.expose()}`,
  });
  const token = response.json<{ access_token: string }>().access_token;
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
  return { token, kid: header.kid };
}

describe('signing keys', () => {
  it('are made once by replicas that start together', async () => {
    replicas = await Promise.all([1, 2, 3].map(() => startReplica(test.url)));

    const sets = await Promise.all(replicas.map(kidsOf));

    expect(sets[0]).toHaveLength(1);
    expect(new Set(sets.flat()).size).toBe(1);
  });

  it('are published at rotation, sign after the overlap, and stay until the last token has ended', async () => {
    const replica = await startReplica(test.url);
    replicas = [replica];
    const before = await tokenFrom(replica);

    const next = await replica.app.get(CredentialsAdmin).rotateSigningKey();

    expect(await kidsOf(replica)).toEqual([next.kid, before.kid]);
    expect((await tokenFrom(replica)).kid).toBe(before.kid);

    replica.clock.advance(5 * 60_000);
    const last = await tokenFrom(replica);
    expect(last.kid).toBe(next.kid);
    await expect(replica.app.get(AccessTokens).verify(before.token)).resolves.toBeDefined();
    await expect(replica.app.get(AccessTokens).verify(last.token)).resolves.toBeDefined();

    replica.clock.advance(24 * 3_600_000 + 120_000);
    expect(await kidsOf(replica)).toEqual([next.kid]);
  });

  it('sign on another replica no sooner than that replica publishes them', async () => {
    const first = await startReplica(test.url);
    const second = await startReplica(test.url, first.clock);
    replicas = [first, second];
    await kidsOf(second);

    const next = await first.app.get(CredentialsAdmin).rotateSigningKey();
    first.clock.advance(5 * 60_000);

    expect((await tokenFrom(second)).kid).toBe(next.kid);
    expect(await kidsOf(second)).toContain(next.kid);
  });
});
