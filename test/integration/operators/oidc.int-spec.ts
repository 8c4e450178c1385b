import { generateSync } from 'otplib';
import { OperatorsHousekeepingJob } from '../../../libs/operators/src/jobs/operators-housekeeping.job';
import { OidcProvider } from '../../support/oidc-provider';
import { createTestDatabase, somebody, startHouse, type House, type TestDatabase } from './house';

const MINUTE = 60_000;
const PUBLIC_URL = 'https://3ds.example.com/base';

let provider: OidcProvider;
let test: TestDatabase;
let house: House;
let replica: House;

/** Below a path, by https, behind a proxy. */
beforeAll(async () => {
  provider = await OidcProvider.start();
  test = await createTestDatabase();
  const environment = {
    ...provider.environment,
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_PUBLIC_URL: PUBLIC_URL,
    COUNTERSIGN_OIDC_SECOND_FACTORS: 'mfa urn:example:gold',
    COUNTERSIGN_OIDC_ALLOWED_DOMAINS: 'example.com',
    COUNTERSIGN_TRUSTED_PROXIES: '127.0.0.1',
  };
  house = await startHouse(test.url, environment);
  replica = await startHouse(test.url, environment, house.clock);
});

afterAll(async () => {
  await replica?.close();
  await house?.close();
  await test?.drop();
  await provider?.close();
});

interface Begun {
  readonly cookie: string;
  readonly url: string;
}

const begin = async (): Promise<Begun> => {
  const { body, cookie = '' } = await house.call('POST', 'auth/oidc/begin');
  return { cookie, url: String(body['authorization_url']) };
};
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';
/** Where a return leads, and the cookies that it gives. */
const comeBack = async (
  url: URL,
  cookie: string,
  { at = house, from = '203.0.113.7' } = {},
): Promise<{ page: string; given: string[] }> => {
  const { headers } = await at.call('GET', `auth/oidc/return${url.search}`, undefined, {
    cookie: pairOf(cookie),
    'x-forwarded-for': from,
  });
  const given = [headers['set-cookie'] ?? []].flat() as string[];
  return { page: String(headers['location']).replace(`${PUBLIC_URL}/admin/`, ''), given };
};
const signIn = async (sub: string, more: object = {}): Promise<{ page: string; given: string[] }> => {
  provider.person = { sub, email: `${sub}@example.com`, email_verified: true, ...more };
  const { url, cookie } = await begin();
  return comeBack(provider.agree(url), cookie);
};
/** The headers of the session that a return gave. */
const sessionOf = async (given: readonly string[]): Promise<Record<string, string>> => {
  const headers = { cookie: pairOf(given.find((cookie) => cookie.startsWith('__Host-countersign_session=')) ?? '') };
  const { body } = await house.call('GET', 'auth/me', undefined, headers);
  return { ...headers, 'x-csrf-token': String(body['csrf_token']) };
};

it('keeps cookies to https and to the path of the public address', async () => {
  await somebody(house, 'path@example.com');
  const { cookie, url } = await begin();
  provider.person = { sub: 'path', email: 'path@example.com', email_verified: true };
  const { page, given } = await comeBack(provider.agree(url), cookie);

  expect(new URL(url).searchParams.get('redirect_uri')).toBe(`${PUBLIC_URL}/admin/api/auth/oidc/return`);
  expect(cookie).toMatch(
    /^__Secure-countersign_oidc=[\w-]+; Path=\/base\/admin\/api\/auth\/oidc\/return; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(page).toBe('signed-in');
  expect(given[1]).toMatch(/^__Host-countersign_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
});

it('waits for ten minutes, and no longer', async () => {
  await somebody(house, 'slow@example.com');
  provider.person = { sub: 'slow', email: 'slow@example.com', email_verified: true };
  const [late, later] = [await begin(), await begin()];

  house.clock.advance(10 * MINUTE - 1);
  expect((await comeBack(provider.agree(late.url), late.cookie)).page).toBe('signed-in');
  house.clock.advance(1);
  expect((await comeBack(provider.agree(later.url), later.cookie)).page).toBe('login?problem=expired');
});

it('takes a return once on all replicas, also of two at the same time, and forgets it when it is too old anyway', async () => {
  await somebody(house, 'twice@example.com');
  provider.person = { sub: 'twice', email: 'twice@example.com', email_verified: true };
  const { url, cookie } = await begin();
  const [one, other] = [provider.agree(url), provider.agree(url)];

  const pages = await Promise.all([comeBack(one, cookie), comeBack(other, cookie, { at: replica })]);

  expect(pages.map(({ page }) => page).sort()).toEqual(['login?problem=used', 'signed-in']);
  const kept = () => house.database.query<{ n: number }>('SELECT count(*)::int AS n FROM oidc_return');
  const job = house.app.get(OperatorsHousekeepingJob, { strict: false });
  house.clock.advance(10 * MINUTE - 1);
  await job.tick();
  expect((await kept())[0]?.n).toBeGreaterThan(0);
  house.clock.advance(1);
  await job.tick();
  expect(await kept()).toEqual([{ n: 0 }]);
});

it('links nobody twice when two browsers come at the same moment', async () => {
  const id = await somebody(house, 'race@example.com');
  const [one, two] = [await begin(), await begin()];
  const back = (begun: Begun, sub: string): URL => {
    provider.person = { sub, email: 'race@example.com', email_verified: true };
    return provider.agree(begun.url);
  };
  const [first, second] = [back(one, 'race-1'), back(two, 'race-2')];

  const pages = await Promise.all([comeBack(first, one.cookie), comeBack(second, two.cookie, { at: replica })]);

  expect(pages.map(({ page }) => page).sort()).toEqual(['login?problem=not_let_in', 'signed-in']);
  expect((await house.admin.get(id, { merchants: 'all' })).identity?.subject).toMatch(/^race-[12]$/);
});

it('lets in whom the allowed domains have', async () => {
  await somebody(house, 'far@example.org');

  expect((await signIn('far', { email: 'far@example.org' })).page).toBe('login?problem=not_let_in');
});

it('stops an address from which nothing but made-up returns come', async () => {
  await somebody(house, 'honest@example.com');
  const from = '2001:db8:5::1';
  const forged = async (): Promise<string> => {
    const { url, cookie } = await begin();
    const back = provider.agree(url);
    back.searchParams.set('code', 'made up');
    return (await comeBack(back, cookie, { from })).page;
  };

  for (let failure = 1; failure <= 20; failure++) expect(await forged()).toBe('login?problem=not_proven');

  expect(await forged()).toBe('login?problem=locked');
  expect((await signIn('honest')).page).toBe('signed-in');
});

describe('somebody without a password', () => {
  it('changes how they sign in for ten minutes after they came from the provider', async () => {
    const { operator } = await house.admin.invite(
      { email: 'fresh@example.com', name: 'Fresh', role: 'viewer', merchants: 'all' },
      {
        kind: 'command_line',
        wireId: null,
        name: 'root',
        merchants: 'all',
        origin: { address: null, requestId: null },
      },
    );
    const headers = await sessionOf((await signIn('fresh')).given);
    const start = (body = {}) => house.call('POST', 'auth/second-factor', body, headers);

    expect((await start({ password: 'anything at all' })).body['error_codes']).toEqual(['sign_in_refused']);
    house.clock.advance(10 * MINUTE - 1);
    expect((await start()).status).toBe(200);
    house.clock.advance(1);
    expect((await start()).body['error_codes']).toEqual(['sign_in_again']);

    const again = await sessionOf((await signIn('fresh')).given);
    const { body } = await house.call('POST', 'auth/second-factor', {}, again);
    const epoch = Math.floor(house.clock.now().getTime() / 1000);
    const totp = generateSync({ secret: String(body['totp_secret']), epoch });
    expect((await house.call('POST', 'auth/second-factor/confirm', { totp }, again)).status).toBe(200);
    expect((await signIn('fresh')).page).toBe('login?step=second-factor');
    expect((await signIn('fresh', { acr: 'urn:example:gold' })).page).toBe('signed-in');
    expect((await house.admin.get(operator.id, { merchants: 'all' })).hasPassword).toBe(false);
  });

  it('needs the password where there is one, however fresh the session', async () => {
    await somebody(house, 'both@example.com');
    const headers = await sessionOf((await signIn('both')).given);

    const { status, body } = await house.call('POST', 'auth/second-factor', {}, headers);

    expect([status, body['error_codes']]).toEqual([422, ['password_required']]);
  });

  it('has five minutes to show our second factor', async () => {
    const { given } = await signIn('fresh');
    const show = () =>
      house.call('POST', 'auth/oidc/second-factor', { totp: '000000' }, { cookie: pairOf(given.at(-1) ?? '') });

    house.clock.advance(5 * MINUTE - 1);
    expect((await show()).body['error_codes']).toEqual(['second_factor_refused']);
    house.clock.advance(1);
    expect((await show()).body['error_codes']).toEqual(['sign_in_expired']);
  });
});

describe('a provider that cannot be found', () => {
  const asked = (): number => provider.asked.get('discovery') ?? 0;
  const status = async (): Promise<number> => (await house.call('POST', 'auth/oidc/begin')).status;

  afterEach(() => provider.mend());

  it.each(['error', 'cut', 'nonsense', 'redirect'] as const)(
    'because of %s is asked once for all who try within 5 s, and then anew',
    async (fault) => {
      // What was known of it is forgotten.
      house.clock.advance(5 * MINUTE);
      provider.faults.set('discovery', fault);
      expect(await status()).toBe(503);
      const once = asked();

      expect(await status()).toBe(503);
      provider.mend();
      expect(await status()).toBe(503);
      expect(asked()).toBe(once);
      house.clock.advance(5_000);

      expect(await status()).toBe(200);
      expect(asked()).toBe(once + 1);
    },
  );
});
