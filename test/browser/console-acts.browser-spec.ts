import type { Browser } from 'playwright-core';
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { watchSecret } from '../support/leaks';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';
import { CHALLENGED } from './journeys';

jest.setTimeout(120_000);

const DECLINED = '4539628347117863';
/** Text that would be an element, and would run, if anything took it for HTML. */
const HTML = '<img src=x onerror=document.title="run">';

let product: Product;
let browser: Browser;
let window: OperatorWindow;
let session: Body;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
  session = await sessions.open(DECLINED, { channel_data: BROWSER, completion, reference: HTML });
  await sessions.complete(session);
}, 120_000);

/** An operator at a session. */
async function enter(id: string): Promise<void> {
  window = await OperatorWindow.ofRole(browser, product, 'operator', `/sessions/${id}?tab=callbacks`);
}

afterEach(() => window.close());

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const button = (name: string) => window.page.getByRole('button', { name, exact: true });
/** Of the dialog, which has taken the rest of the page out of reach. */
const inDialog = (name: string) => window.page.getByRole('dialog').getByRole('button', { name, exact: true });
/** Of the story. */
const retriedLine = () => window.page.getByRole('listitem').filter({ hasText: 'Retried by an operator' });

it('sends the last callback again, and shows the try that it was', async () => {
  await enter(String(session['id']));
  await window.page.getByRole('cell', { name: 'HTTP 204' }).waitFor();

  await button('Resend callback').click();
  await inDialog('Resend callback').click();

  await eventually(async () => {
    const received = await callbacksOf(product, String(session['id']));
    return received.length === 2 ? true : undefined;
  });
  await window.page.getByRole('row').nth(2).getByText('HTTP 204').waitFor();
  const problems = await window.judge('session-callbacks');
  expect(await window.page.title()).not.toBe('run');
  expect(problems).toEqual([]);
});

it('retries a session by a link, after saying what that will do, and once', async () => {
  await enter(String(session['id']));
  const { page } = window;
  await button('Retry').click();
  await page.getByText('A new one is made in its place').waitFor();
  await page.getByText('The merchant is told by callback now').waitFor();
  const problems = await window.judge('retry');
  await page.getByLabel('The link can be used for').click();
  await page.getByRole('option', { name: '3 days' }).click();

  await inDialog('Make a new session').click();

  const link = await page.getByText(/\/hosted\/[\w-]{43}$/).innerText();
  watchSecret(link.slice(-43));
  problems.push(...(await window.judge('retried')));
  expect((await fetch(link)).status).toBe(200);
  await page.getByRole('link', { name: 'Open the new session' }).click();
  await page.getByText('in the place of').waitFor();
  await page.getByText('in the place of').getByRole('link', { name: /^sid_/ }).click();
  await page.getByText('It was retried as').waitFor();
  await button('Retry').click();
  await page.getByText('It was retried already').waitFor();
  expect(await inDialog('Make a new session').count()).toBe(0);
  await inDialog('Close').click();
  await page.getByRole('tab', { name: 'Story' }).click();
  await retriedLine().getByText('operator.of.all@example.com').waitFor();
  problems.push(...(await window.judge('session-story')));
  await retriedLine().getByRole('link', { name: /^sid_/ }).click();
  await page.getByText('in the place of').waitFor();
  expect(problems).toEqual([]);
});

it.each([
  ['viewer', 'an operator'],
  ['merchant_admin', 'operator.of.all@example.com'],
] as const)('tells a %s who acted as far as they may know', async (role, who) => {
  window = await OperatorWindow.ofRole(browser, product, role, `/sessions/${String(session['id'])}?tab=story`);

  await retriedLine().getByText(who, { exact: true }).waitFor();
  expect(await window.copiedBy(retriedLine().getByRole('button', { name: 'Copy session' }))).toMatch(/^sid_/);
});

it('asks the upstream what became of a session, and shows each part of what is known of it', async () => {
  const upstream = product.demo.merchants.find(({ connector }) => connector === 'checkout') as DemoMerchant;
  const open = await new Calls(product, await bearer(product, upstream)).open(CHALLENGED, { channel_data: BROWSER });
  await enter(String(open['id']));
  await button('Re-sync').click();
  await window.page.getByText('Checkout.com is asked what became of this session.').waitFor();
  await window.page.setViewportSize({ width: 390, height: 844 });
  // Where the note is first, as it does not stay.
  const top = window.page.evaluate<number>(`new Promise((found) => {
    const look = () => {
      const note = [...document.querySelectorAll('[role=status]')].find(({ textContent }) => /was asked/.test(textContent));
      if (note) found(note.getBoundingClientRect().top);
      else requestAnimationFrame(look);
    };
    look();
  })`);
  await inDialog('Re-sync').click();
  expect(await top).toBeGreaterThan(844 / 2);
  await window.picture('console-note-phone-light', false);

  const problems: string[] = [];
  for (const tab of ['Attempts', 'Request', 'Raw']) {
    await window.page.getByRole('tab', { name: tab }).click();
    await window.page.getByRole('tabpanel', { name: tab }).waitFor();
    problems.push(...(await window.judge(`session-${tab.toLowerCase()}`)));
  }
  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});
