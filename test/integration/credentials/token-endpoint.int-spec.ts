import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { encodeId, Unauthenticated } from '@app/kernel';
import { AccessKeysAdmin, AccessTokens, CredentialsAdmin, type AccessKey, type Merchant } from '@app/credentials';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

interface TokenBody {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  error?: string;
}

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let admin: CredentialsAdmin;
let merchant: Merchant;
let key: AccessKey;
let clientId: string;
let clientSecret: string;

beforeAll(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url);
  other = await startReplica(test.url, replica.clock);
  admin = replica.app.get(CredentialsAdmin);
});

beforeEach(async () => {
  merchant = await admin.createMerchant({ name: 'Shop' });
  const issued = await replica.app.get(AccessKeysAdmin).create({
    merchantId: merchant.id,
    environment: 'test',
    scopes: ['sessions:app', 'sessions:browser'],
    tokenTtlSeconds: 600,
  });
  key = issued.key;
  clientId = encodeId('accessKey', key.id);
  clientSecret = issued.secret.expose();
});

afterAll(async () => {
  await replica?.close();
  await other?.close();
  await test?.drop();
});

async function post(
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
  on = replica,
): Promise<{ status: number; body: TokenBody; headers: Record<string, unknown> }> {
  const response = await on.app.inject({
    method: 'POST',
    url: '/connect/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
  return { status: response.statusCode, body: response.json<TokenBody>(), headers: response.headers };
}

const grant = (): Record<string, string> => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: clientSecret,
});
const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('POST /connect/token', () => {
  it('gives a token for form credentials, never to be stored', async () => {
    const { status, body, headers } = await post({ ...grant(), scope: 'sessions:browser sessions:browser' });

    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'sessions:browser',
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('takes Basic alone, and Basic with the same form fields', async () => {
    const alone = await post({ grant_type: 'client_credentials' }, basic(clientId, clientSecret));
    const both = await post(grant(), basic(clientId, clientSecret));

    expect([alone.status, both.status]).toEqual([200, 200]);
    expect(alone.body.scope).toBe('sessions:app sessions:browser');
  });

  it('refuses bad credentials with 400 invalid_client and nothing else', async () => {
    const unknown = encodeId('accessKey', '019a0000-0000-7000-8000-000000000000');
    const wrong = await Promise.all([
      post({ ...grant(), client_secret: `${clientSecret}x` }),
      post({ ...grant(), client_id: unknown }),
      post({ ...grant(), client_id: 'ack_nonsense' }),
      post(grant(), basic(clientId, 'another')),
    ]);

    for (const { status, body } of wrong) {
      expect(status).toBe(400);
      expect(body).toEqual({ error: 'invalid_client' });
    }
  });

  it('refuses a repeated field, another grant, another content type and a scope beyond the key', async () => {
    const repeated = await post(`${new URLSearchParams(grant()).toString()}&grant_type=client_credentials`);
    const otherGrant = await post({ ...grant(), grant_type: 'password' });
    const json = await post(JSON.stringify(grant()), { 'content-type': 'application/json' });
    const scope = await post({ ...grant(), scope: 'sessions:browser gateway' });

    expect([repeated, otherGrant, json, scope].map(({ status, body }) => [status, body])).toEqual([
      [400, { error: 'invalid_request' }],
      [400, { error: 'unsupported_grant_type' }],
      [400, { error: 'invalid_request' }],
      [400, { error: 'invalid_scope' }],
    ]);
  });

  it('signs an at+jwt that the published key set verifies', async () => {
    const { body } = await post(grant());
    const [head = '', claims = '', signature = ''] = body.access_token.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, string>;
    const keySet = (await replica.app.inject({ method: 'GET', url: '/.well-known/jwks.json' })).json<{
      keys: (JsonWebKey & { kid: string })[];
    }>();
    const jwk = keySet.keys.find(({ kid }) => kid === header['kid']);
    const now = Math.floor(replica.clock.now().getTime() / 1000);

    expect(header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256' });
    expect(jwk).not.toHaveProperty('d');
    expect(
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        { key: createPublicKey({ key: jwk ?? {}, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'http://127.0.0.1:4000',
      aud: 'countersign',
      client_id: clientId,
      merchant: encodeId('merchant', merchant.id),
      scope: ['sessions:app', 'sessions:browser'],
      jti: expect.any(String) as string,
      iat: now,
      nbf: now,
      exp: now + 600,
    });
  });
});

describe('an access token', () => {
  const token = async (): Promise<string> => (await post(grant())).body.access_token;
  const actorOn = (on: Replica, bearer: string): ReturnType<AccessTokens['verify']> =>
    on.app.get(AccessTokens).verify(bearer);

  it('tells every replica who calls', async () => {
    const issued = await post({ ...grant(), scope: 'sessions' });

    const actor = await actorOn(other, issued.body.access_token);

    expect(actor).toEqual({
      merchantId: merchant.id,
      environment: 'test',
      accessKeyId: key.id,
      scopes: new Set(['sessions:app', 'sessions:browser']),
      defaultChannelId: null,
    });
  });

  it('is good for 10 s after its end and not longer', async () => {
    const bearer = await token();
    await actorOn(replica, bearer);

    replica.clock.advance(609_000);
    await expect(actorOn(replica, bearer)).resolves.toMatchObject({ merchantId: merchant.id });
    replica.clock.advance(1_000);
    await expect(actorOn(replica, bearer)).rejects.toBeInstanceOf(Unauthenticated);
    await expect(actorOn(other, bearer)).rejects.toBeInstanceOf(Unauthenticated);
  });

  it.each(['an altered claim', 'an altered signature', 'no signature', 'the none algorithm', 'not a token'])(
    'is refused with %s',
    async (flaw) => {
      const [head = '', claims = '', signature = ''] = (await token()).split('.');
      const changed = Buffer.from(
        JSON.stringify({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), exp: 9e9 }),
      ).toString('base64url');
      const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
      const flip = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
      const bearers: Record<string, string> = {
        'an altered claim': `${head}.${changed}.${signature}`,
        'an altered signature': `${head}.${claims}.${flip}`,
        'no signature': `${head}.${claims}.`,
        'the none algorithm': `${none}.${claims}.`,
        'not a token': 'sek_abc',
      };

      await expect(actorOn(replica, bearers[flaw] ?? '')).rejects.toBeInstanceOf(Unauthenticated);
    },
  );

  it.each(['revocation of its key', 'suspension of its merchant'])(
    'ends on every replica within 5 s of %s',
    async (end) => {
      const bearer = await token();
      await Promise.all([actorOn(replica, bearer), actorOn(other, bearer)]);

      if (end.startsWith('revocation')) await replica.app.get(AccessKeysAdmin).revoke(key.id);
      else await admin.suspendMerchant(merchant.id);

      await expect(actorOn(replica, bearer)).rejects.toBeInstanceOf(Unauthenticated);
      replica.clock.advance(3_000);
      await expect(actorOn(other, bearer)).rejects.toBeInstanceOf(Unauthenticated);
      expect((await post(grant(), {}, other)).body).toEqual({ error: 'invalid_client' });
    },
  );

  it('works again once the merchant is resumed', async () => {
    const bearer = await token();
    await admin.suspendMerchant(merchant.id);
    await admin.resumeMerchant(merchant.id);

    await expect(actorOn(replica, bearer)).resolves.toMatchObject({ accessKeyId: key.id });
  });

  it('costs no query while the state of its key is fresh', async () => {
    const bearer = await token();
    await actorOn(replica, bearer);
    const query = jest.spyOn(replica.database, 'query');

    for (let call = 0; call < 20; call++) await actorOn(replica, bearer);

    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });
});
