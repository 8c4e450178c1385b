import { generateSync } from 'otplib';
import { expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, inviteAndSignIn } from '../support/console';
import { findLeaks } from '../support/leaks';
import { OidcProvider, type Fault, type Person, type TokenFlaw } from '../support/oidc-provider';
import { OidcWindow, type ComeBack } from '../support/oidc-window';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';
import { eventually } from '../support/simulator';

const PASSWORD = 'gravel lantern tiger';
const VIEWER = { role: 'viewer', all_merchants: true };

let provider: OidcProvider;
let product: Product;
let admin: ConsoleClient;

beforeAll(async () => {
  provider = await OidcProvider.start();
  product = await startProduct(provider.environment);
  admin = await demoOperator(product);
}, 120_000);

afterEach(() => provider.mend());
afterAll(async () => {
  await product.stop();
  await provider.close();
});

const invite = async (email: string): Promise<string> =>
  String((await admin.post('operators', { email, name: email, ...VIEWER })).body['id']);
const person = (sub: string, more: Partial<Person> = {}): Person => ({
  sub,
  email: `${sub}@example.com`,
  email_verified: true,
  ...more,
});
/** Somebody goes to the provider and agrees there. */
const signIn = async (who: Person, window = new OidcWindow(product)): Promise<ComeBack> => {
  provider.person = who;
  return window.comeBack(provider.agree(await window.begin()));
};
const actsOf = async (id: string): Promise<{ act: string; after: unknown }[]> => {
  const filter = encodeURIComponent(JSON.stringify({ subject: id }));
  return (await admin.get(`audit?filter=${filter}&sort=seq`)).body['data'] ?? [];
};

describe('signing in through a provider', () => {
  it('is offered by its name, beside the password', async () => {
    expect((await new ConsoleClient(product).get('auth/sign-in')).body).toEqual({
      identity_provider: { name: 'Example Login' },
      password: true,
    });
  });

  it('goes by code, state, nonce and PKCE, with a sealed cookie for the return alone', async () => {
    const response = await fetch(`${product.apiUrl}/admin/api/auth/oidc/begin`, { method: 'POST' });
    const { authorization_url: address } = (await response.json()) as { authorization_url: string };
    const asked = new URL(address);
    const [cookie = '', ...others] = response.headers.getSetCookie();

    expect(asked.origin + asked.pathname).toBe(`${provider.issuer}/authorize`);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: provider.clientId,
      response_type: 'code',
      redirect_uri: `${product.apiUrl}/admin/api/auth/oidc/return`,
      scope: 'openid email profile',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
    expect(cookie).toMatch(
      /^countersign_oidc=[\w-]+; Path=\/admin\/api\/auth\/oidc\/return; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    const sealed = Buffer.from(/=([\w-]+)/.exec(cookie)?.[1] ?? '', 'base64url').toString('latin1');
    expect(sealed).not.toContain(String(asked.searchParams.get('state')));
    expect(others).toEqual([]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('lets somebody in who was invited, and links them', async () => {
    const id = await invite('ada@example.com');

    const { status, page, cookies, client } = await signIn(person('ada', { email: 'Ada@Example.com' }));

    expect({ status, page }).toEqual({ status: 303, page: 'signed-in' });
    expect(cookies).toEqual([
      'countersign_oidc=; Path=/admin/api/auth/oidc/return; Max-Age=0; HttpOnly; SameSite=Lax',
      expect.stringMatching(/^countersign_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const identity = { issuer: provider.issuer, subject: 'ada', linked_at: expect.any(String) as string };
    expect((await client?.get('auth/me'))?.body).toMatchObject({ id, has_password: false, identity });
    expect((await admin.get(`operators/${id}`)).body).toMatchObject({ status: 'active', identity });
    expect(await actsOf(id)).toMatchObject([
      { act: 'operator.invited' },
      { act: 'operator.identity_linked', after: { issuer: provider.issuer, subject: 'ada' } },
      {
        act: 'operator.signed_in',
        after: { by: 'identity_provider', issuer: provider.issuer, second_factor: 'none' },
      },
    ]);
  });

  it('goes by who somebody is there afterwards, and never by another’s address', async () => {
    await invite('grace@example.com');
    await signIn(person('grace'));

    const renamed = await signIn(person('grace', { email: 'grace.h@example.com' }));
    const successor = await signIn(person('another', { email: 'grace@example.com' }));

    expect((await renamed.client?.get('auth/me'))?.body).toMatchObject({ email: 'grace@example.com' });
    expect(successor).toMatchObject({ page: 'login?problem=not_let_in', client: null });
  });

  it('ends the invitation of whoever came that way', async () => {
    const { body: invited } = await admin.post('operators', { email: 'lin@example.com', name: 'Lin', ...VIEWER });
    await signIn(person('lin'));

    const accepted = await new ConsoleClient(product).post('auth/invitations/accept', {
      token: invited['invitation_token'],
      password: PASSWORD,
    });

    expectRefusal(accepted, 401, 'forbidden', 'invitation_refused');
  });

  it('asks UserInfo where tokens tell no address', async () => {
    await invite('joan@example.com');
    provider.tellsEmailAt = 'userinfo';

    expect((await signIn(person('joan'))).page).toBe('signed-in');
  });

  it('takes tokens of a key that was changed a moment ago', async () => {
    await invite('radia@example.com');
    await signIn(person('radia'));
    await provider.rotateKey();

    expect((await signIn(person('radia'))).page).toBe('signed-in');
  });

  it('lets nobody in whose address is not verified, whom nobody invited, or who is disabled', async () => {
    const id = await invite('eve@example.com');
    for (const verified of [false, 'true', undefined]) {
      expect(await signIn(person('eve', { email_verified: verified }))).toMatchObject({
        page: 'login?problem=email_unverified',
        client: null,
      });
    }
    expect((await signIn(person('mallory'))).page).toBe('login?problem=not_let_in');
    await admin.post(`operators/${id}/disable`);
    expect((await signIn(person('eve'))).page).toBe('login?problem=not_let_in');

    expect(await actsOf(id)).toMatchObject([
      { act: 'operator.invited' },
      { act: 'operator.disabled' },
      { act: 'operator.sign_in_refused', after: { by: 'identity_provider', why: 'disabled' } },
    ]);
  });

  it('is undone by an administrator, who ends the sessions by that', async () => {
    const id = await invite('barbara@example.com');
    const { client } = await signIn(person('barbara'));

    const { version } = (await admin.get(`operators/${id}`)).body;
    const other = await admin.post(`operators/${id}/unlink-identity`, { version: Number(version) + 1 });
    expect(other).toMatchObject({ status: 409, body: { error_codes: ['changed_meanwhile'] } });

    const { status, body } = await admin.post(`operators/${id}/unlink-identity`, {
      reason: 'left the company',
      version,
    });

    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'invited', identity: null } });
    expect((await client?.get('auth/me'))?.status).toBe(401);
    expect((await actsOf(id)).at(-1)).toMatchObject({
      act: 'operator.identity_unlinked',
      before: { issuer: provider.issuer, subject: 'barbara' },
      reason: 'left the company',
    });
  });
});

describe('the second factor', () => {
  let secret: string;
  const EMAIL = 'factor@example.com';
  const codeAt = (offsetSeconds: number): string =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + offsetSeconds });

  beforeAll(async () => {
    const client = await inviteAndSignIn(product, EMAIL, PASSWORD, VIEWER);
    secret = String((await client.post('auth/second-factor', { password: PASSWORD })).body['totp_secret']);
    await client.post('auth/second-factor/confirm', { totp: codeAt(0) });
  });

  it('is ours where the provider did not ask for one, before anybody is linked', async () => {
    const window = new OidcWindow(product);
    const { page, cookies, client } = await signIn(person('factor', { amr: ['pwd'] }), window);

    expect({ page, client }).toEqual({ page: 'login?step=second-factor', client: null });
    expect(cookies.at(-1)).toMatch(
      /^countersign_oidc_factor=[\w-]+; Path=\/admin\/api\/auth\/oidc\/second-factor; Max-Age=300; HttpOnly; SameSite=Strict$/,
    );
    expect(await window.showFactor({})).toMatchObject({ status: 401, codes: ['second_factor_required'] });
    expect(await window.showFactor({ totp: '12345' })).toMatchObject({ status: 422, codes: ['totp_invalid'] });
    expect(await window.showFactor({ totp: codeAt(-3_600) })).toMatchObject({
      status: 401,
      codes: ['second_factor_refused'],
    });
    const [row] = await rows<{ linked: boolean }>(
      product,
      'SELECT oidc_subject IS NOT NULL AS linked FROM operator WHERE email = $1',
      [EMAIL],
    );
    expect(row?.linked).toBe(false);

    const shown = await window.showFactor({ totp: codeAt(30) });

    expect(shown.status).toBe(204);
    expect((await shown.client?.get('auth/me'))?.body).toMatchObject({ email: EMAIL, identity: { subject: 'factor' } });
    expect(await window.showFactor({ totp: codeAt(0) })).toMatchObject({ status: 401, codes: ['sign_in_expired'] });
  });

  it.each([{ amr: ['pwd', 'mfa'] }, { acr: 'mfa' }])('is the provider’s where it says so: %j', async (said) => {
    expect((await signIn(person('factor', said))).page).toBe('signed-in');
  });

  it('is shown with a ticket of ours only', async () => {
    const window = new OidcWindow(product);
    await window.begin();
    const begun = window.cookies.get('countersign_oidc') ?? '';

    for (const ticket of [undefined, '', 'x', begun, 'A'.repeat(5_000)]) {
      if (ticket !== undefined) window.cookies.set('countersign_oidc_factor', ticket);
      expect(await window.showFactor({ totp: codeAt(0) })).toMatchObject({
        status: 401,
        codes: ['sign_in_expired'],
        client: null,
      });
    }
  });

  it('cannot be guessed', async () => {
    const window = new OidcWindow(product);
    await signIn(person('factor'), window);
    for (let failure = 1; failure <= 5; failure++)
      expect(await window.showFactor({ totp: '000000' })).toMatchObject({ codes: ['second_factor_refused'] });

    expect(await window.showFactor({ totp: codeAt(30) })).toMatchObject({ status: 429, codes: ['sign_in_locked'] });
    // The provider has asked for more than the one who guesses has.
    expect((await signIn(person('factor', { amr: ['mfa'] }))).page).toBe('signed-in');
  });
});

describe('a forged return', () => {
  beforeAll(() => invite('victim@example.com'));
  beforeEach(() => (provider.person = person('victim')));

  /** What leads to a return that differs from the one that the provider gave. */
  const expectProblem = (back: ComeBack, problem: string): void => {
    expect({ status: back.status, page: back.page, client: back.client }).toEqual({
      status: 303,
      page: `login?problem=${problem}`,
      client: null,
    });
    expect(back.cookies).toEqual([expect.stringMatching(/^countersign_oidc=; Path=\S+; Max-Age=0; /)]);
  };

  it('without the cookie of the browser that began leads nowhere', async () => {
    const back = provider.agree(await new OidcWindow(product).begin());

    expectProblem(await new OidcWindow(product).comeBack(back), 'expired');
  });

  it.each([
    ['made up', () => 'A'.repeat(300)],
    ['empty', () => ''],
    ['changed', (ticket: string) => ticket.slice(0, -8) + 'AAAAAAAA'],
    ['of 10,000 characters', () => 'A'.repeat(10_000)],
  ])('with a cookie that is %s leads nowhere', async (_what, change) => {
    const window = new OidcWindow(product);
    const back = provider.agree(await window.begin());
    window.cookies.set('countersign_oidc', change(window.cookies.get('countersign_oidc') ?? ''));

    expectProblem(await window.comeBack(back), 'expired');
  });

  it('with the state of another sign-in is refused: nobody signs somebody else in', async () => {
    const [attacker, victim] = [new OidcWindow(product), new OidcWindow(product)];
    const back = provider.agree(await attacker.begin());
    await victim.begin();

    expectProblem(await victim.comeBack(back), 'not_begun_here');
  });

  it.each([
    ['no state', (url: URL) => url.searchParams.delete('state'), 'not_begun_here'],
    ['two states', (url: URL) => url.searchParams.append('state', 'x'), 'not_proven'],
    ['no code', (url: URL) => url.searchParams.delete('code'), 'not_proven'],
    ['a made-up code', (url: URL) => url.searchParams.set('code', 'x'), 'not_proven'],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.test'), 'not_proven'],
    ['no issuer, of a provider that names itself', (url: URL) => url.searchParams.delete('iss'), 'not_proven'],
    ['a token in place of a code', (url: URL) => url.searchParams.set('id_token', 'e30.e30.'), 'not_proven'],
    ['an address to go to', (url: URL) => (url.search += '&next=https://evil.test&iss=//evil.test'), 'not_proven'],
    ['nothing', (url: URL) => (url.search = ''), 'not_begun_here'],
    ['nonsense', (url: URL) => (url.search = '?%zz&state=%ff&=&code[]=1'), 'not_begun_here'],
    ['10,000 characters', (url: URL) => url.searchParams.set('code', 'x'.repeat(10_000)), 'not_proven'],
  ])('with %s is refused', async (_what, forge, problem) => {
    const window = new OidcWindow(product);
    const back = provider.agree(await window.begin());
    forge(back);

    expectProblem(await window.comeBack(back), problem);
  });

  it('that was used leads nowhere a second time, with the cookie neither', async () => {
    const window = new OidcWindow(product);
    const back = provider.agree(await window.begin());
    const ticket = window.cookies.get('countersign_oidc') ?? '';
    expect((await window.comeBack(back)).page).toBe('signed-in');

    const other = new OidcWindow(product);
    expectProblem(await other.comeBack(back), 'expired');
    other.cookies.set('countersign_oidc', ticket);
    expectProblem(await other.comeBack(back), 'used');
  });

  it.each<[string, TokenFlaw]>([
    ['another nonce', { claims: { nonce: 'x' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['another issuer', { claims: { iss: 'https://evil.test' } }],
    ['another audience', { claims: { aud: 'another-client' } }],
    ['several audiences and another party', { claims: { aud: ['countersign-console', 'b'], azp: 'b' } }],
    ['an end in the past', { claims: { exp: Math.floor(Date.now() / 1000) - 120 } }],
    ['no end', { claims: { exp: undefined } }],
    ['a beginning in the future', { claims: { nbf: Math.floor(Date.now() / 1000) + 3_600 } }],
    ['no subject', { claims: { sub: undefined } }],
    ['a subject that is no text', { claims: { sub: 5 } }],
    ['no signature', { signedBy: 'nobody' }],
    ['the signature of somebody else', { signedBy: 'stranger' }],
    ['our own secret as its key', { signedBy: 'client_secret' }],
    ['nothing in it', { isMissing: true }],
  ])('whose token has %s proves nothing', async (_what, flaw) => {
    provider.flaw = flaw;

    expectProblem(await signIn(person('victim')), 'not_proven');
  });

  it('is told to operators, with the reason and nothing of what was sent', async () => {
    const reasons = ['expired', 'not_begun_here', 'used', 'not_proven'];
    const told = await eventually(async () => {
      const lines = product
        .logs()
        .split('\n')
        .filter((line) => line.includes('operator.oidc_refused') && line.endsWith('}'));
      const problems = new Set(lines.map((line) => (JSON.parse(line) as { problem: string }).problem));
      return reasons.every((reason) => problems.has(reason)) ? lines : undefined;
    });

    expect(told.join('\n')).not.toContain('evil.test');
    expect(await findLeaks(product)).toEqual([]);
  });
});

describe('a provider that is not well', () => {
  beforeAll(() => invite('patient@example.com'));

  it.each(['access_denied', 'login_required', '<script>'])('or says %s, is told in words', async (error) => {
    const window = new OidcWindow(product);

    expect((await window.comeBack(provider.refuse(await window.begin(), error))).page).toBe('login?problem=denied');
  });

  it.each(
    (['token', 'keys', 'userinfo'] as const).flatMap((endpoint) =>
      (['error', 'cut', 'nonsense', 'huge', 'redirect'] as const satisfies Fault[]).map(
        (fault) => [endpoint, fault] as const,
      ),
    ),
  )('at %s: %s', async (endpoint, fault) => {
    provider.tellsEmailAt = 'userinfo';
    provider.faults.set(endpoint, fault);

    const back = await signIn(person('patient'));

    expect(back).toMatchObject({ status: 303, client: null });
    expect(back.page).toBe('login?problem=provider_unavailable');
  });

  it('or says nothing, is waited for a few seconds', async () => {
    provider.faults.set('token', 'silent');

    expect((await signIn(person('patient'))).page).toBe('login?problem=provider_unavailable');
  });

  it('is asked again once it is well', async () => {
    expect((await signIn(person('patient'))).page).toBe('signed-in');
  });
});

describe('what a return says of itself', () => {
  it('is never repeated, and makes no more than one line', async () => {
    for (const error of ['made_up_1', 'made_up_2', 'made_up_3']) {
      const window = new OidcWindow(product);
      await window.comeBack(provider.refuse(await window.begin(), error));
    }

    // The log arrives after the answer.
    await eventually(async () => product.logs().includes('"why":"another_error"') || undefined);
    expect(product.logs()).not.toContain('made_up');
    expect(product.logs().split('"why":"another_error"')).toHaveLength(2);
  });
});

describe('a provider that cannot be found', () => {
  it('is an error at the beginning, until it can', async () => {
    const begin = () => new ConsoleClient(product).post('auth/oidc/begin');
    // Where everything is at the provider is kept for a while; a server that has just started knows nothing.
    await product.restart({});
    provider.faults.set('discovery', 'error');
    expectRefusal(await begin(), 503, 'service_not_available', 'identity_provider_unavailable');
    provider.mend();

    // It is asked anew once the failure is forgotten.
    await eventually(async () => ((await begin()).status === 200 ? true : undefined), 20_000);
  });
});

describe('where the provider is the only way', () => {
  beforeAll(async () => {
    await inviteAndSignIn(product, 'passworded@example.com', PASSWORD, { role: 'merchant_admin', all_merchants: true });
    await product.restart({ COUNTERSIGN_OIDC_ONLY: '1' });
  });

  it('passwords are not offered, and are refused like wrong ones', async () => {
    expect((await new ConsoleClient(product).get('auth/sign-in')).body).toMatchObject({ password: false });
    for (const email of ['passworded@example.com', 'nobody@example.com'])
      expectRefusal(await new ConsoleClient(product).signIn(email, PASSWORD), 401, 'forbidden', 'sign_in_refused');
  });

  it('but for administrators of everything whom the provider does not know, which is told', async () => {
    const { consoleEmail, consolePassword } = product.demo;

    expect((await new ConsoleClient(product).signIn(consoleEmail, consolePassword)).status).toBe(204);

    await eventually(async () => product.logs().includes('operator.emergency_sign_in') || undefined);
    await signIn(person('demo', { email: consoleEmail }));
    expectRefusal(
      await new ConsoleClient(product).signIn(consoleEmail, consolePassword),
      401,
      'forbidden',
      'sign_in_refused',
    );
  });
});

describe('where there is no provider', () => {
  it('nobody can begin or come back', async () => {
    await product.restart({ COUNTERSIGN_OIDC_ISSUER: '', COUNTERSIGN_OIDC_CLIENT_ID: '', COUNTERSIGN_OIDC_ONLY: '' });
    const client = new ConsoleClient(product);

    expect((await client.get('auth/sign-in')).body).toEqual({ identity_provider: null, password: true });
    expectRefusal(await client.post('auth/oidc/begin'), 404, 'not_found', 'identity_provider_not_found');
    expectRefusal(await client.get('auth/oidc/return?code=x'), 404, 'not_found', 'identity_provider_not_found');
  });
});
