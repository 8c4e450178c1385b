import type { Browser } from 'playwright-core';
import { bearer } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';
import { FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

const DECLINED = '4539628347117863';

let product: Product;
let browser: Browser;
let window: OperatorWindow;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  for (const card of [FRICTIONLESS, DECLINED])
    await sessions.open(card, { channel_data: BROWSER, reference: card.slice(-4) });
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

it('the overview is what one sees first, and tells how it goes', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.getByText(/of 2 submitted/).waitFor();
  for (const tile of ['Callback backlog', 'Callback lag', 'Directory servers, test'])
    await page.getByRole('link', { name: tile }).waitFor();

  expect(await page.getByRole('link', { name: /Authentication rate/ }).innerText()).toContain('50.0 %');
  expect(await page.getByRole('img', { name: 'Authentication rate of every five minutes' }).count()).toBe(1);
  expect(await window.judge('overview')).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it('four clicks lead from it to why a session failed, and to another try', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;

  await page.getByRole('link', { name: 'session failed in the last 24 hours' }).click();
  await page.locator('tbody a').first().click();
  await page.getByText('The issuer did not authenticate the cardholder. Do not authorize with this result.').waitFor();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Retry/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new session' }).click();
  await page.getByText('A new session was made').waitFor();

  expect(window.flawsBut(401)).toEqual([]);
});
