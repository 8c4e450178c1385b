import type { Browser, Locator } from 'playwright-core';
import { bearer } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { launchBrowser } from '../support/chromium';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';
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
  for (const [card, reference, more] of [
    [FRICTIONLESS, 'APPROVED', { channel_data: BROWSER }],
    [DECLINED, 'DECLINED', { channel_data: BROWSER }],
    [FRICTIONLESS, 'SHARED', { channel_data: BROWSER, challenge_indicator: 'data_share' }],
    [FRICTIONLESS, 'AWAITING', {}],
  ] as const)
    await sessions.open(card, { reference, ...more });
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
  for (const tile of [
    'Sessions a minute',
    'Past deadline',
    'Callback backlog',
    'Callback lag',
    'Directory servers, test',
  ])
    await page.getByRole('link', { name: tile }).waitFor();

  await page
    .getByRole('link', { name: /Authentication rate/ })
    .filter({ hasText: '50.0 %' })
    .waitFor();
  await page.getByRole('img', { name: 'Authentication rate of every five minutes' }).waitFor();
  expect(await window.judge('overview')).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it.each([
  ['Sessions a minute', ['AWAITING', 'SHARED', 'DECLINED', 'APPROVED']],
  ['Authentication rate', ['APPROVED']],
  ['Frictionless rate', ['SHARED', 'DECLINED', 'APPROVED']],
])('the tile %s leads to the sessions that it counts, and no others', async (tile, references) => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page.getByRole('link', { name: tile }).click();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await page
    .locator('tbody tr')
    .nth(references.length - 1)
    .waitFor();
  const rows = await window.rows();

  expect(rows.map((row) => /[A-Z]{6,}/.exec(row)?.[0])).toEqual(references);
  expect(window.flawsBut(401)).toEqual([]);
});

it.each([
  ['of 2 submitted', ['DECLINED', 'APPROVED']],
  ['of 3 answered', ['SHARED', 'DECLINED', 'APPROVED']],
])('what a rate is of, %s, leads to those sessions', async (words, references) => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page.getByText(words).getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await page
    .locator('tbody tr')
    .nth(references.length - 1)
    .waitFor();
  const found = await window.rows();

  expect(found.map((row) => /[A-Z]{6,}/.exec(row)?.[0])).toEqual(references);
  expect(window.flawsBut(401)).toEqual([]);
});

it('calls that failed lead to the sessions that made them', async () => {
  const answerOf = `message_type = 'ARes' AND session_id IN (SELECT id FROM session WHERE reference = 'DECLINED')`;
  await rows(product, `UPDATE exchange SET problem = 'timeout' WHERE ${answerOf}`);
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  let found: string[];
  try {
    await page.getByRole('link', { name: '33.3 % of 3 calls failed' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
    await page.locator('tbody tr').first().waitFor();
    found = await window.rows();
  } finally {
    await rows(product, `UPDATE exchange SET problem = NULL WHERE ${answerOf}`);
  }

  expect(found.map((row) => /[A-Z]{6,}/.exec(row)?.[0])).toEqual(['DECLINED']);
  expect(window.flawsBut(401)).toEqual([]);
});

it('keeps its figures when the server cannot be reached any more, and says of when they are', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  const tiles = page.getByRole('link', { name: /Callback backlog/ });
  await tiles.waitFor();
  await window.settled();
  const api = '**/admin/api/**';
  await page.route(api, (route) => route.abort('aborted'));

  await window.comesBackTo('it could not be loaded since. The server cannot be reached.');

  await tiles.waitFor();
  await page.getByRole('link', { name: 'session failed in the last 24 hours' }).waitFor();
  const problems = await window.judge('overview-outdated');
  const again = page.waitForRequest(api);
  await page.getByRole('status').getByRole('button', { name: 'Try again' }).click();
  await again;
  await page.unroute(api);
  // By itself, also what is asked for once a minute only.
  await page.getByText('it could not be loaded since').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it('says so where tiles are missing because they could not be loaded', async () => {
  const part = '**/admin/api/callbacks/figures*';
  window = await OperatorWindow.visit(browser, product, '/login');
  const { page } = window;
  const endBy = await window.goesWrong(part, (route) => route.fulfill({ status: 500, json: {} }));
  await window.signIn(product.demo.consoleEmail, product.demo.consolePassword);

  await page.getByText('Some of this could not be loaded.').waitFor();

  await endBy(page.getByRole('status').getByRole('button', { name: 'Try again' }));
  await page.getByText('Some of this could not be loaded.').waitFor({ state: 'detached' });
  expect(window.flawsBut(401, 500)).toEqual([]);
});

it('four clicks lead from it to why a session failed, and to another try', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;

  await page.getByRole('link', { name: 'session failed in the last 24 hours' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
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

it('does not say that all is well where it could not look', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page
    .getByText('Nothing. Everything runs as it should.')
    .or(page.getByText(/failed in the last 24 hours/))
    .waitFor();
  const endBy = await window.goesWrong(/admin\/api\/(callbacks|tokens)\?/, (route) =>
    route.fulfill({ status: 503, json: { error_codes: ['database_unavailable'] } }),
  );
  await page.reload();

  await page.getByText('It could not be looked everywhere: there may be more.').waitFor({ timeout: 60_000 });
  expect(await page.getByText('Everything runs as it should').count()).toBe(0);

  await endBy(page.getByRole('alert').getByRole('button', { name: 'Try again' }).first());
  await page.getByText('It could not be looked everywhere').waitFor({ state: 'detached' });
});

it('a merchant has figures of its own, and the addresses that its callbacks go to', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page.getByRole('link', { name: 'Merchants' }).first().click();
  await page.getByRole('link', { name: product.demo.merchants[0]?.name ?? '', exact: true }).click();

  await page.getByRole('heading', { name: 'Health: last hour, test environment' }).waitFor();
  await page.getByRole('link', { name: /3DS Server, test/ }).waitFor();
  await page
    .getByRole('link', { name: /Sessions a minute/ })
    .filter({ hasText: '0.083' })
    .waitFor();
  await page.getByText('5 in the last hour').waitFor();
  await page.getByRole('heading', { name: 'Callback endpoints, last 24 hours' }).waitFor();
  expect(await window.judge('merchant-health')).toEqual([]);

  await page
    .getByRole('table', { name: /Callback endpoints/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Callbacks' }).waitFor();
  await page
    .getByText(/127\.0\.0\.1:9\/never/)
    .nth(1)
    .waitFor();
});

it('figures of callbacks lead to those that they are of', async () => {
  const [taken] = await rows<{ id: string }>(
    product,
    `UPDATE callback_message SET state = 'delivered', tries = 1, delivered_at = now(), next_try_at = NULL
     WHERE id = (SELECT min(id::text)::uuid FROM callback_message) RETURNING id`,
  );
  await rows(
    product,
    `INSERT INTO callback_delivery (message_id, try, at, latency_ms, status) VALUES ($1, 1, now(), 20, 200)
     ON CONFLICT (message_id, try) DO UPDATE SET status = 200, problem = NULL`,
    [taken?.id],
  );
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  const leads = async (link: Locator, count: number): Promise<void> => {
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Callbacks' }).waitFor();
    await page.getByText(`${count} ${count === 1 ? 'row' : 'rows'}`, { exact: true }).waitFor();
    await page.goBack();
  };
  const note = page.getByText(/at the first try$/);

  await leads(page.getByRole('link', { name: /Callback lag/ }), 1);
  await leads(note.getByRole('link').first(), 1);
  const all = Number(await note.getByRole('link').last().innerText());
  expect(all).toBeGreaterThan(1);
  await leads(note.getByRole('link').last(), all);
  expect(await page.getByRole('link', { name: /Callback backlog/ }).getAttribute('href')).toMatch(/&sort=created_at$/);
  expect(await window.judge('overview-lag')).toEqual([]);

  await page.getByRole('link', { name: 'Merchants' }).first().click();
  await page.getByRole('link', { name: product.demo.merchants[0]?.name ?? '', exact: true }).click();
  const endpoint = page.getByRole('table', { name: /Callback endpoints/ }).locator('tbody tr');
  await leads(endpoint.locator('td').nth(5).getByRole('link'), 1);
  expect(window.flawsBut(401)).toEqual([]);
});
