import type { Browser } from 'playwright-core';
import type { Body } from '../support/api';
import { launchBrowser } from '../support/chromium';
import { demoOperator, inviteAndSignIn } from '../support/console';
import { OperatorWindow } from '../support/operator-window';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';
import { version } from '../../package.json';

jest.setTimeout(120_000);

let product: Product;
let browser: Browser;
let window: OperatorWindow;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const says = (text: string | RegExp) => window.page.getByText(text).first().waitFor();
const menu = () => window.page.getByRole('navigation', { name: 'Screens' });
const row = (section: string, text: string) =>
  window.page.getByRole('region', { name: section, exact: true }).locator('tbody tr', { hasText: text });

it('somebody of one merchant does not find it, and is told so at its address', async () => {
  const { data } = (await (await demoOperator(product)).get('merchants')).body;
  const grant = { role: 'admin', merchant_ids: [(data as unknown as Body[])[0]?.['id']] };
  const who = { email: 'some@example.com', password: 'gravel lantern tiger' };
  await inviteAndSignIn(product, who.email, who.password, grant);
  window = await OperatorWindow.signedIn(browser, product, who, '/system');
  await says('It may be one that your role does not see');
  await menu().getByRole('link', { name: 'Sessions', exact: true }).waitFor();
  const problems = await window.judge('system-unseen');

  expect(await menu().getByRole('link', { name: 'System', exact: true }).count()).toBe(0);
  expect(problems).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it('an administrator sees who runs and who is gone, what waits and what the database holds', async () => {
  await rows(
    product,
    `INSERT INTO replica (id, role, version, host, pid, started_at, seen_at, event_loop_delay_ms, memory_bytes, ticks)
     VALUES (gen_random_uuid(), 'worker', '1.0.0', 'gone', 1, now() - interval '1 day', now() - interval '5 minutes', 0, 0, '[]')`,
  );
  window = await OperatorWindow.ofDemo(browser, product);
  await window.open('System');
  await row('Replicas', 'gone · 1').getByText('Silent').waitFor();
  await row('Replicas', String(product.pid())).getByText('Running').waitFor();
  await row('Queues', 'Callbacks to send').waitFor();
  await row('Jobs', 'Settle sessions past their deadline').getByText('Done').waitFor();
  await row('Partitions', 'session_event').waitFor();
  await row('Key encryption keys', 'Current').waitFor();
  const problems = await window.judge('system');
  await window.picture('console-system-whole');

  const jobs = await row('Jobs', '').locator('td:first-child').allInnerTexts();

  expect(jobs.filter((name) => /^\w+\.\w+$/.test(name))).toEqual([]);
  await row('Replicas', version).first().waitFor();
  await window.page.getByText('Missing').first().waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});
