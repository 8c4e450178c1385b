import type { Browser, Locator, Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../support/chromium';
import { demoOperator, inviteAndSignIn } from '../support/console';
import { RowCounter } from '../support/row-counter';
import { rows } from '../support/rows';
import { OperatorWindow } from '../support/operator-window';
import { eventually } from '../support/simulator';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(240_000);

const PASSWORD = 'gravel lantern tiger';
/** The table of issuers and ACS, which is counted for who comes to it. */
const PARTIES = 'Issuers and ACS';
/** The (i)s of tables that stand below their words, alone on a line: none is good. */
const ALONE = `[...document.querySelectorAll('main th button')]
  .filter((info) => {
    const words = document.createRange();
    words.setStart(info.previousSibling, info.previousSibling.length - 1);
    words.setEnd(info.previousSibling, info.previousSibling.length);
    return words.getBoundingClientRect().bottom <= info.getBoundingClientRect().top;
  })
  .map((info) => info.getAttribute('aria-label'))`;
const numberIn = (text: string): number => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));

/** A count as it stands there; what a rate is of, as it says on the hover. */
async function basisOf(link: Locator): Promise<string> {
  const [rate] = await link.locator('[title], [aria-label]').all();
  if (!rate) return link.innerText();
  return (await rate.getAttribute('title')) ?? (await rate.getAttribute('aria-label')) ?? '';
}

/** Where a link leads, as its filter. */
const filterOf = (href: string | null): unknown =>
  JSON.parse(new URL(href ?? '', product.apiUrl).searchParams.get('filter') ?? '{}');

const ROLES = ['viewer', 'operator', 'merchant_admin'] as const;

let product: Product;
let browser: Browser;
let window: OperatorWindow;

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_DEMO_SEED: 'on' });
  browser = await launchBrowser();
  const end = performance.now() + 220_000;
  while (!product.logs().includes('the demo was filled with demo data')) {
    if (performance.now() > end) throw new Error('The demo was not filled in time');
    await sleep(50);
  }
}, 300_000);

afterEach(() => window?.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** The screen with its figures. */
async function counted(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 2, name: /^[\d,]+ sessions$/ }).waitFor();
  await page.locator('.recharts-surface').first().waitFor();
}

it('reports are empty where nothing is live, and full of demo data at a click', async () => {
  window = await OperatorWindow.ofDemo(browser, product, '/reports');
  const { page } = window;
  await page.getByRole('heading', { name: 'No live sessions in this window' }).waitFor();
  expect(await window.judge('reports-empty')).toEqual([]);

  await page.getByRole('button', { name: 'Show demo data' }).click();
  await counted(page);
  await page.getByRole('region', { name: 'Split' }).getByRole('link', { name: 'Visa' }).waitFor();
  await page
    .getByRole('region', { name: 'Durations' })
    .getByRole('row', { name: /Whole session/ })
    .waitFor();
  await page.getByText('First-try success').waitFor();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Check now' }).click();
  await page.getByText('The check begins within seconds.').waitFor();
  await page.getByText('Figures are being added up.').waitFor({ state: 'hidden', timeout: 120_000 });
  await page.getByText('Everything adds up').waitFor();

  expect(new URL(page.url()).searchParams.get('traffic')).toBe('demo');
  expect(await window.wideThings()).toEqual([]);
  expect(await window.judge('reports')).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it('every figure says what it is, and leads to its rows', async () => {
  window = await OperatorWindow.ofDemo(browser, product, '/reports?traffic=demo&by=acs');
  const { page } = window;
  await counted(page);

  // A figure that is drawn anew takes the focus with it.
  const explained = (figure: string, words: string | RegExp): Promise<boolean> =>
    eventually(async () => {
      const info = page.getByRole('button', { name: `What is “${figure}”?` }).first();
      await info.blur();
      await info.focus();
      const text = page.getByText(words);
      return text.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => undefined,
      );
    }, 40_000);
  await explained('Authentication rate', 'Approved + Attempted ÷ Submitted for authentication.');
  await explained('Whole session', /^From creation until the final status\..*right to 1\.6 %/);

  const declined = page
    .getByRole('listitem')
    .filter({ hasText: /^Declined/ })
    .getByRole('link');
  const figure = Number((await declined.innerText()).replace(',', ''));
  expect(figure).toBeGreaterThan(0);
  await declined.click();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await page.getByRole('button', { name: /Counts as is Declined/ }).waitFor();
  await page.getByRole('button', { name: /Demo data made up/ }).waitFor();
  expect(window.flawsBut(401)).toEqual([]);
});

it('a figure leads to exactly as many rows as it says', async () => {
  const [gte, lt] = [8, 2].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
  const bounds = encodeURIComponent(JSON.stringify({ gte, lt }));
  window = await OperatorWindow.ofDemo(browser, product, `/reports?traffic=demo&by=issuer_country&window=${bounds}`);
  await counted(window.page);
  const admin = await demoOperator(product);
  const counter = new RowCounter(admin);
  const rowsAt = (link: Locator): Promise<number> => counter.behind(link);

  const [told, found]: [unknown[], unknown[]] = [[], []];
  const heading = window.page.getByRole('heading', { level: 2, name: /sessions$/ }).getByRole('link');
  told.push(['all', numberIn(await heading.innerText())]);
  found.push(['all', await rowsAt(heading)]);
  for (const link of await window.page.getByRole('link', { name: /Show the sessions$/ }).all()) {
    const name = await link.getAttribute('aria-label');
    const basis = link.locator('xpath=following-sibling::small');
    told.push([name, numberIn(await basis.innerText())]);
    found.push([name, await rowsAt(link)]);
    const terms = await basis.getByRole('link').all();
    // Nothing leads to no rows.
    expect(terms).toHaveLength((await basis.innerText()).startsWith('0 of') ? 1 : 2);
    for (const term of terms) {
      told.push([name, numberIn(await term.innerText())]);
      found.push([name, await rowsAt(term)]);
    }
  }
  const lines = window.page.getByRole('main').getByRole('listitem');
  for (const line of await lines.filter({ has: window.page.getByRole('link') }).all()) {
    const link = line.getByRole('link');
    const name = await line.locator(':scope > span').first().innerText();
    told.push([name, numberIn(await link.innerText())]);
    found.push([name, await rowsAt(link)]);
  }
  const part = (title: string): Locator => window.page.getByRole('region', { name: title, exact: true });
  await part('Callbacks').getByText('First-try success').waitFor();
  const delivered = part('Callbacks')
    .locator('dl > div')
    .filter({ hasText: /^Delivered/ })
    .getByRole('link');
  for (const fact of await part('Callbacks')
    .locator('dl > div')
    .filter({ has: window.page.getByRole('link') })
    .all()) {
    const link = fact.getByRole('link');
    const name = await fact.locator('dt').innerText();
    // A rate says what it is of on the hover, and how long it took is told of what was delivered.
    const whose = name.startsWith('Lag') ? delivered : link;
    const of = await whose.locator('[title]').all();
    told.push([name, numberIn((await of[0]?.getAttribute('title')) ?? (await whose.innerText()))]);
    found.push([name, await rowsAt(link)]);
  }
  for (const fact of await part('Money, by currency').locator('dl > div').all()) {
    const name = await fact.locator('dt').innerText();
    told.push([name, numberIn(name)]);
    found.push([name, await rowsAt(fact.getByRole('link').last())]);
  }
  const legs = part('Durations')
    .getByRole('row')
    .filter({ has: window.page.getByRole('link') });
  await legs.first().waitFor();
  for (const leg of await legs.all()) {
    const [sessions, ...lengths] = await leg.getByRole('link').all();
    const name = await leg.getByRole('rowheader').innerText();
    expect(lengths).toHaveLength(4);
    for (const link of await leg.getByRole('link').all()) {
      told.push([name, numberIn((await sessions?.innerText()) ?? '')]);
      found.push([name, await rowsAt(link)]);
    }
  }
  await window.page.getByRole('button', { name: 'Table' }).click();
  // The first and the last day of the window are parts of days.
  const days = part('Trend in figures').locator('tbody tr');
  await days.first().waitFor();
  for (const day of [days.first(), days.last()]) {
    for (const link of await day.getByRole('link').all()) {
      told.push([await day.getByRole('rowheader').innerText(), numberIn(await basisOf(link))]);
      found.push([await day.getByRole('rowheader').innerText(), await rowsAt(link)]);
    }
    const rates = day.locator('td:nth-child(n + 8)').filter({ hasText: '%' });
    expect(await rates.getByRole('link').count()).toBe(await rates.count());
    expect(await day.locator('time').getAttribute('title')).toMatch(/^\d+ \w+ \d{4}, .* – .* UTC$/);
  }
  const problems = await window.judge('reports-trend-table');
  const valuesOf = async (title: string): Promise<void> => {
    const values = part(title)
      .locator('tbody tr')
      .filter({ has: window.page.getByRole('link') });
    await values.first().waitFor();
    for (const value of await values.all()) {
      const name = await value.getByRole('rowheader').innerText();
      told.push([name, numberIn(await value.locator('td').first().innerText())]);
      found.push([name, await rowsAt(value.getByRole('rowheader').getByRole('link'))]);
    }
    for (const rate of await values.first().locator('td a:has([title])').all()) {
      told.push([title, numberIn((await rate.locator('[title]').getAttribute('title')) ?? '')]);
      found.push([title, await rowsAt(rate)]);
    }
  };
  await part('Split')
    .getByText(/^[A-Z]{2} · /)
    .first()
    .waitFor();
  await valuesOf('Split');
  await part(PARTIES).first().evaluate('(element) => element.scrollIntoView()');
  await valuesOf(PARTIES);
  problems.push(...(await window.judge('reports-issuers')));
  for (const width of [390, 1440]) {
    await window.page.setViewportSize({ width, height: 850 });
    problems.push(...(await window.page.evaluate<string[]>(ALONE)));
  }
  await part(PARTIES).getByRole('button', { name: 'ACS' }).click();
  await part(PARTIES).getByRole('columnheader', { name: 'ACS' }).waitFor();
  await valuesOf(PARTIES);
  expect(told.length).toBeGreaterThan(140);
  expect(found).toEqual(told);
  expect(problems).toEqual([]);
});

it('a part of the chart leads to the sessions that its row of the table does, and says of when it is', async () => {
  const [gte, lt] = [8, 2].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
  const query = new URLSearchParams({ traffic: 'demo', window: JSON.stringify({ gte, lt }), zone: 'Asia/Tokyo' });
  window = await OperatorWindow.ofDemo(browser, product, `/reports?${query.toString()}`);
  const { page } = window;
  await counted(page);
  const comesTo = async (href: string | null): Promise<void> => {
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
    expect(filterOf(page.url())).toEqual(filterOf(href));
    await page.goBack();
    await counted(page);
  };
  await page.getByRole('button', { name: 'Table' }).click();
  const first = page.getByRole('region', { name: 'Trend in figures' }).locator('tbody tr').last();
  const links = first.getByRole('link');
  const approved = await links.nth(1).getAttribute('href');
  const authenticated = await first.locator('td').nth(6).getByRole('link').getAttribute('href');
  await page.getByRole('button', { name: 'Outcomes' }).click();

  await page.locator('.recharts-bar').first().locator('.recharts-rectangle').first().click();
  await comesTo(approved);
  expect(filterOf(approved)).toMatchObject({ counts_as: ['approved'], created_at: { gte } });

  await page.getByRole('button', { name: 'Rates' }).click();
  await page.locator('.recharts-line').first().waitFor();
  await page.locator('.recharts-wrapper').hover({ position: { x: 60, y: 100 } });
  const hover = page.locator('.recharts-default-tooltip');
  await hover.getByText(/ · Asia\/Tokyo \(GMT\+9\)/).waitFor();
  await hover.getByText(/, 15:00:00 UTC$/).waitFor();
  await window.picture('console-reports-trend-hover', false);
  await page.locator('.recharts-active-dot circle').first().click();
  await comesTo(authenticated);
  expect(filterOf(authenticated)).toMatchObject({ counts_as: ['approved', 'attempted'], created_at: { gte } });
  expect(window.flawsBut(401)).toEqual([]);
});

it('a difference leads from the overview to the check, and from there to the sessions of its hour', async () => {
  const [busiest] = await rows<{ merchantId: string; hour: string; sessions: number }>(
    product,
    `SELECT merchant_id AS "merchantId", date_trunc('hour', created_at) AS hour, count(*)::int AS sessions
     FROM session WHERE created_at < now() - interval '1 day' GROUP BY 1, 2 ORDER BY sessions DESC LIMIT 1`,
  );
  const finding = { ...busiest, what: 'sessions', excess: 2, isMended: false };
  await rows(
    product,
    `INSERT INTO report_check (id, asked_at, begun_at, ended_at, hours, findings)
     VALUES (gen_random_uuid(), now(), now(), now(), 744, $1)`,
    [JSON.stringify([finding])],
  );
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page.getByRole('link', { name: 'figure of reports does not add up to the sessions' }).click();
  const differences = page.getByRole('region', { name: 'Differences' });
  const isSeen = async (): Promise<true | undefined> => {
    const [box, window] = [await differences.boundingBox(), page.viewportSize()];
    return (box && window && box.y >= 0 && box.y + box.height <= window.height) || undefined;
  };
  await differences.waitFor();
  await eventually(isSeen);

  // Also where it is far below, and what is above it comes later.
  await page.goto(`${product.apiUrl}/admin/reports?traffic=demo#check`);
  await counted(page);
  await page.getByRole('region', { name: 'Money, by currency' }).waitFor();
  await window.settled();
  await eventually(isSeen);
  const problems = await window.judge('reports-differences');
  const link = differences.getByRole('link', { name: '2 sessions too many were counted.' });
  expect(await new RowCounter(await demoOperator(product)).behind(link)).toBe(busiest?.sessions);
  await link.click();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  expect(problems).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it('the figure of what is due longest leads to what is due, the oldest first', async () => {
  window = await OperatorWindow.ofDemo(browser, product);
  const { page } = window;
  await page.route('**/admin/api/reports/callbacks?*', async (route) => {
    const response = await route.fetch();
    const figures = (await response.json()) as object;
    await route.fulfill({ response, json: { ...figures, backlog: 1, oldest_due_at: new Date().toISOString() } });
  });
  await window.goTo('/reports?traffic=demo');
  const oldest = page
    .locator('dl > div')
    .filter({ hasText: /^Oldest due/ })
    .getByRole('link');
  const address = new URL((await oldest.getAttribute('href')) ?? '', product.apiUrl);

  expect(address.searchParams.get('sort')).toBe('created_at');
  expect(filterOf(address.href)).toMatchObject({ counts_as: ['backlog'], is_demo: true });
});

it('an address says all that is shown: rates by hour, one scheme, last of a purchase', async () => {
  window = await OperatorWindow.ofDemo(browser, product, '/reports?traffic=demo');
  const { page } = window;
  await counted(page);

  await page.getByRole('button', { name: 'Last of a purchase' }).click();
  await page.getByLabel('Split by').selectOption('merchant');
  const airline = page.getByRole('rowheader', { name: 'Demo: Coral Airways' });
  await airline.waitFor();
  const lastTries = await airline.getByRole('link').getAttribute('href');
  expect(JSON.parse(new URL(lastTries ?? '', product.apiUrl).searchParams.get('filter') ?? '')).toMatchObject({
    is_last_of_purchase: true,
    is_demo: true,
  });
  await page.getByRole('button', { name: 'Weeks' }).click();
  await page.getByRole('button', { name: 'Rates' }).click();
  await page.getByRole('button', { name: 'Rates', pressed: true }).waitFor();
  const parties = page.getByRole('region', { name: PARTIES, exact: true }).first();
  await parties.evaluate('(element) => element.scrollIntoView()');
  await parties.getByRole('button', { name: 'ACS' }).click();
  await parties.getByRole('columnheader', { name: 'ACS' }).waitFor();
  const address = await page.evaluate<string>('location.href');
  await page.goto(address);
  await counted(page);

  expect(await page.getByRole('button', { name: 'Last of a purchase' }).getAttribute('aria-pressed')).toBe('true');
  expect(await page.getByRole('button', { name: 'Weeks' }).getAttribute('aria-pressed')).toBe('true');
  await airline.waitFor();
  expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({
    basis: 'deduplicated',
    unit: 'week',
    by: 'merchant',
    table: 'acs',
  });
  expect(window.flawsBut(401)).toEqual([]);
});

it.each(ROLES)('a %s of one merchant sees the figures of that merchant only', async (role) => {
  const admin = await demoOperator(product);
  const filter = encodeURIComponent(JSON.stringify({ name: 'Demo: Coral Airways' }));
  const merchant = (await admin.get(`merchants?filter=${filter}`)).body['data']?.[0]?.['id'];
  const email = `${role}.reports@example.com`;
  await inviteAndSignIn(product, email, PASSWORD, { role, merchant_ids: [merchant] });

  window = await OperatorWindow.signedIn(
    browser,
    product,
    { email, password: PASSWORD },
    '/reports?traffic=demo&by=merchant',
  );
  const { page } = window;
  await counted(page);

  const rows = page.getByRole('region', { name: 'Split' }).locator('tbody tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(1);
  expect(await rows.first().innerText()).toContain('Demo: Coral Airways');
  expect(window.flawsBut(401)).toEqual([]);
});

it('a split by channel names each by its id, which leads to the channel and can be copied', async () => {
  window = await OperatorWindow.ofDemo(browser, product, '/reports?traffic=demo&by=channel');
  const { page } = window;
  await counted(page);
  const rows = page.getByRole('region', { name: 'Split' }).locator('tbody tr');
  const channel = rows.first().getByRole('rowheader').getByRole('link');
  await channel.waitFor();
  const id = await channel.innerText();

  expect(id).toMatch(/^pc_\w{26}$/);
  expect(await window.copiedBy(rows.first().getByRole('button', { name: 'Copy channel id' }))).toBe(id);
  const problems = await window.judge('reports-channels');
  await channel.click();
  await page.waitForURL((url) => url.pathname.endsWith(`/channels/${id}`));
  await page.getByRole('region', { name: 'Acquirer records' }).waitFor();
  problems.push(...(await window.judge('channel-of-report')));
  expect(problems).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});

it('sessions that are made up are marked, and the list of them is not wider than its place', async () => {
  window = await OperatorWindow.ofDemo(browser, product, '/sessions?filter=%7B%22is_demo%22%3Atrue%7D');
  const { page } = window;
  await page.getByRole('table', { name: 'Sessions' }).getByText('Demo', { exact: true }).first().waitFor();

  expect(
    await page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.querySelector('table').parentElement;
    return scrollWidth - clientWidth;
  })()`),
  ).toBe(0);
  expect(await window.judge('sessions-demo')).toEqual([]);
  expect(window.flawsBut(401)).toEqual([]);
});
