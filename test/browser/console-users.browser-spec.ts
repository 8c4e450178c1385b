import { generateSync } from 'otplib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import { ConsoleClient, demoOperator } from '../support/console';
import { watchSecret } from '../support/leaks';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(120_000);

const HTML = 'Ada <i onclick=document.title="run">L.</i>';
const PASSWORD = 'gravel lantern tiger';

let product: Product;
let browser: Browser;
let admin: ConsoleClient;
let window: OperatorWindow;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await demoOperator(product);
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const enter = async (path = '/'): Promise<void> => {
  window = await OperatorWindow.ofDemo(browser, product, path);
};
const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const dialog = () => window.page.getByRole('dialog');
const submit = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();

describe('users', () => {
  it('are invited by a link, with a role for some merchants, and sign in with the password that they set', async () => {
    await enter('/operators');
    const { page } = window;
    await says('demo@countersign.example');
    const problems = await window.judge('users');
    await button('Invite somebody').click();
    await dialog().getByLabel('E-mail address').fill('ada@example.com');
    await dialog().getByLabel('Name', { exact: true }).fill(HTML);
    await dialog().getByLabel('Role').selectOption({ label: 'Operator' });
    await dialog().getByLabel('For all merchants, also those to come').uncheck();
    await dialog().getByLabel('Merchants', { exact: true }).fill('second');
    await page.getByRole('option', { name: 'Second shop' }).click();
    problems.push(...(await window.judge('user-invite')));
    await submit('Invite');
    const link = await window.copiedBy(dialog().getByRole('button', { name: 'Copy invitation link' }));
    watchSecret(link.replace(/^.*\//, ''));
    await submit('I have kept it');
    await page.getByRole('cell', { name: HTML }).waitFor();
    expect(await page.locator('tbody i').count()).toBe(0);
    await window.close();

    window = await OperatorWindow.visit(browser, product, link.slice(`${product.apiUrl}/admin`.length));
    await window.page.getByLabel('New password').fill(PASSWORD);
    watchSecret(PASSWORD);
    problems.push(...(await window.judge('invitation')));
    await window.page.locator('button[type=submit]').click();
    await window.page.getByRole('link', { name: 'Sign in' }).click();
    await window.signIn('ada@example.com', PASSWORD);
    await window.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    expect(await window.page.getByRole('link', { name: 'Users' }).count()).toBe(0);
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('get another role, are signed out, disabled and enabled, each with a reason', async () => {
    const grant = { role: 'viewer', all_merchants: true };
    const { body: made } = await admin.post('operators', { email: 'grace@example.com', name: 'Grace', ...grant });
    const grace = new ConsoleClient(product);
    await grace.post('auth/invitations/accept', { token: made['invitation_token'], password: PASSWORD });
    await grace.signIn('grace@example.com', PASSWORD);
    const { body: factor } = await grace.post('auth/second-factor', { password: PASSWORD });
    const secret = String(factor['totp_secret']);
    await grace.post('auth/second-factor/confirm', { totp: generateSync({ secret }) });
    await enter(`/operators/${made['id']}`);
    await button('Edit').click();
    await dialog().getByLabel('Role').selectOption({ label: 'Merchant admin' });
    await dialog().getByLabel('Why (for the audit log)').fill('new duties');
    const problems = await window.judge('user-edit');
    await submit('Save');
    await says(/^Merchant admin:/);
    await button('End sessions').click();
    await submit('End sessions');
    await says('Their sessions have ended.');
    expect((await grace.get('auth/me')).status).toBe(401);
    await button('Reset second factor').click();
    await submit('Reset second factor');
    await says('The second factor is reset.');
    await dialog().waitFor({ state: 'detached' });
    await button('Disable').click();
    await submit('Disable');
    await says('The user is disabled.');
    await button('Enable').click();
    await submit('Enable');
    await says('The user is enabled.');
    problems.push(...(await window.judge('user')));

    expect((await grace.signIn('grace@example.com', PASSWORD)).status).toBe(204);
    await window.open('Audit log');
    await says('new duties');
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('are edited by two at once: each field is as whoever typed in it last wants it', async () => {
    const grant = { role: 'viewer', all_merchants: true };
    const { id } = (await admin.post('operators', { email: 'edith@example.com', name: 'Edith', ...grant })).body;
    await enter(`/operators/${id}`);
    await button('Edit').click();
    await dialog().getByLabel('Name', { exact: true }).fill('Edith C.');
    await admin.call('PATCH', `operators/${id}`, { role: 'operator' });
    await submit('Save');
    await button('Load the present state').click();
    await says('What is different now:');
    const problems = await window.judge('user-changed');
    expect(await dialog().getByLabel('Role').inputValue()).toBe('operator');

    await submit('Save');

    await says('The user is changed.');
    expect((await admin.get(`operators/${id}`)).body).toMatchObject({ name: 'Edith C.', role: 'operator' });
    expect(problems).toEqual([]);
    expect(window.flawsBut(401, 409)).toEqual([]);
  });

  it('are invited anew where they have lost the first link', async () => {
    const { body: made } = await admin.post('operators', {
      email: 'joan@example.com',
      name: 'Joan',
      role: 'viewer',
      all_merchants: true,
    });
    await enter(`/operators/${made['id']}`);
    await button('New invitation').click();
    await submit('New invitation');
    const link = await window.copiedBy(dialog().getByRole('button', { name: 'Copy invitation link' }));
    const token = link.replace(/^.*[/#]/, '');
    watchSecret(token);
    const problems = await window.judge('user-invitation');

    const joan = new ConsoleClient(product);
    const accept = (one: unknown) => joan.post('auth/invitations/accept', { token: one, password: PASSWORD });
    expect((await accept(made['invitation_token'])).status).toBe(401);
    expect((await accept(token)).status).toBe(200);
    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });

  it('cannot take their own rights away', async () => {
    const id = String((await admin.get('auth/me')).body['id']);
    await enter(`/operators/${id}`);
    await button('Disable').waitFor();

    expect(await button('Disable').isDisabled()).toBe(true);
    expect(await button('Reset second factor').isDisabled()).toBe(true);
    await button('Edit').click();
    expect(await dialog().getByLabel('Role').count()).toBe(0);
    expect(window.flawsBut(401)).toEqual([]);
  });
});

describe('service accounts', () => {
  it('are made with a secret that is told once, and revoked', async () => {
    await enter('/service-accounts');
    const { page } = window;
    await says('No service accounts');
    const problems = await window.judge('service-accounts-empty');
    await button('New service account').click();
    await dialog().getByLabel('Name').fill('Nightly report');
    await submit('Create');
    watchSecret(await window.copiedBy(dialog().getByRole('button', { name: 'Copy client secret' })));
    problems.push(...(await window.judge('service-account-secret')));
    await submit('I have kept it');
    await page.getByRole('link', { name: 'Nightly report' }).click();
    await button('Revoke').click();
    await submit('Revoke');
    await says('The service account is revoked.');
    problems.push(...(await window.judge('service-account')));

    expect(problems).toEqual([]);
    expect(window.flawsBut(401)).toEqual([]);
  });
});
