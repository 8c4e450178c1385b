/** Callbacks that are sent again, one and many, and the jobs that this makes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { bearer } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';
import { knowBin, rows } from '../support/rows';
import { callbackUrl } from '../support/simulator';
import { FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

/** So many that a job with them is not done before it is cancelled: four at a time, seven seconds each. */
const OWED = 40;
const TO_NOBODY = encodeURIComponent(JSON.stringify({ state: ['due'] }));

let product: Product;
let browser: Browser;
let window: OperatorWindow;
/** Takes every callback and answers none. */
const silent = createServer(() => undefined);

beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  product = await startProduct();
  browser = await launchBrowser();
  const sessions = new Calls(product, await bearer(product));
  const open = (url: string) =>
    sessions.open(FRICTIONLESS, { channel_data: BROWSER, completion: { type: 'non_hosted', callback_url: url } });
  const { port } = silent.address() as AddressInfo;
  for (let owed = 0; owed < OWED; owed++) await open(`http://127.0.0.1:${port}/never`);
  await sessions.complete(await open(callbackUrl(product)));
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  silent.closeAllConnections();
  await product.stop();
  silent.close();
});

const button = (name: string | RegExp) => window.page.getByRole('button', { name, exact: true });
const dialog = () => window.page.getByRole('dialog');
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });
/** The question that stands before the dialog with the job. */
const why = () => window.page.getByRole('dialog', { name: 'Cancel the rest?' });
const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();

it('one callback is sent again, and it is told what the merchant answered', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'operator', '/callbacks');
  const { page } = window;
  await page
    .getByRole('row', { name: /Delivered/ })
    .getByRole('link')
    .first()
    .click();
  await button('Send again').click();
  await dialog().getByText('It stays delivered, whatever comes of this try.').waitFor();
  const problems = await window.judge('callback-replay');

  await inDialog('Send again').click();

  await says('The merchant has taken it.');
  await page.getByRole('row', { name: /^2/ }).waitFor();
  problems.push(...(await window.judge('callback-replayed')));
  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('all that a filter finds are counted, sent again as a job, and what is left is cancelled', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'operator', `/callbacks?filter=${TO_NOBODY}`);
  const { page } = window;
  await button('Send all of these again').click();
  await dialog().getByText(`${OWED} callbacks of 1 merchant`).waitFor();
  await dialog().getByLabel('Why (for the audit log)').fill('their server was away');
  const problems = await window.judge('callbacks-replay');

  await inDialog('Send again').click();
  await inDialog('Cancel the rest').click();
  await why().getByText('What was done already stays done.').waitFor();
  problems.push(...(await window.judge('job-cancel')));
  await why().getByLabel('Why (for the audit log)').fill('it is back by itself');
  await why().getByRole('button', { name: 'Cancel the rest' }).click();
  await dialog().getByText('The rest was cancelled.').waitFor();
  await dialog()
    .getByRole('link', { name: /in Jobs/ })
    .click();

  await page.getByRole('heading', { level: 1, name: `Send again: ${OWED} callbacks Cancelled` }).waitFor();
  await says('their server was away');
  // What was skipped is no progress.
  const share = page.getByText(new RegExp(`^[1-3]?\\d of ${OWED}$`));
  await share.waitFor();
  // Where one has failed already, those are shown first.
  const skipped = page.locator('dl > div', { hasText: 'Not begun, because it ended' }).getByRole('link');
  await skipped.click();
  await page.getByRole('combobox', { name: 'Which' }).getByText('Skipped').waitFor();
  expect(new URL(page.url()).search).toBe('?state=skipped');
  await page
    .getByRole('row', { name: /Skipped/ })
    .first()
    .waitFor();
  problems.push(...(await window.judge('job')));
  await window.open('Jobs');
  await button('Mine').click();
  await page.getByRole('row', { name: new RegExp(`Send again: ${OWED} callbacks`) }).waitFor();
  problems.push(...(await window.judge('jobs')));
  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('a few that were picked are sent again, and what is left of that is cancelled on the page of the job', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'operator', `/callbacks?filter=${TO_NOBODY}`);
  const { page } = window;
  await page.getByLabel('Select all rows of this page').check();
  await page.getByRole('region', { name: 'Selected rows' }).getByRole('button', { name: 'Send again' }).click();
  await inDialog('Send again').click();
  await dialog()
    .getByRole('link', { name: /in Jobs/ })
    .click();
  await button('Cancel the rest').click();
  await inDialog('Cancel the rest').click();

  await page.getByRole('heading', { level: 1, name: /Cancelled/ }).waitFor();
  expect(window.flawsBut()).toEqual([]);
});

it('one that is on its way once more is marked, in the list and on its page, and found by that', async () => {
  // Wanted at a time to come, so that nobody sends it meanwhile.
  await rows(product, `UPDATE callback_message SET resend_at = now() + interval '1 day' WHERE state = 'delivered'`);
  window = await OperatorWindow.ofRole(browser, product, 'viewer', '/callbacks');
  const { page } = window;
  const marked = page.getByRole('row', { name: /Delivered Being sent again/ });
  await marked.waitFor();
  const problems = await window.judge('callbacks-again');
  await button('Filter').click();
  await inDialog('Sending again').click();
  await inDialog('Is under way').click();
  await button('Sending again under way').waitFor();
  await page.getByText('1 row', { exact: true }).waitFor();
  await marked.getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: 'Callback Delivered Being sent again' }).waitFor();
  problems.push(...(await window.judge('callback-again')));
  await rows(product, 'UPDATE callback_message SET resend_at = NULL');

  expect(problems).toEqual([]);
  expect(window.flawsBut()).toEqual([]);
});

it('those about the sessions of an issuer are found by it, as a report leads to them', async () => {
  await knowBin(product, FRICTIONLESS, { issuer: 'First Harbour Bank', issuer_country: 'GB', card_type: 'debit' });
  const about = { issuer: ['First Harbour Bank'], issuer_country: ['GB'], card_type: ['debit'], state: ['delivered'] };
  const filter = encodeURIComponent(JSON.stringify(about));
  window = await OperatorWindow.ofRole(browser, product, 'viewer', `/callbacks?filter=${filter}`);
  const { page } = window;
  await page.getByText('1 row', { exact: true }).waitFor();
  await button('Issuer country is GB · United Kingdom').waitFor();
  await button('Issuer is First Harbour Bank').click();
  await dialog().getByRole('textbox', { name: 'Issuer' }).fill('another');
  await inDialog('Apply').click();
  await says('Nothing matches');
  await button('Issuer contains another').waitFor();
  await button('Remove the filter Issuer').click();
  await page.getByText('1 row', { exact: true }).waitFor();

  expect(window.flawsBut()).toEqual([]);
});

it('whoever only looks is offered nothing of it', async () => {
  window = await OperatorWindow.ofRole(browser, product, 'viewer', '/callbacks');
  await says('Delivered');
  const { page } = window;

  expect(await button('Send all of these again').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Jobs', exact: true }).count()).toBe(0);
  await page
    .getByRole('row', { name: /Delivered/ })
    .getByRole('link')
    .first()
    .click();
  await says('How it is sent');
  expect(await button('Send again').count()).toBe(0);
  expect(window.flawsBut()).toEqual([]);
});
