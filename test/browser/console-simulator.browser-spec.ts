import type { Browser } from 'playwright-core';
import { bearer } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { demoOperator } from '../support/console';
import { HostedPage } from '../support/hosted';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';
import { eventually, resetFaults } from '../support/simulator';

jest.setTimeout(120_000);

let product: Product;
let browser: Browser;
let window: OperatorWindow;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
}, 120_000);

afterEach(async () => {
  await window.close();
  await resetFaults(product);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const button = (name: string | RegExp) => window.page.getByRole('button', { name, exact: true });
const dialog = () => window.page.getByRole('dialog');
const submit = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();

it('the simulator’s faults are set, told and reset', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'operator', '/simulator');
  await says('Directory servers');
  const problems = await window.judge('simulator');
  await button('Change Directory servers').click();
  await dialog().getByLabel('How they answer an authentication request').selectOption('slow');
  await dialog().getByLabel('At', { exact: true }).selectOption('visa');
  problems.push(...(await window.judge('simulator-fault')));
  await submit('Set');
  await says('The fault is there.');
  await says('Answer late, by 5000 ms, at Visa only, 1 time more');
  problems.push(...(await window.judge('simulator-failing')));
  await button('Reset all').click();
  await submit('Reset all');
  await says('Every fault has ended.');
  await button('Reset all').and(window.page.locator('[aria-disabled=true]')).waitFor();

  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('a test session is made of a card, gone through at its page and looked at', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'operator', '/simulator');
  await button('Try 4485040371536584').click();
  await dialog().getByLabel('Merchant').fill('demo');
  await window.page.getByRole('listbox').getByRole('option', { name: 'Demo shop' }).click();
  await dialog().getByLabel('Channel').locator('option', { hasText: 'Demo shop' }).waitFor({ state: 'attached' });
  const problems = await window.judge('test-session');
  await submit('Make it');
  const link = dialog().getByRole('link', { name: 'Open its page' });
  await link.waitFor();
  problems.push(...(await window.judge('test-session-made')));
  const page = new HostedPage((await link.getAttribute('href')) ?? '');
  await page.take();
  await page.device();
  await dialog().getByRole('link', { name: 'Show it' }).click();
  await says('Approved');
  await says('Where the time went');

  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('a test session begins with a merchant that has a channel for it; without one it says so', async () => {
  const admin = await demoOperator(product);
  // The first by name, and nothing can be tried with it.
  await admin.post('merchants', { name: 'A shop without channels' });
  window = await OperatorWindow.ofRole(browser, product, 'operator', '/simulator');
  await button('Try 4485040371536584').click();
  const channel = dialog().getByLabel('Channel');
  await channel.locator('option').first().waitFor({ state: 'attached' });
  await eventually(async () => (await dialog().getByLabel('Merchant').inputValue()) !== '' || undefined);
  await button('Make it').and(window.page.locator(':enabled')).waitFor();
  await dialog().getByLabel('Merchant').fill('without');
  await window.page.getByRole('option', { name: 'A shop without channels' }).click();
  await says('This merchant has no channel of the test environment.');
  const problems = await window.judge('test-session-impossible');

  expect(await button('Make it').isDisabled()).toBe(true);
  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('a viewer looks only', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'viewer', '/simulator');
  await says('Test cards');

  expect(await window.page.getByRole('button', { name: /^(Try|Change|Reset|Make)/ }).count()).toBe(0);
});

it('a session is reproduced, after it was told what that means', async () => {
  const calls = new Calls(product, await bearer(product));
  const session = String((await calls.open('4539628347117863', { channel_data: BROWSER }))['id']);
  window = await OperatorWindow.ofRole(browser, product, 'operator', `/sessions/${session}`);
  await button('Reproduce').click();
  await says('The simulator answers transStatus N, reason 01, without a challenge.');
  const problems = await window.judge('reproduce');
  await submit('Reproduce');
  await says('It ended as this session did.');
  problems.push(...(await window.judge('reproduced')));
  await dialog().getByRole('link', { name: 'Open the reproduction' }).click();
  await says('It replays');
  problems.push(...(await window.judge('reproduction')));
  await window.page.getByText('It replays').getByRole('link', { name: /^sid_/ }).click();
  await says('Replayed in the simulator');
  const verdict = window.page.getByRole('region', { name: 'Verdict' });
  await verdict.getByRole('link', { name: /^sid_/ }).waitFor();
  await verdict.getByRole('button', { name: 'Copy session id' }).waitFor();

  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});
