import type { Browser } from 'playwright-core';
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(120_000);

const DECLINED = '4539628347117863';
const REFERENCE = 'ORDER-JOBS';

let product: Product;
let browser: Browser;
let window: OperatorWindow;
let open: Body;
let final: Body;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  // Without device data they stay open: an ACS gives up a challenge that nobody comes for.
  open = await sessions.open(DECLINED, { reference: REFERENCE });
  final = await sessions.open(DECLINED, { channel_data: BROWSER, reference: REFERENCE });
  await sessions.open(DECLINED, { reference: REFERENCE });
}, 120_000);

beforeEach(async () => {
  const filter = encodeURIComponent(JSON.stringify({ reference: REFERENCE }));
  window = await OperatorWindow.ofRole(browser, product, 'operator', `/sessions?filter=${filter}`);
  await window.page.getByLabel(`Select ${String(open['id'])}`).waitFor();
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
  const problems = await window.judge('sessions-job');

  await inDialog('End now').click();

  await dialog().getByText('2 of 2 processed.').waitFor();
  await dialog().getByText('has ended already').waitFor();
  problems.push(...(await window.judge('sessions-job-done')));
  const copy = dialog().getByRole('button', { name: 'Copy session id' });
  expect(await window.copiedBy(copy)).toBe(String(final['id']));
  await dialog()
    .getByRole('link', { name: String(final['id']) })
    .click();
  await page.getByText('Declined').first().waitFor();
  expect(problems).toEqual([]);
});

it('leads from each of its figures to the items behind it, at an address that can be shared', async () => {
  const { page } = window;
  const sessions = new Calls(product, await bearer(product));
  const reference = 'ORDER-ITEMS';
  const ids = [
    (await sessions.open(DECLINED, { reference })).id,
    (await sessions.open(DECLINED, { channel_data: BROWSER, reference })).id,
  ];
  await window.goTo(`/sessions?filter=${encodeURIComponent(JSON.stringify({ reference }))}`);
  for (const id of ids) await page.getByLabel(`Select ${String(id)}`).check();
  await picked('End now').click();
  await inDialog('End now').click();
  await dialog().getByText('2 of 2 processed.').waitFor();
  const items = page.getByRole('table', { name: 'What it is about' }).locator('tbody tr');
  const which = page.getByRole('combobox', { name: 'Which' });
  const fact = (name: RegExp) => page.locator('dl > div', { hasText: name }).getByRole('link');
  /** The items are those of a state, and so many. */
  const shows = async (state: string, words: string, count: number): Promise<void> => {
    await page.waitForURL((url) => url.searchParams.get('state') === state);
    await which.getByText(words, { exact: true }).waitFor();
    await items.nth(count - 1).waitFor();
    await items.nth(count).waitFor({ state: 'detached' });
  };

  await dialog().getByRole('link', { name: '1 could not be done' }).click();
  await shows('failed', 'Not done', 1);
  await fact(/^Done/).click();
  await shows('done', 'Done', 1);
  await fact(/^Could not be done/).click();
  await shows('failed', 'Not done', 1);
  await which.click();
  await page.getByRole('option', { name: 'All' }).click();
  await shows('all', 'All', 2);
  await page.reload();
  await shows('all', 'All', 2);
  const problems = await window.judge('job-items');
  await page.goBack();
  await shows('failed', 'Not done', 1);

  await page.goto(`${page.url()}&after=nope`);
  await page.getByRole('button', { name: 'Go to the beginning' }).waitFor();
  const copy = page.getByRole('button', { name: 'Copy request id' });
  expect(await window.copiedBy(copy)).toMatch(/^[\w-]{8,}$/);
  problems.push(...(await window.judge('job-items-gone')));
  await page.getByRole('button', { name: 'Go to the beginning' }).click();
  await shows('failed', 'Not done', 1);
  await window.open('Jobs');
  await page
    .getByRole('row', { name: /End now: 2 sessions/ })
    .first()
    .getByRole('link', { name: '1', exact: true })
    .click();
  await shows('failed', 'Not done', 1);
  expect(problems).toEqual([]);
  expect(window.flawsBut(422)).toEqual([]);
});

it.each([
  ['Re-sync', 'The connector of each session is asked'],
  ['Resend callback', 'The last callback of each session that has one'],
])('%s is explained and done to those that were picked', async (act, explanation) => {
  await window.page.getByLabel(`Select ${String(final['id'])}`).check();
  await picked(act).click();
  await dialog().getByText(explanation).waitFor();
  await inDialog(act).click();

  await dialog().getByText('1 of 1 processed.').waitFor();
  expect(window.flawsBut()).toEqual([]);
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
