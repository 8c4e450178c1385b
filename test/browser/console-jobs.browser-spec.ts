import type { Browser } from 'playwright-core';
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { Window } from '../support/browser';
import { launchBrowser } from '../support/chromium';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(120_000);

const CHALLENGED = '4242424242424242';
const DECLINED = '4539628347117863';
const REFERENCE = 'ORDER-JOBS';

let product: Product;
let browser: Browser;
let window: Window;
let open: Body;
let final: Body;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  open = await sessions.open(CHALLENGED, { channel_data: BROWSER, reference: REFERENCE });
  final = await sessions.open(DECLINED, { channel_data: BROWSER, reference: REFERENCE });
  await sessions.open(CHALLENGED, { channel_data: BROWSER, reference: REFERENCE });
}, 120_000);

beforeEach(async () => {
  window = await Window.open(browser, { viewport: { width: 1280, height: 900 } });
  const { page } = window;
  const filter = encodeURIComponent(JSON.stringify({ reference: REFERENCE }));
  await page.goto(`${product.demo.consoleUrl.replace(/\/$/, '')}/sessions?filter=${filter}`);
  await page.getByLabel('E-mail address').fill(product.demo.consoleEmail);
  await page.getByLabel('Password').fill(product.demo.consolePassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel(`Select ${String(open['id'])}`).waitFor();
});

afterEach(() => window.close());

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const picked = (name: string) =>
  window.page.getByRole('region', { name: 'Selected rows' }).getByRole('button', { name, exact: true });
const dialog = () => window.page.getByRole('dialog');
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });

it('ends the sessions that were picked, and leads to those that it could do nothing for', async () => {
  const { page } = window;
  for (const { id } of [open, final]) await page.getByLabel(`Select ${String(id)}`).check();
  await picked('End now').click();
  await dialog().getByText('Each session that has not ended ends now').waitFor();
  await dialog().getByLabel('Why (for the audit log)').fill('the shop has closed');
  await window.picture('console-job');

  await inDialog('End now').click();

  await dialog().getByText('2 of 2 processed.').waitFor();
  await dialog().getByText('has ended already').waitFor();
  await window.picture('console-job-done');
  await dialog()
    .getByRole('link', { name: String(final['id']) })
    .click();
  await page.getByText('Declined').first().waitFor();
});

it('does it to all that match, picked or not', async () => {
  await window.page.getByLabel(`Select ${String(open['id'])}`).check();
  await picked('End now').click();
  await dialog().getByLabel('All that match the filter, on every page').check();
  await dialog().getByText('End now: all that match').waitFor();

  await inDialog('End now').click();

  await dialog().getByText('3 of 3 processed.').waitFor();
  await dialog().getByText('2 could not be done').waitFor();
  await inDialog('Close').click();
  await dialog().waitFor({ state: 'detached' });
});
