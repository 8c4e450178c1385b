import type { OperatorRole } from '@app/platform';
import type { Browser } from 'playwright-core';
import { bearer } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { watchSecret } from '../support/leaks';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

let product: Product;
let browser: Browser;
let window: OperatorWindow;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const merchants = product.demo.merchants;
  const upstream = merchants.find(({ connector }) => connector === 'checkout') as DemoMerchant;
  await new Calls(product, await bearer(product, upstream)).open(FRICTIONLESS, { channel_data: BROWSER });
  const native = new Calls(product, await bearer(product));
  await native.complete(await native.open(FRICTIONLESS, { channel_data: BROWSER }));
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const enter = async (role: OperatorRole, path: string): Promise<void> => {
  window = await OperatorWindow.ofRole(browser, product, role, path);
};
const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const dialog = () => window.page.getByRole('dialog');
const submit = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();

it('upstream tokens are told by how they stand, refreshed and dropped', async () => {
  await enter('merchant_admin', '/tokens');
  const { page } = window;
  await says('Checkout shop, at Second shop');
  const problems = await window.judge('tokens');
  await page.locator('tbody a').first().click();
  await button('Refresh now').click();
  await submit('Refresh now');
  await says('The token is fetched anew.');
  problems.push(...(await window.judge('token')));
  await button('Drop').click();
  await submit('Drop');
  await says('The tokens of the account are dropped.');

  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('directory servers are told by their ranges, asked again, and looked through for a card', async () => {
  watchSecret(FRICTIONLESS);
  await enter('operator', '/directory-servers');
  const { page } = window;
  await says('Cartes Bancaires');
  const problems = await window.judge('directory-servers');
  await button('Look up a card').click();
  await dialog().getByLabel('Card number, or its beginning').fill(FRICTIONLESS);
  await submit('Look up');
  await dialog()
    .getByText(/^\d{13,19} to \d{13,19}$/)
    .waitFor();
  problems.push(...(await window.judge('directory-server-look-up')));
  await submit('Cancel');
  await page.getByRole('link', { name: /Visa/ }).first().click();
  await says('Last 24 hours');
  problems.push(...(await window.judge('directory-server')));
  const hour = page.getByRole('region', { name: 'Last hour' });
  // One merchant's upstream is another one of this server. What replicas count is written down every ten seconds.
  await hour.getByRole('link', { name: '2', exact: true }).click({ timeout: 40_000 });
  await page.getByRole('button', { name: /^Directory server is Visa/ }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  expect(await page.locator('tbody tr').count()).toBe(2);
  await page.goBack();
  await button('Refresh now').click();
  await submit('Refresh now');
  await says('The directory server is asked.');

  expect(page.url()).not.toContain(FRICTIONLESS);
  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('callbacks are told with what they say and every try', async () => {
  await enter('viewer', '/callbacks');
  const { page } = window;
  await says('http://127.0.0.1:9/never');
  const problems = await window.judge('callbacks');
  await page.getByRole('button', { name: /^Failing/ }).click();
  await page.locator('tbody a').first().click();
  await says('What it says');
  problems.push(...(await window.judge('callback')));

  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});
