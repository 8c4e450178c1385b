import { expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator } from '../support/console';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(60_000);

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

it('leaves no password and no session in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
