/** The hosted page without a mouse, without eyes on it, without motion; and how soon there is something to see. */
import type { Browser } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { bearer, call, type Body } from '../support/api';
import { PASSWORD } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { Customer, hangs, HostedShop, linkOf, openHosted, type Visit } from '../support/hosted-shop';
import { answer, MerchantPage, MerchantSite } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { eventually, resetFaults, setFaults } from '../support/simulator';
import { CHALLENGED, FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

let product: Product;
let browser: Browser;
let token: string;
let shop: HostedShop;
let customer: Customer;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  token = await bearer(product);
  shop = await HostedShop.start();
}, 120_000);

afterEach(async () => {
  await customer?.close();
  await resetFaults(product);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
  await product.stop();
});

/** What has the focus in the page, by its id or its value, and whether one can see that it has it. */
interface Focus {
  on: string;
  isVisible: boolean;
}

const focus = (): Promise<Focus> =>
  customer.page.evaluate<Focus>(`(() => {
    const { activeElement: focused } = document;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    return {
      on: focused.id || focused.value || focused.tagName.toLowerCase(),
      isVisible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    };
  })()`);

async function come(card: string, visit: Visit = {}): Promise<Body> {
  const session = await openHosted(product, token, shop, card);
  customer = await Customer.come(browser, linkOf(session), visit);
  return session;
}

/** The page while the bank's 3DS Method does not end. */
async function whileItPrepares(visit: Visit = {}): Promise<Body> {
  // Nor does the bank answer once the time for it is up: the page stays where it is.
  const bank = hangs(/acs\/method$|\/hosted\/.*\/device$/);
  const session = await come(FRICTIONLESS, { ...visit, ...bank });
  await bank.asked;
  return session;
}

const said = (): Promise<string> => customer.page.locator('#said').innerText();

describe('by keyboard', () => {
  it('a payment goes from the link to the shop, the bank’s page having the focus as soon as it is there', async () => {
    const session = await come(CHALLENGED);
    await customer.bank.locator('#otp:focus').waitFor();
    expect(await customer.page.evaluate('document.activeElement.title')).toBe('Your bank’s page');
    await customer.page.keyboard.type(PASSWORD);
    await customer.page.keyboard.press('Enter');

    expect(await shop.comeBack(session)).toMatchObject({ path: '/paid' });
    expect(customer.mishaps).toEqual([]);
  });

  it('the way out is the first thing that one comes to, and can be seen', async () => {
    await whileItPrepares();
    await customer.page.keyboard.press('Tab');

    expect(await focus()).toEqual({ on: 'cancel', isVisible: true });
  });

  it('a question keeps the focus until it is answered, and gives it back', async () => {
    const session = await whileItPrepares();
    const { keyboard } = customer.page;
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await customer.find('#sure[open]').waitFor();

    const seen: Focus[] = [await focus()];
    for (let presses = 0; presses < 5; presses += 1) {
      await keyboard.press('Tab');
      seen.push(await focus());
    }
    // Between the last and the first one the browser's own buttons may have their turn: `body`, and nothing behind the question.
    expect(new Set(seen.map(({ on }) => on).filter((on) => on !== 'body' && on !== 'sure'))).toEqual(
      new Set(['no', 'yes']),
    );
    expect(seen.filter(({ on, isVisible }) => ['no', 'yes'].includes(on) && !isVisible)).toEqual([]);
    expect(seen[0]?.on).toBe('no');

    await keyboard.press('Escape');
    await customer.find('#sure:not([open])').waitFor({ state: 'attached' });
    expect(await focus()).toEqual({ on: 'cancel', isVisible: true });
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    expect((await focus()).on).toBe('yes');
    await keyboard.press('Enter');

    expect(await shop.comeBack(session)).toMatchObject({ path: '/sorry' });
  });

  it('the offer to open the bank’s page alone comes after that page and before the way out', async () => {
    await come(CHALLENGED, { prepare: (page) => page.clock.install() });
    await customer.bank.locator('#otp').waitFor();
    await customer.page.clock.fastForward(4_500);
    await customer.find('#open').waitFor();
    await customer.find('#open').focus();
    await customer.page.keyboard.press('Tab');

    expect(await focus()).toEqual({ on: 'cancel', isVisible: true });
  });
});

describe('a screen reader', () => {
  it('is told each screen, in a region that is polite, and finds the same in the heading and the window’s title', async () => {
    // All of them until the test is over: an earlier test's issuer may still have one on its way.
    await setFaults(product, { rreq: { mode: 'never', times: 100 } });
    await come(CHALLENGED);
    await customer.bank.locator('#otp').waitFor();
    expect(await customer.page.locator('#said').getAttribute('role')).toBe('status');
    expect(await said()).toMatch(/^Your bank wants to make sure it’s you\. Follow your bank’s instructions\./);
    await answer(customer.bank, [{ password: PASSWORD }]);
    await customer.shows('checking');

    expect(await said()).toMatch(/^Waiting for your bank\./);
    expect(await customer.page.locator('h1').innerText()).toBe('Waiting for your bank');
    expect(await customer.page.title()).toBe('Waiting for your bank · Demo Shop');
    expect(await customer.page.locator('[aria-current=step]').innerText()).toContain('Your bank');
  });

  it('is told of a lost network, and that it is over', async () => {
    await whileItPrepares();
    const remark = customer.page.locator('#remark[role=status]');
    await customer.page.context().setOffline(true);
    await remark.filter({ hasText: 'connection was lost' }).waitFor();
    await customer.page.context().setOffline(false);

    await customer.page.locator('#remark:empty').waitFor({ state: 'attached' });
  });

  it('goes on at the heading when what it was at is gone', async () => {
    const session = await whileItPrepares();
    await customer.find('#cancel').focus();
    await rows(product, 'DELETE FROM hosted_link WHERE session_id = $1', [uuidOf(String(session['id']))]);
    await customer.shows('closed');

    expect((await focus()).on).toBe('title');
    expect(await said()).toMatch(/^This page has expired\./);
  });
});

it('nothing turns or slides for who wants less motion', async () => {
  await whileItPrepares({ options: { reducedMotion: 'reduce' } });
  const moves = (): Promise<string[]> =>
    customer.page.evaluate<string[]>(`[...new Set(document.getAnimations().map((one) => one.animationName))].sort()`);

  // It breathes, so that one sees that something goes on; the other only lets a line appear.
  expect(await moves()).toEqual(['breathe']);
  await customer.page.emulateMedia({ reducedMotion: 'no-preference' });
  await eventually(async () => (await moves()).join() === 'turn' || undefined);
});

it('who has colours of their own sees what is a button, and how far it is', async () => {
  await whileItPrepares({ options: { forcedColors: 'active' } });
  const style = (selector: string, property: string): Promise<string> =>
    customer.page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}'))['${property}']`);

  expect(await style('#cancel', 'borderTopStyle')).toBe('solid');
  expect(await customer.flaws()).toEqual([]);
  await customer.picture('hosted-forced-colours', false);
});

it('calls nobody but us and the bank, sets no cookie and keeps nothing', async () => {
  const origins = new Set<string>();
  const session = await come(CHALLENGED, {
    prepare: async (page) => page.on('request', (request) => origins.add(new URL(request.url()).origin)),
  });
  await customer.bank.locator('#otp').waitFor();
  const kept = await customer.page.evaluate<unknown[]>(
    `[document.cookie, localStorage.length, sessionStorage.length, indexedDB.databases()].slice(0, 3)`,
  );
  await answer(customer.bank, [{ password: PASSWORD }]);
  await shop.comeBack(session);

  const { acs } = (await call(product, 'GET', `/sessions/${String(session['id'])}`, token)).body;
  const bank = new URL(String(acs?.['url'])).origin;
  origins.delete('null');
  expect([...origins].filter((origin) => ![new URL(product.apiUrl).origin, bank, shop.url].includes(origin))).toEqual(
    [],
  );
  expect(kept).toEqual(['', 0, 0]);
  expect(await customer.page.context().cookies()).toEqual([]);
});

it('there is something to see before the script has come', async () => {
  await come(FRICTIONLESS, { prepare: (page) => page.route(/assets\/page-|acs\/method$/, () => undefined) });
  const paints = await customer.page.evaluate<Record<string, number>>(`new Promise((done) => {
    const found = {};
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) found[name] = Math.round(startTime);
      if ('first-contentful-paint' in found) done(found);
    }).observe({ type: 'paint', buffered: true });
  })`);
  process.stderr.write(
    `hosted page: first paint ${paints['first-paint']} ms, first contentful paint ${paints['first-contentful-paint']} ms\n`,
  );

  expect(paints['first-contentful-paint']).toBeGreaterThan(0);
  expect(await customer.page.locator('h1').innerText()).toBe('One moment, please');
});

it('tells when it came to which point, and nothing else of who was there', async () => {
  const session = await come(CHALLENGED);
  await customer.bank.locator('#otp').waitFor();
  await customer.page.locator('h1').click();
  await answer(customer.bank, [{ password: PASSWORD }]);
  await shop.comeBack(session);

  const legs = await eventually(async () => {
    const sql = 'SELECT leg FROM session_leg WHERE session_id = $1 ORDER BY at';
    const found = await rows<{ leg: string }>(product, sql, [uuidOf(String(session['id']))]);
    return found.length >= 5 ? found.map(({ leg }) => leg) : undefined;
  });
  expect(legs.toSorted()).toEqual([
    'challenge_shown',
    'first_input',
    'method_finished',
    'method_started',
    'page_shown',
  ]);
  expect(legs.indexOf('method_started')).toBeLessThan(legs.indexOf('challenge_shown'));
});

describe('the card fields', () => {
  let site: MerchantSite;

  beforeAll(async () => {
    site = await MerchantSite.start(product.apiUrl);
  });
  afterAll(() => site.close());

  it.each([
    ['light', 'en'],
    ['dark', 'en'],
    ['light', 'ar'],
    ['dark', 'ar'],
  ] as const)('give axe-core nothing to say: %s, %s, empty, wrong and full', async (colorScheme, locale) => {
    site.head = site.head.replace('<meta name="color-scheme" content="light dark">', '');
    if (colorScheme === 'dark') site.head += '<meta name="color-scheme" content="light dark">';
    const page = await MerchantPage.visit(browser, site, '/', { colorScheme, viewport: { width: 390, height: 500 } });
    const settings = JSON.stringify({
      apiUrl: product.apiUrl,
      publicKey: product.demo.publicKey,
      locale,
      withName: true,
    });
    await page.at.evaluate(
      `globalThis.fields = Countersign.cardFields({ ...${settings}, element: document.getElementById('bank') })`,
    );
    await page.bank.locator('#number').waitFor();
    const frame = page.window.page.frames().find((one) => one.url().includes('/fields/card'));
    if (!frame) throw new Error('There are no fields');
    const look = async (name: string): Promise<void> => {
      await page.window.picture(`card-fields-${name}-${locale}-${colorScheme}`);
      expect({ name, violations: await axeViolations(frame) }).toEqual({ name, violations: [] });
    };

    await look('empty');
    await page.bank.locator('#number').fill('4242');
    await page.at.evaluate('fields.then((made) => made.tokenize()).catch(() => undefined)');
    await look('wrong');
    await page.bank.locator('#number').fill('4485040371536584');
    await page.bank.locator('#expiry').fill('1230');
    await look('full');
    await page.window.close();
  });
});
