import type { Browser } from 'playwright-core';
import { generateSync } from 'otplib';
import { launchBrowser } from '../support/chromium';
import { ConsoleClient, demoOperator, inviteAndSignIn } from '../support/console';
import { OidcProvider } from '../support/oidc-provider';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(120_000);

const PASSWORD = 'gravel lantern tiger';
const GRANT = { role: 'admin', all_merchants: true };

let provider: OidcProvider;
let product: Product;
let browser: Browser;
let admin: ConsoleClient;
let window: OperatorWindow;

beforeAll(async () => {
  provider = await OidcProvider.start();
  product = await startProduct(provider.environment);
  browser = await launchBrowser();
  admin = await demoOperator(product);
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
  await provider.close();
});

const visit = async (path = '/'): Promise<void> => {
  window = await OperatorWindow.visit(browser, product, path);
};
const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();
/** To the provider's page and, by its link, back. */
const goThrough = async (): Promise<void> => {
  await button('Sign in with Example Login').click();
  await window.page.getByRole('link', { name: 'Continue' }).click();
};
/** The provider's page is somebody else’s; nothing else is. */
const flaws = (...expected: number[]): string[] =>
  window
    .flawsBut(401, ...expected)
    .filter((flaw) => !flaw.startsWith(`a request to somebody else: ${provider.issuer}/`));

it('leads through the provider, another site, to where one wanted to go, and the account tells by whom', async () => {
  await admin.post('operators', { email: 'ada@example.com', name: 'Ada', ...GRANT });
  provider.person = { sub: 'ada-0815', email: 'ada@example.com', email_verified: true };
  expect(new URL(provider.issuer).hostname).not.toBe(new URL(product.apiUrl).hostname);
  await visit('/audit');
  await button('Sign in with Example Login').waitFor();
  const problems = await window.judge('sign-in-provider');

  await button('Sign in with Example Login').click();
  await window.page.getByRole('link', { name: 'Continue' }).waitFor();
  expect(await window.cookies()).toEqual([{ name: 'countersign_oidc', sameSite: 'Lax', httpOnly: true }]);
  await window.page.getByRole('link', { name: 'Continue' }).click();
  await window.page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();

  expect(await window.cookies()).toEqual([{ name: 'countersign_session', sameSite: 'Strict', httpOnly: true }]);
  await says('operator identity linked');
  await window.page.goto(`${product.apiUrl}/admin/account`);
  await says('ada-0815');
  expect(await window.page.getByLabel('Present password').count()).toBe(0);
  problems.push(...(await window.judge('account-linked')));
  // Whoever has no password sets up an app right after they came from the provider.
  await button('Set up a second factor').click();
  await button('Continue').click();
  await window.page.getByRole('img', { name: /QR code/ }).waitFor();
  expect(problems).toEqual([]);
  expect(flaws()).toEqual([]);
});

it('asks for our code where the provider asked for none, and takes one back to where one was', async () => {
  const client = await inviteAndSignIn(product, 'grace@example.com', PASSWORD, GRANT);
  const { body } = await client.post('auth/second-factor', { password: PASSWORD });
  const codeAt = (offsetSeconds: number): string =>
    generateSync({ secret: String(body['totp_secret']), epoch: Math.floor(Date.now() / 1000) + offsetSeconds });
  await client.post('auth/second-factor/confirm', { totp: codeAt(0) });
  provider.person = { sub: 'grace', email: 'grace@example.com', email_verified: true };
  await visit('/operators');
  await goThrough();

  await window.page.getByLabel('Code from your app').fill('000000');
  await button('Continue').click();
  await says(/The code is wrong/);
  const problems = await window.judge('sign-in-provider-code');
  await window.page.getByLabel('Code from your app').fill(codeAt(30));
  await button('Continue').click();
  await window.page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();

  expect(problems).toEqual([]);
  expect(flaws()).toEqual([]);
});

it('says in words why somebody is not let in, and that an administrator can unlink', async () => {
  provider.person = { sub: 'stranger', email: 'stranger@example.com', email_verified: true };
  await visit();
  await goThrough();
  await says(/Nobody has invited you with this account/);
  const problems = await window.judge('sign-in-not-let-in');
  expect(await window.cookies()).toEqual([]);

  await window.signIn(product.demo.consoleEmail, product.demo.consolePassword);
  await window.page.getByRole('link', { name: 'Users', exact: true }).click();
  await window.page.getByRole('link', { name: 'Ada', exact: true }).click();
  await says('ada-0815');
  problems.push(...(await window.judge('user-linked')));
  await button('Unlink identity').click();
  await window.page.getByRole('dialog').getByRole('button', { name: 'Unlink identity', exact: true }).click();
  await says('The identity is unlinked.');
  await says('Invited');

  expect(problems).toEqual([]);
  expect(flaws()).toEqual([]);
});

it('shows no password where the provider is the only way, but to whoever knows where it is', async () => {
  await product.restart({ COUNTERSIGN_OIDC_ONLY: '1' });
  await visit();
  await button('Sign in with Example Login').waitFor();
  const problems = await window.judge('sign-in-provider-only');
  expect(await window.page.getByLabel('Password').count()).toBe(0);

  await window.page.goto(`${product.apiUrl}/admin/login?emergency`);
  await window.signIn(product.demo.consoleEmail, product.demo.consolePassword);
  await window.page.getByRole('navigation', { name: 'Screens' }).waitFor();

  expect(problems).toEqual([]);
  expect(flaws()).toEqual([]);
});
