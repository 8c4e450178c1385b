import { generateSync } from 'otplib';
import { encodeId } from '@app/kernel';
import type { Body } from '../support/api';
import { expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, inviteAndSignIn, serviceAccount } from '../support/console';
import { findLeaks, watchedValues, watchSecret } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 120_000);

afterAll(() => product.stop());

describe('signing in', () => {
  it('is what the demo’s operator can do, with what demo.json says', async () => {
    const client = await demoOperator(product);

    expect((await client.get('auth/me')).body).toMatchObject({
      kind: 'operator',
      email: product.demo.consoleEmail,
      role: 'admin',
      all_merchants: true,
      second_factor: { enrolled: false, must_enrol: false, recovery_codes_left: 0 },
    });
    expect(product.demo.consoleUrl).toBe(`${product.apiUrl}/admin/`);
  });

  it('gives a cookie that no script and no other site can use', async () => {
    const client = new ConsoleClient(product);

    const { headers } = await client.signIn(product.demo.consoleEmail, product.demo.consolePassword);

    expect(headers.get('set-cookie')).toMatch(/^countersign_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('does not tell an unknown address from a wrong password', async () => {
    const client = new ConsoleClient(product);

    for (const email of [product.demo.consoleEmail, 'nobody@example.com']) {
      const answer = await client.signIn(email, 'not the password');
      expectRefusal(answer, 401, 'forbidden', 'sign_in_refused');
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it.each([
    ['nothing', {}, ['email_required', 'password_required']],
    ['another type', { email: 1, password: ['x'] }, ['email_invalid', 'password_invalid']],
    [
      'too much',
      { email: `${'a'.repeat(10_000)}@x`, password: 'x'.repeat(10_000) },
      ['email_invalid', 'password_invalid'],
    ],
    ['no code', { email: 'a@b', password: 'x', totp: '12345' }, ['totp_invalid']],
  ])('refuses %s', async (_what, body, codes) => {
    const { status, body: answer } = await new ConsoleClient(product).post('auth/sign-in', body);

    expect({ status, codes: answer['error_codes'] }).toEqual({ status: 422, codes });
  });

  it('takes no form, so that no other site can sign anybody in', async () => {
    const answer = await new ConsoleClient(product).post('auth/sign-in', 'email=a', {
      'content-type': 'application/x-www-form-urlencoded',
    });

    expectRefusal(answer, 415, 'request_invalid', 'content_type_invalid');
  });

  it('ends with signing out', async () => {
    const client = await demoOperator(product);
    const before = client.cookie;

    expect(await client.post('auth/sign-out')).toMatchObject({ status: 204 });

    expect(client.cookie).toBeNull();
    client.cookie = before;
    expectRefusal(await client.get('auth/me'), 401, 'forbidden', 'unauthorized');
  });
});

describe('a session', () => {
  it.each([
    ['no cookie', null],
    ['a made-up one', `countersign_session=${'a'.repeat(43)}`],
    ['an empty one', 'countersign_session='],
    ['nonsense', 'countersign_session=%00; ;;=;'],
  ])('is not there with %s', async (_what, cookie) => {
    const client = new ConsoleClient(product);
    client.cookie = cookie;

    expectRefusal(await client.get('auth/me'), 401, 'forbidden', 'unauthorized');
  });

  it.each([
    ['without a CSRF token', undefined],
    ['with an empty one', ''],
    ['with a made-up one', 'a'.repeat(43)],
    ['with a longer one', 'a'.repeat(5_000)],
  ])('changes nothing %s', async (_what, token) => {
    const client = await demoOperator(product);

    const answer = await client.post('auth/sign-out', {}, { 'x-csrf-token': token });

    expectRefusal(answer, 403, 'operation_not_allowed', 'csrf_token_invalid');
    expect((await client.get('auth/me')).status).toBe(200);
  });

  it('has a CSRF token of its own', async () => {
    const [one, other] = [await demoOperator(product), await demoOperator(product)];
    one.csrf = other.csrf;

    expectRefusal(await one.post('auth/sign-out'), 403, 'operation_not_allowed', 'csrf_token_invalid');
  });
});

describe('an invitation', () => {
  let admin: ConsoleClient;

  beforeAll(async () => {
    admin = await demoOperator(product);
  });

  const invite = async (email: string) =>
    (await admin.post('operators', { email, name: 'Ada', role: 'viewer', all_merchants: true })).body;
  const accept = (token: unknown, password: string) =>
    new ConsoleClient(product).post('auth/invitations/accept', { token, password });

  it('lets one person set one password', async () => {
    const invited = await invite(' Ada.Invited@Example.com ');
    expect(invited).toMatchObject({
      id: expect.stringMatching(/^opr_\w{26}$/) as string,
      email: 'ada.invited@example.com',
      status: 'invited',
      invitation_url: `${product.apiUrl}/admin/#/invitation/${String(invited['invitation_token'])}`,
    });
    const password = 'gravel lantern tiger';
    watchSecret(password);

    expect(await accept(invited['invitation_token'], password)).toMatchObject({
      status: 200,
      body: { email: 'ada.invited@example.com' },
    });

    expect((await new ConsoleClient(product).signIn('ADA.invited@example.com', password)).status).toBe(204);
    expectRefusal(await accept(invited['invitation_token'], password), 401, 'forbidden', 'invitation_refused');
  });

  it.each([
    ['too short', 'eleven char', 'password_too_short'],
    ['the e-mail address', 'rules@example.com', 'password_is_email'],
    ['a common one', 'Password1234', 'password_too_common'],
    ['one character', 'aaaaaaaaaaaaaaaa', 'password_too_common'],
  ])('takes no password that is %s, and stays good', async (_what, password, code) => {
    const invited = await invite('rules@example.com').then(async (made) =>
      made['invitation_token'] === undefined
        ? (await admin.post(`operators/${await idOf('rules@example.com')}/invitation`)).body
        : made,
    );

    expectRefusal(await accept(invited['invitation_token'], password), 422, 'unprocessable_entity', code);
    expect((await accept(invited['invitation_token'], `${password} and much more`)).status).toBe(200);
  });

  it('ends when a newer one is made, and when the operator is disabled', async () => {
    const first = await invite('ended@example.com');
    const second = (await admin.post(`operators/${String(first['id'])}/invitation`)).body;

    expectRefusal(await accept(first['invitation_token'], 'x'.repeat(20)), 401, 'forbidden', 'invitation_refused');
    await admin.post(`operators/${String(first['id'])}/disable`);
    expectRefusal(await accept(second['invitation_token'], 'x'.repeat(20)), 401, 'forbidden', 'invitation_refused');
  });

  it.each(['', 'x', 'a'.repeat(43), "' OR 1=1 --"])('is refused when it is %j', async (token) => {
    const { status } = await accept(token, 'gravel lantern tiger');

    expect([401, 422]).toContain(status);
  });

  const idOf = async (email: string): Promise<string> => {
    const filter = encodeURIComponent(JSON.stringify({ email }));
    return String((await admin.get(`operators?filter=${filter}`)).body['data']?.[0]?.['id']);
  };
});

describe('a second factor', () => {
  const PASSWORD = 'gravel lantern tiger';
  const EMAIL = 'factor@example.com';
  let secret: string;
  let first: string;
  let codes: string[];
  const codeAt = (offsetSeconds: number): string =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + offsetSeconds });
  const signIn = (factor: object) => new ConsoleClient(product).signIn(EMAIL, PASSWORD, factor);

  it('is set up with the password and proven by a code', async () => {
    const client = await inviteAndSignIn(product, EMAIL, PASSWORD, { role: 'viewer', all_merchants: true });

    expectRefusal(await client.post('auth/second-factor', { password: 'wrong' }), 401, 'forbidden', 'sign_in_refused');
    const begun = (await client.post('auth/second-factor', { password: PASSWORD })).body;
    secret = String(begun['totp_secret']);
    expect(begun['totp_uri']).toBe(
      `otpauth://totp/Countersign:${encodeURIComponent(EMAIL)}?secret=${secret}&issuer=Countersign`,
    );
    expectRefusal(
      await client.post('auth/second-factor/confirm', { totp: codeAt(-3_600) }),
      401,
      'forbidden',
      'second_factor_refused',
    );
    first = codeAt(0);
    const twice = await Promise.all([first, first].map((totp) => client.post('auth/second-factor/confirm', { totp })));

    // Codes are told once, to one of two at once; the other one comes too late, or with a code that was used.
    expect(twice.map(({ status }) => status).filter((status) => status !== 401 && status !== 403)).toEqual([200]);
    codes = twice.find(({ status }) => status === 200)?.body['recovery_codes'] ?? [];
    expect(codes).toHaveLength(10);
    expect((await client.get('auth/me')).body['second_factor']).toEqual({
      enrolled: true,
      must_enrol: false,
      recovery_codes_left: 10,
    });
    expectRefusal(
      await client.post('auth/second-factor/confirm', { totp: codeAt(0) }),
      403,
      'operation_not_allowed',
      'second_factor_not_begun',
    );
  });

  it('is asked for after the password, and a code is good once', async () => {
    expectRefusal(await signIn({}), 401, 'forbidden', 'second_factor_required');
    expectRefusal(await signIn({ totp: first }), 401, 'forbidden', 'second_factor_refused');
    const totp = codeAt(30);
    expect((await signIn({ totp })).status).toBe(204);
    expectRefusal(await signIn({ totp }), 401, 'forbidden', 'second_factor_refused');
  });

  it('may be a recovery code, however it is written, once', async () => {
    const [code = ''] = codes;

    expect((await signIn({ recovery_code: code.toUpperCase().replaceAll('-', ' ') })).status).toBe(204);
    expectRefusal(await signIn({ recovery_code: code }), 401, 'forbidden', 'second_factor_refused');
    expectRefusal(await signIn({ recovery_code: '0000-0000-0000-0000' }), 401, 'forbidden', 'second_factor_refused');
  });

  it('is taken away by an administrator, and the person is signed out', async () => {
    const admin = await demoOperator(product);
    const client = new ConsoleClient(product);
    await client.signIn(EMAIL, PASSWORD, { recovery_code: codes[1] });
    const id = String((await client.get('auth/me')).body['id']);

    const reset = await admin.post(`operators/${id}/reset-second-factor`, { reason: 'lost the telephone' });

    expect(reset.body).toMatchObject({ id, has_second_factor: false });
    expect((await client.get('auth/me')).status).toBe(401);
    expect((await signIn({})).status).toBe(204);
  });
});

describe('a password', () => {
  it('is changed with the present one; other sessions end, this one stays', async () => {
    const before = 'gravel lantern tiger';
    const after = 'another lantern tiger';
    watchSecret(after);
    const email = 'changes@example.com';
    const client = await inviteAndSignIn(product, email, before, { role: 'viewer', all_merchants: true });
    const other = new ConsoleClient(product);
    await other.signIn(email, before);
    const change = (current: string, next: string) =>
      client.call('PUT', 'auth/password', { current_password: current, new_password: next });

    expectRefusal(await change('wrong', after), 401, 'forbidden', 'sign_in_refused');
    expectRefusal(await change(before, 'short'), 422, 'unprocessable_entity', 'password_too_short');
    expect((await change(before, after)).status).toBe(204);

    expect((await client.get('auth/me')).status).toBe(200);
    expect((await other.get('auth/me')).status).toBe(401);
    expectRefusal(await other.signIn(email, before), 401, 'forbidden', 'sign_in_refused');
    expect((await other.signIn(email, after)).status).toBe(204);
  });
});

describe('too many failures', () => {
  const EMAIL = 'locked@example.com';
  const PASSWORD = 'gravel lantern tiger';

  beforeAll(() => inviteAndSignIn(product, EMAIL, PASSWORD, { role: 'viewer', all_merchants: true }));

  it.each([EMAIL, 'locked.nobody@example.com'])('lock the account %s, whether it is there or not', async (email) => {
    const client = new ConsoleClient(product);
    for (let failure = 0; failure < 5; failure++) {
      expectRefusal(await client.signIn(email, 'wrong password'), 401, 'forbidden', 'sign_in_refused');
    }

    const locked = await client.signIn(email, PASSWORD);

    expectRefusal(locked, 429, 'too_many_requests', 'sign_in_locked');
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(20);
  });

  it('cannot be got around by trying many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => new ConsoleClient(product).signIn('stampede@example.com', 'wrong password')),
    );

    const refused = answers.filter(({ status }) => status === 401);
    expect(refused.length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(12 - refused.length);
  });
});

describe('operators', () => {
  let admin: ConsoleClient;
  let merchants: string[];

  beforeAll(async () => {
    admin = await demoOperator(product);
    const ids = await rows<{ id: string }>(product, 'SELECT id FROM merchant ORDER BY id');
    merchants = ids.map(({ id }) => encodeId('merchant', id));
  });

  it('are listed page by page, in both directions, and filtered', async () => {
    for (const name of ['a', 'b', 'c'])
      await admin.post('operators', { email: `list-${name}@example.com`, name, role: 'operator', all_merchants: true });
    const page = async (query: string) => (await admin.get(`operators?sort=email&limit=2&${query}`)).body;
    const filter = `filter=${encodeURIComponent(JSON.stringify({ email: { contains: 'LIST-' } }))}`;
    const emails = (body: Body): unknown[] => ((body['data'] ?? []) as Body[]).map((one) => one['email']);

    const first = await page(filter);
    const second = await page(`${filter}&after=${first['next']}`);
    const back = await page(`${filter}&after=${second['prev']}`);

    expect(emails(first)).toEqual(['list-a@example.com', 'list-b@example.com']);
    expect(first['prev']).toBeNull();
    expect(emails(second)).toEqual(['list-c@example.com']);
    expect(second['next']).toBeNull();
    expect(emails(back)).toEqual(emails(first));
    expect((await page(`${filter}&fields=email`))['data']?.[0]).toEqual({
      id: expect.stringMatching(/^opr_/) as string,
      email: 'list-a@example.com',
    });
  });

  it.each([
    ['broken JSON', 'filter={"email":', 'filter_invalid'],
    [
      '10,000 characters',
      `filter=${encodeURIComponent(JSON.stringify({ email: 'x'.repeat(10_000) }))}`,
      'filter_email_invalid',
    ],
    ['a filter by what is secret', 'filter={"password_hash":{"contains":"$"}}', 'filter_password_hash_invalid'],
    ['an order by what is secret', 'sort=password_hash', 'sort_invalid'],
    ['a field that is secret', 'fields=id,password_hash', 'fields_invalid'],
    ['too many at once', 'limit=100000', 'limit_invalid'],
    ['a made-up page', 'after=x', 'after_invalid'],
  ])('are not listed with %s', async (_what, query, code) => {
    expectRefusal(await admin.get(`operators?${query}`), 422, 'unprocessable_entity', code);
  });

  it('are invited once per address', async () => {
    const body = { email: 'twice@example.com', name: 'Twice', role: 'viewer', all_merchants: true };

    expect((await admin.post('operators', body)).status).toBe(201);
    expectRefusal(await admin.post('operators', body), 409, 'conflict', 'email_taken');
  });

  it.each([
    ['no address', { email: 'nobody' }, 'email_invalid'],
    ['no role', { role: 'root' }, 'role_invalid'],
    ['no merchants', { all_merchants: undefined }, 'merchant_ids_required'],
    ['an empty list of merchants', { all_merchants: false, merchant_ids: [] }, 'merchant_ids_required'],
    ['all and some merchants', { merchant_ids: ['mer_aaaaaaaaaaaaaaaaaaaaaaaaaa'] }, 'merchant_ids_invalid'],
    ['something that is no merchant', { all_merchants: false, merchant_ids: ['x'] }, 'merchant_ids_invalid'],
    [
      'a merchant that there is not',
      { all_merchants: false, merchant_ids: ['mer_aaaaaaaaaaaaaaaaaaaaaaaaaa'] },
      'merchant_ids_invalid',
    ],
  ])('are not invited with %s', async (_what, change, code) => {
    const body = { email: 'wrong@example.com', name: 'W', role: 'viewer', all_merchants: true, ...change };

    expectRefusal(await admin.post('operators', body), 422, 'unprocessable_entity', code);
  });

  it('get another role and other merchants at once, and the log says what changed', async () => {
    const client = await inviteAndSignIn(product, 'changed@example.com', 'gravel lantern tiger', {
      role: 'viewer',
      all_merchants: true,
    });
    const id = String((await client.get('auth/me')).body['id']);

    await admin.call('PATCH', `operators/${id}`, {
      role: 'operator',
      merchant_ids: [merchants[0]],
      reason: 'new team',
    });

    expect((await client.get('auth/me')).body).toMatchObject({
      role: 'operator',
      all_merchants: false,
      merchant_ids: [merchants[0]],
    });
    const filter = encodeURIComponent(JSON.stringify({ subject: id, act: 'operator.changed' }));
    expect((await admin.get(`audit?filter=${filter}`)).body['data']?.[0]).toMatchObject({
      actor: { kind: 'operator', name: product.demo.consoleEmail },
      before: { role: 'viewer', all_merchants: true, merchant_ids: [] },
      after: { role: 'operator', all_merchants: false, merchant_ids: [merchants[0]] },
      reason: 'new team',
      address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string,
      request_id: expect.any(String) as string,
    });
  });

  it('are signed out by an administrator, and shut out by being disabled', async () => {
    const [email, password] = ['out@example.com', 'gravel lantern tiger'];
    const client = await inviteAndSignIn(product, email, password, { role: 'viewer', all_merchants: true });
    const id = String((await client.get('auth/me')).body['id']);

    expect((await admin.post(`operators/${id}/end-sessions`)).body).toEqual({ ended: 1 });
    expect((await client.get('auth/me')).status).toBe(401);
    await client.signIn(email, password);
    expect((await admin.post(`operators/${id}/disable`)).body).toMatchObject({ status: 'disabled' });
    expect((await client.get('auth/me')).status).toBe(401);
    expectRefusal(await client.signIn(email, password), 401, 'forbidden', 'sign_in_refused');
    expect((await admin.post(`operators/${id}/disable`)).status).toBe(200);
    expect((await admin.post(`operators/${id}/enable`)).body).toMatchObject({ status: 'active' });
    expect((await client.signIn(email, password)).status).toBe(204);
  });

  it('cannot take their own rights away', async () => {
    const id = String((await admin.get('auth/me')).body['id']);

    for (const answer of [
      await admin.post(`operators/${id}/disable`),
      await admin.post(`operators/${id}/reset-second-factor`),
      await admin.call('PATCH', `operators/${id}`, { role: 'viewer' }),
    ])
      expectRefusal(answer, 403, 'operation_not_allowed', 'not_on_yourself');
  });

  it.each(['opr_aaaaaaaaaaaaaaaaaaaaaaaaaa', 'opr_x', 'sva_aaaaaaaaaaaaaaaaaaaaaaaaaa', '%00'])(
    'are not there as %s',
    async (id) => {
      expectRefusal(await admin.get(`operators/${id}`), 404, 'not_found', 'operator_not_found');
    },
  );

  describe('with some merchants only', () => {
    let scoped: ConsoleClient;

    beforeAll(async () => {
      scoped = await inviteAndSignIn(product, 'scoped@example.com', 'gravel lantern tiger', {
        role: 'admin',
        merchant_ids: [merchants[0], merchants[1]],
      });
    });

    it('see those who have nothing else', async () => {
      const { data } = (await scoped.get('operators?limit=100')).body;

      for (const one of data ?? []) {
        expect(one['all_merchants']).toBe(false);
        expect(merchants.slice(0, 2)).toEqual(expect.arrayContaining([...(one['merchant_ids'] ?? [])]));
      }
      const demo = String((await admin.get('auth/me')).body['id']);
      expectRefusal(await scoped.get(`operators/${demo}`), 404, 'not_found', 'operator_not_found');
      expectRefusal(await scoped.post(`operators/${demo}/disable`), 404, 'not_found', 'operator_not_found');
    });

    it('give what they have, and no more', async () => {
      const invite = (email: string, scope: object) =>
        scoped.post('operators', { email, name: 'S', role: 'viewer', ...scope });

      expect((await invite('within@example.com', { merchant_ids: [merchants[1]] })).status).toBe(201);
      for (const scope of [{ all_merchants: true }, { merchant_ids: [merchants[1], merchants[2]] }])
        expectRefusal(await invite('beyond@example.com', scope), 403, 'operation_not_allowed', 'grant_exceeds_own');
    });

    it('see what they did themselves to people, page by page, and nothing that others did to theirs', async () => {
      const { id: me } = (await scoped.get('auth/me')).body;
      const grant = { role: 'viewer', merchant_ids: [merchants[1]] };
      const colleague = { email: 'noted@example.com', name: 'N', reason: 'on duty', ...grant };
      const made = await scoped.post('operators', colleague);
      await admin.call('PATCH', `operators/${String(made.body['id'])}`, { name: 'Renamed' });
      const filter = encodeURIComponent(JSON.stringify({ subject: made.body['id'] }));

      const { data } = (await scoped.get(`audit?filter=${filter}`)).body as unknown as { data: Body[] };

      expect(data).toEqual([
        expect.objectContaining({ act: 'operator.invited', merchant_id: null, reason: 'on duty', before: null }),
      ]);
      const seen: Body[] = [];
      let page = (await scoped.get('audit?limit=1')).body as unknown as { data: Body[]; next: string | null };
      for (;;) {
        seen.push(...page.data);
        if (page.next === null) break;
        page = (await scoped.get(`audit?limit=1&after=${page.next}`)).body as unknown as typeof page;
      }
      const strangers = seen.filter(({ actor, merchant_id: of }) => of === null && actor?.['id'] !== me);
      expect(strangers).toEqual([]);
      expect(seen.map(({ act }) => act)).toContain('operator.invitation_accepted');
    });

    it('do not look at the whole installation', async () => {
      expectRefusal(await scoped.post('audit/verify'), 403, 'operation_not_allowed', 'merchant_scope_insufficient');
    });
  });
});

describe('a service account', () => {
  it('gets tokens with its secret, uses the API without cookie and CSRF token, and ends', async () => {
    const admin = await demoOperator(product);
    const { account, credentials, client } = await serviceAccount(product, admin, {
      role: 'admin',
      all_merchants: true,
    });

    expect((await client.get('auth/me')).body).toEqual({
      id: account['id'],
      kind: 'service_account',
      name: 'A program',
      role: 'admin',
      all_merchants: true,
      merchant_ids: [],
      permissions: expect.arrayContaining(['operators.write']) as string[],
    });
    expect(
      (
        await client.post('operators', {
          email: 'by.program@example.com',
          name: 'P',
          role: 'viewer',
          all_merchants: true,
        })
      ).status,
    ).toBe(201);
    for (const [method, path] of [
      ['POST', 'auth/sign-out'],
      ['PUT', 'auth/password'],
    ] as const)
      expectRefusal(
        await client.call(method, path, { current_password: 'x', new_password: 'gravel lantern tiger' }),
        403,
        'operation_not_allowed',
        'operators_only',
      );

    expect((await admin.post(`service-accounts/${String(account['id'])}/revoke`)).body['revoked_at']).not.toBeNull();

    expectRefusal(await client.get('auth/me'), 401, 'forbidden', 'unauthorized');
    expect(await credentials()).toEqual({ status: 400, body: { error: 'invalid_client' } });
  });

  it.each([
    ['a wrong secret', { client_secret: 'x' }, 'invalid_client'],
    ['an unknown id', { client_id: 'sva_aaaaaaaaaaaaaaaaaaaaaaaaaa' }, 'invalid_client'],
    ["a merchant's id", { client_id: 'ack_aaaaaaaaaaaaaaaaaaaaaaaaaa' }, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a scope', { scope: 'everything' }, 'invalid_scope'],
  ])('gets no token with %s', async (_what, change, error) => {
    const { credentials } = await serviceAccount(product, await demoOperator(product), {
      role: 'viewer',
      all_merchants: true,
    });

    expect(await credentials(change)).toEqual({ status: 400, body: { error } });
  });

  it('is nobody with a token that was changed, is a merchant’s, or stands beside a good cookie', async () => {
    const admin = await demoOperator(product);
    const { token } = await serviceAccount(product, admin, { role: 'viewer', all_merchants: true });
    const [id = '', until = '', proof = ''] = token.split('.');

    for (const wrong of [
      '',
      `${id}.${Number(until) + 1}.${proof}`,
      `sva_aaaaaaaaaaaaaaaaaaaaaaaaaa.${until}.${proof}`,
      `${id}.${until}.${'A'.repeat(43)}`,
      `${id}.${until}`,
      product.demo.clientSecret,
    ])
      expectRefusal(
        await admin.get('auth/me', { authorization: `Bearer ${wrong || 'x'}` }),
        401,
        'forbidden',
        'unauthorized',
      );
  });
});

describe('the audit log', () => {
  it('is whole after all this, and says so', async () => {
    const admin = await demoOperator(product);

    const { body } = await admin.post('audit/verify');

    expect(body).toMatchObject({ intact: true, problem: null, broken_at: null });
    expect(Number(body['entries'])).toBeGreaterThan(20);
    expect((await admin.post('audit/verify', { anchor: body['end'] })).body['intact']).toBe(true);
    const wrong = String(body['end']).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect((await admin.post('audit/verify', { anchor: wrong })).body).toMatchObject({
      intact: false,
      problem: 'anchor_missed',
    });
    expectRefusal(await admin.post('audit/verify', { anchor: 'x' }), 422, 'unprocessable_entity', 'anchor_invalid');
  });
});

it('leaves no password, session, code, invitation, token or secret in logs or tables', async () => {
  expect([...watchedValues()].length).toBeGreaterThan(40);
  expect(await findLeaks(product)).toEqual([]);
});
