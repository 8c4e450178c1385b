import type { Browser } from 'playwright-core';
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { Window } from '../support/browser';
import { launchBrowser } from '../support/chromium';
import { watchSecret } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';

jest.setTimeout(120_000);

const DECLINED = '4539628347117863';
/** Text that would be an element, and would run, if anything took it for HTML. */
const HTML = '<img src=x onerror=document.title="run">';

let product: Product;
let browser: Browser;
let window: Window;
let session: Body;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
  session = await sessions.open(DECLINED, { channel_data: BROWSER, completion, reference: HTML });
  await sessions.complete(session);
}, 120_000);

beforeEach(async () => {
  window = await Window.open(browser, { viewport: { width: 1280, height: 900 } });
  const { page } = window;
  await page.goto(`${product.demo.consoleUrl.replace(/\/$/, '')}/sessions/${String(session['id'])}?tab=callbacks`);
  await page.getByLabel('E-mail address').fill(product.demo.consoleEmail);
  await page.getByLabel('Password').fill(product.demo.consolePassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Declined').first().waitFor();
});

afterEach(() => window.close());

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const button = (name: string) => window.page.getByRole('button', { name, exact: true });
/** Of the dialog, which has taken the rest of the page out of reach. */
const inDialog = (name: string) => window.page.getByRole('dialog').getByRole('button', { name, exact: true });

it('sends the last callback again, and shows the try that it was', async () => {
  await window.page.getByRole('cell', { name: 'HTTP 204' }).waitFor();

  await button('Resend callback').click();
  await inDialog('Resend callback').click();

  await eventually(async () => {
    const received = await callbacksOf(product, String(session['id']));
    return received.length === 2 ? true : undefined;
  });
  await window.page.getByRole('row').nth(2).getByText('HTTP 204').waitFor();
  await window.picture('console-callbacks');
  expect(await window.page.title()).not.toBe('run');
});

it('retries a session by a link, after saying what that will do, and once', async () => {
  const { page } = window;
  await button('Retry').click();
  await page.getByText('A new one is made in its place').waitFor();
  await page.getByText('The merchant is told by callback now').waitFor();
  await window.picture('console-retry');
  await page.getByLabel('The link can be used for').click();
  await page.getByRole('option', { name: '3 days' }).click();

  await inDialog('Make a new session').click();

  const link = await page.getByText(/\/hosted\/[\w-]{43}$/).innerText();
  watchSecret(link.slice(-43));
  await window.picture('console-retried');
  expect((await fetch(link)).status).toBe(200);
  await page.getByRole('link', { name: 'Open the new session' }).click();
  await page.getByText('in the place of').waitFor();
  await page.getByRole('link', { name: 'an earlier session' }).click();
  await page.getByText('It was retried as').waitFor();
  await button('Retry').click();
  await page.getByText('It was retried already').waitFor();
  expect(await inDialog('Make a new session').count()).toBe(0);
});
