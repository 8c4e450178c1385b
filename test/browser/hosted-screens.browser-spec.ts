/**
 * Every screen that a cardholder can come to, in light and dark, on a desktop, a phone and from right to left: axe-core finds
 * nothing, nothing is cut off, and a picture of each is kept.
 */
import { decodeId } from '@app/kernel';
import type { Browser, BrowserContextOptions, Route } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { bearer, type Body } from '../support/api';
import { Window } from '../support/browser';
import { PASSWORD } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { HostedPage } from '../support/hosted';
import { Customer, hangs, HostedShop, linkOf, openHosted, type Hanging, type Visit } from '../support/hosted-shop';
import { answer } from '../support/merchant-page';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { resetFaults, setFaults } from '../support/simulator';
import { CHALLENGED, FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

const RIGHT = { password: PASSWORD };

let product: Product;
let browser: Browser;
let token: string;
let shop: HostedShop;
let customer: Customer;

beforeAll(async () => {
  // Whoever has opened a link too often stays told so.
  product = await startProduct({ COUNTERSIGN_RATE_LIMIT_HOSTED: '1:80' });
  // A page that a test puts in place counts as one from the internet, which may not reach this machine.
  browser = await launchBrowser({ off: ['LocalNetworkAccessChecks'] });
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

/** A browser that is told nothing new stays where it is. */
const stay = (route: Route): Promise<void> => route.fulfill({ status: 204 });

/** A session for a card, and its customer at its page. */
async function come(card: string, visit: Visit, as = token): Promise<Body> {
  const session = await openHosted(product, as, shop, card);
  customer = await Customer.come(browser, linkOf(session), visit);
  return session;
}

/** The page while the bank's 3DS Method does not end. */
async function whileItPrepares(visit: Visit, as = token): Promise<void> {
  const method = hangs(/acs\/method$/);
  await come(FRICTIONLESS, without(visit, method), as);
  await method.asked;
}

/** To the bank's page in its frame. */
async function atTheBank(visit: Visit): Promise<Body> {
  const session = await come(CHALLENGED, visit);
  await customer.bank.locator('#otp').waitFor();
  return session;
}

/** The bank's page says that it is through, and its result does not come. */
async function afterTheBank(visit: Visit): Promise<void> {
  // All of them until the test is over: an earlier test's issuer may still have one on its way.
  await setFaults(product, { rreq: { mode: 'never', times: 100 } });
  await atTheBank(visit);
  await answer(customer.bank, [RIGHT]);
  await customer.shows('checking');
}

async function press(times: number): Promise<void> {
  for (let presses = 0; presses < times; presses += 1) await customer.pressPlain();
}

const uuid = (session: Body): string => uuidOf(String(session['id']));
const withoutScript = (visit: Visit): Visit => ({ ...visit, options: { ...visit.options, javaScriptEnabled: false } });
const prepared = (visit: Visit, prepare: Visit['prepare']): Visit => ({ ...visit, ...(prepare && { prepare }) });
/** The limits of a page for what hangs, of which none is shorter, do not run out however long its screen is looked at. */
const WITHOUT_LIMITS = `{
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (act, ms, ...given) => setTimeout(act, ms >= 10_000 ? 2 ** 31 - 1 : ms, ...given);
}`;
/** Something hangs for good. */
const without = (visit: Visit, hanging: Hanging): Visit =>
  prepared(visit, async (page) => {
    await page.addInitScript(WITHOUT_LIMITS);
    await hanging.prepare(page);
  });
const withClock = (visit: Visit): Visit => prepared(visit, (page) => page.clock.install());

/** The page in front of a session that is as `sql` makes it. */
async function comeTo(card: string, sql: string, visit: Visit): Promise<void> {
  const session = await openHosted(product, token, shop, card);
  await rows(product, sql, [uuid(session)]);
  customer = await Customer.come(browser, linkOf(session), visit);
}

/** How each screen is come to. A name is the name of its pictures. */
const SCREENS: Record<string, (visit: Visit) => Promise<unknown>> = {
  preparing: whileItPrepares,
  asking: async (visit) => {
    await come(FRICTIONLESS, without(visit, hangs(/\/hosted\/.*\/device$/)));
    await customer.shows('asking');
  },
  challenge: atTheBank,
  'challenge-offer': async (visit) => {
    await atTheBank(withClock(visit));
    await customer.page.clock.fastForward(4_500);
    await customer.find('#open').waitFor();
  },
  refused: async (visit) => {
    await come(
      CHALLENGED,
      prepared(visit, (page) =>
        page.route(/\/hosted\/[\w-]{43}$/, async (route) => {
          const response = await route.fetch({ maxRedirects: 0 });
          const headers = response.headers();
          const policy = headers['content-security-policy']?.replace(/frame-src [^;]*/, `frame-src 'self'`) ?? '';
          await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy } });
        }),
      ),
    );
    await customer.shows('refused');
  },
  'leave-declines': async (visit) => {
    await whileItPrepares(visit);
    await customer.find('#cancel').click();
    await customer.find('#sure[open]').waitFor();
  },
  'leave-leaves': async (visit) => {
    await atTheBank(visit);
    await customer.find('#cancel').click();
    await customer.find('#sure[open]').waitFor();
  },
  checking: afterTheBank,
  'checking-slow': async (visit) => {
    await afterTheBank(withClock(visit));
    await customer.page.clock.fastForward(15_500);
    await customer.find('#remark:not(:empty)').waitFor();
    await customer.find('#open').waitFor();
  },
  offline: async (visit) => {
    await whileItPrepares(visit);
    await customer.page.context().setOffline(true);
    await customer.find('#remark:not(:empty)').waitFor();
  },
  elsewhere: async (visit) => {
    const session = await atTheBank(visit);
    const second = await customer.page.context().newPage();
    await second.goto(linkOf(session));
    await customer.shows('elsewhere');
    await second.close();
  },
  closed: async (visit) => {
    const session = await atTheBank(visit);
    await rows(product, 'DELETE FROM hosted_link WHERE session_id = $1', [uuid(session)]);
    await customer.shows('closed');
  },
  confirmed: async (visit) => {
    await come(
      FRICTIONLESS,
      prepared(visit, (page) => page.route(/\/paid\?/, stay)),
    );
    await customer.shows('confirmed');
  },
  unconfirmed: async (visit) => {
    await come(
      '4275765574319271',
      prepared(visit, (page) => page.route(/\/sorry\?/, stay)),
    );
    await customer.shows('unconfirmed');
  },
  leaving: async (visit) => {
    await whileItPrepares(visit);
    await customer.page.route(/\/sorry\?/, stay);
    await customer.leave();
    await customer.shows('leaving');
  },
  stuck: async (visit) => {
    await come(
      FRICTIONLESS,
      prepared(visit, (page) => page.route(/assets\/page-/, (route) => route.abort())),
    );
    await customer.page.waitForLoadState();
    await customer.page.evaluate(`document.querySelector('.stuck').getAnimations()[0].finish()`);
    await customer.find('.stuck').waitFor();
  },
  unbranded: async (visit) => {
    const second = product.demo.merchants.find(({ name }) => name === 'Second shop') as DemoMerchant;
    const channel = [decodeId('channel', second.processingChannelId)];
    await rows(product, `UPDATE processing_channel SET branding = '{}' WHERE id = $1`, channel);
    await rows(product, 'DELETE FROM channel_logo WHERE channel_id = $1', channel);
    await whileItPrepares(visit, await bearer(product, second));
  },
  'no-script': async (visit) => {
    await come(FRICTIONLESS, withoutScript(visit));
    await customer.find('.plain form button').waitFor();
  },
  'no-script-bank': async (visit) => {
    await come(CHALLENGED, withoutScript(visit));
    await press(1);
    await customer.find('.plain form button').waitFor();
  },
  'no-script-bank-open': async (visit) => {
    await come(CHALLENGED, withoutScript(visit));
    await press(2);
    await customer.find('.plain form[action*=acs] button').waitFor();
  },
  'no-script-waiting': async (visit) => {
    await comeTo(FRICTIONLESS, `UPDATE session SET status = 'processing' WHERE id = $1`, withoutScript(visit));
    await customer.find('.plain .lead').waitFor();
  },
  'no-script-needed': async (visit) => {
    const sql = `UPDATE attempt SET protocol_version = '2.1.0' WHERE session_id = $1`;
    await comeTo(FRICTIONLESS, sql, withoutScript(visit));
    await customer.find('.plain .lead').waitFor();
  },
  'notice-not_found': async (visit) => {
    customer = await Customer.come(browser, `${product.apiUrl}/hosted/${'A'.repeat(43)}`, visit);
    await customer.find('[data-notice=not_found]').waitFor();
  },
  'notice-expired': async (visit) => {
    const session = await openHosted(product, token, shop, FRICTIONLESS);
    const page = HostedPage.of(session);
    await page.take();
    await page.device();
    await rows(product, `UPDATE session SET final_at = now() - interval '20 minutes' WHERE id = $1`, [uuid(session)]);
    customer = await Customer.come(browser, linkOf(session), visit);
    await customer.find('[data-notice=expired]').waitFor();
  },
  'notice-framed': async (visit) => {
    await come(CHALLENGED, { ...visit, framedBy: shop });
    await customer.find('[data-notice=framed]').waitFor();
  },
  'notice-busy': async (visit) => {
    const session = await openHosted(product, token, shop, FRICTIONLESS);
    const crowd = (): Promise<unknown> => Promise.all(Array.from({ length: 100 }, () => fetch(linkOf(session))));
    await crowd();
    // Ten more are let in each second, and this one may be among them: they all go on until it was turned away.
    const turnedAway = new AbortController();
    const others = (async () => {
      while (!turnedAway.signal.aborted) await crowd();
    })();
    try {
      customer = await Customer.come(browser, linkOf(session), visit);
      for (;;) {
        await customer.page.waitForLoadState('domcontentloaded');
        if ((await customer.find('[data-notice=busy]').count()) > 0) break;
        await customer.close();
        customer = await Customer.come(browser, linkOf(session), visit);
      }
    } finally {
      turnedAway.abort();
      await others;
    }
  },
  'notice-error': async (visit) => {
    const session = await openHosted(product, token, shop, FRICTIONLESS);
    customer = await Customer.come(browser, `${shop.url}/basket`, visit);
    await customer.page.waitForLoadState();
    // A page of somebody else posts our form.
    await customer.page.evaluate(`{
      const form = Object.assign(document.createElement('form'), { method: 'post', action: '${linkOf(session)}/leave' });
      document.body.append(form);
      form.submit();
    }`);
    await customer.find('[data-notice=error]').waitFor();
  },
};

const LOOKS: Record<string, BrowserContextOptions> = {
  desktop: {},
  phone: { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  arabic: { locale: 'ar-EG' },
};

/** What axe-core finds; it is script itself, so where none runs it looks at a copy of what the browser made of the page. */
async function violations(isScripted: boolean, colorScheme: 'light' | 'dark'): Promise<string[]> {
  if (isScripted) return axeViolations(customer.at);
  const html = (await customer.page.content()).replaceAll(/<script[\s\S]*?<\/script>|<\/?noscript>/g, '');
  const copy = await Window.open(browser, { colorScheme });
  try {
    await copy.page.setContent(html);
    return await axeViolations(copy.page);
  } finally {
    await copy.close();
  }
}

/** The screen as it stands there is as it should be; a picture is kept under the name. */
async function expectGood(name: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await customer.page.emulateMedia({ colorScheme });
  await customer.picture(`hosted-screen-${name}-${colorScheme}`, false);
  const found = {
    violations: await violations(!name.startsWith('no-script'), colorScheme),
    flaws: await customer.flaws(),
  };
  expect({ name, ...found }).toEqual({ name, violations: [], flaws: [] });
}

describe.each(Object.entries(SCREENS))('the screen %s', (name, show) => {
  it.each(Object.entries(LOOKS))('is good on a %s', async (look, options) => {
    await show({ options });

    await expectGood(`${name}-${look}`, 'light');
    await expectGood(`${name}-${look}`, 'dark');
    // What a desktop at 200 % and at 400 % has room for (WCAG 2.2, 1.4.4 and 1.4.10).
    for (const size of [
      { width: 640, height: 430 },
      { width: 320, height: 256 },
    ]) {
      await customer.page.setViewportSize(size);
      expect({ size, flaws: await customer.flaws() }).toEqual({ size, flaws: [] });
    }
  });
});
