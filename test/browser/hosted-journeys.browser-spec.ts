/** The hosted page and what people do with it: reload, go back, open it twice, lose the network, cancel, get lost. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { bearer, call, type Body } from '../support/api';
import { PASSWORD, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { Customer, hangs, HostedShop, letFrame, linkOf, openHosted, type Visit } from '../support/hosted-shop';
import { answer } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { rows, storyOf, uuidOf } from '../support/rows';
import { resetFaults, resultsSent, sendResult, setFaults } from '../support/simulator';
import { CHALLENGED, FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true };

let product: Product;
let browser: Browser;
let token: string;
let shop: HostedShop;
let customer: Customer;

beforeAll(async () => {
  product = await startProduct();
  // A page that a test puts in place counts as one from the internet, which may not reach this machine.
  browser = await launchBrowser({ off: ['LocalNetworkAccessChecks'] });
  token = await bearer(product);
  shop = await HostedShop.start();
}, 120_000);

afterEach(async () => {
  await customer.close();
  await resetFaults(product);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
  await product.stop();
});

const open = (card: string, extra: Record<string, unknown> = {}): Promise<Body> =>
  openHosted(product, token, shop, card, extra);
const come = async (session: Body, visit: Visit = {}): Promise<Customer> =>
  (customer = await Customer.come(browser, linkOf(session), visit));
const read = async ({ id }: Body, as = token): Promise<Body> =>
  (await call(product, 'GET', `/sessions/${String(id)}`, as)).body;

/** The customer is back, the session is as the issuer said, and the issuer was asked once. */
async function expectEnd(session: Body, back: '/paid' | '/sorry', status: string): Promise<void> {
  expect(await shop.comeBack(session)).toMatchObject({ path: back });
  expect(await read(session)).toMatchObject({ status });
  const asked = (await storyOf(product, String(session['id']))).filter(({ to }) => to === 'processing');
  expect(asked.length).toBeLessThanOrEqual(1);
}

/** No result comes until the test sends it, or is over: an earlier test's issuer may still have one on its way. */
const withholdResults = (): Promise<void> => setFaults(product, { rreq: { mode: 'never', times: 100 } });
const sendWithheld = async (session: Body): Promise<unknown> =>
  sendResult(product, String((await read(session))['transaction_id']));

/** To the bank's page in its frame. */
async function challenged(visit: Visit = {}): Promise<Body> {
  const session = await open(CHALLENGED);
  await come(session, visit);
  await customer.bank.locator('#otp').waitFor();
  return session;
}

describe.each([
  ['emv3ds', 'Demo shop'],
  ['checkout', 'Checkout shop'],
])('through the connector %s', (_connector, name) => {
  it.each<[string, string, Deed[], '/paid' | '/sorry', string]>([
    ['approved at once', FRICTIONLESS, [], '/paid', 'approved'],
    ['rejected at once', '4275765574319271', [], '/sorry', 'rejected'],
    ['approved after the right password', CHALLENGED, [WRONG, RIGHT], '/paid', 'approved'],
    ['declined after three wrong ones', CHALLENGED, [WRONG, WRONG, WRONG], '/sorry', 'declined'],
    ['given up at the bank', CHALLENGED, ['cancel'], '/sorry', 'challenge_abandoned'],
  ])('a payment is %s', async (_what, card, deeds, back, status) => {
    const merchant = product.demo.merchants.find((one) => one.name === name);
    const as = await bearer(product, merchant);
    const session = await openHosted(product, as, shop, card);
    await come(session);
    if (deeds.length > 0) await customer.bank.locator('#otp').waitFor();
    await answer(customer.bank, deeds);

    expect(await shop.comeBack(session)).toMatchObject({ path: back });
    expect(await read(session, as)).toMatchObject({ status, completed: true });
    expect(customer.mishaps).toEqual([]);
  });
});

describe('a page that', () => {
  it('is loaded again shows the same challenge', async () => {
    const session = await challenged();
    const creqs: string[] = [];
    customer.page.on('request', (request) => {
      if (/acs\/challenge$/.test(request.url())) creqs.push(request.postData() ?? '');
    });
    await customer.page.reload();
    await customer.bank.locator('#otp').waitFor();
    await customer.page.setViewportSize({ width: 600, height: 700 });
    await customer.page.reload();
    await customer.bank.locator('#otp').waitFor();
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
    expect(creqs).toHaveLength(2);
    expect(new Set(creqs).size).toBe(1);
    expect(customer.mishaps).toEqual([]);
  });

  it('is loaded again while the 3DS Method runs asks the issuer once', async () => {
    const session = await open(FRICTIONLESS);
    const method = hangs(/acs\/method$/);
    await come(session, method);
    await method.asked;
    method.end();
    // The page may have gone on to the shop before it is done loading.
    await customer.page.reload({ waitUntil: 'commit' });

    await expectEnd(session, '/paid', 'approved');
  });

  it('was left for the shop is not found again on the way back', async () => {
    const session = await open(FRICTIONLESS);
    customer = await Customer.come(browser, `${shop.url}/basket`);
    await customer.page.goto(linkOf(session), { waitUntil: 'commit' });
    await shop.comeBack(session);
    await customer.page.waitForURL(/\/paid/);
    await customer.page.goBack();

    await customer.page.waitForURL(`${shop.url}/basket`);
  });

  it('is opened a second time lets go of the first, which takes it back', async () => {
    const session = await challenged();
    const second = await customer.page.context().newPage();
    await second.goto(linkOf(session));
    await second.frameLocator('#bank iframe').locator('#otp').waitFor();

    await customer.shows('elsewhere');
    await customer.page.locator('#bank iframe').waitFor({ state: 'detached' });
    await customer.page.locator('#here').click();
    await customer.bank.locator('#otp').waitFor();
    await second.locator('html[data-screen=elsewhere]').waitFor();
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
    // Both windows are done.
    await second.waitForURL(/\/paid/);
  });

  it('was closed goes on where it was when its link is opened again', async () => {
    const session = await challenged();
    await customer.close();
    await come(session);
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('has done its work sends whoever opens it back to the shop', async () => {
    const session = await open(FRICTIONLESS);
    await come(session);
    await shop.comeBack(session);
    await customer.page.waitForURL(/\/paid/);
    await customer.page.goto(linkOf(session));

    await customer.page.waitForURL(`${shop.url}/paid?order=7&cko-session-id=${String(session['id'])}`);
  });

  it('loses the network says so, and goes on by itself', async () => {
    const session = await challenged();
    const context = customer.page.context();
    await withholdResults();
    await answer(customer.bank, [RIGHT]);
    await customer.shows('checking');
    await context.setOffline(true);
    await customer.page.locator('#remark', { hasText: 'connection was lost' }).waitFor();
    await context.setOffline(false);
    await sendWithheld(session);

    await expectEnd(session, '/paid', 'approved');
  });

  it('gets no stream asks instead', async () => {
    const session = await open(CHALLENGED);
    await come(session, { prepare: (page) => page.route(/\/events\?/, (route) => route.abort()) });
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('gets a stream that never speaks asks instead', async () => {
    const session = await open(CHALLENGED);
    await come(session, { prepare: (page) => page.route(/\/events\?/, () => undefined) });
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('is over says so, and leads back to the shop', async () => {
    const session = await challenged();
    await rows(product, 'DELETE FROM hosted_link WHERE session_id = $1', [uuidOf(String(session['id']))]);

    await customer.shows('closed');
    await customer.page.locator('#return').click();
    await customer.page.waitForURL(/\/sorry/);
  });
});

describe('the bank’s page', () => {
  it('can be opened on its own, and leads back to ours', async () => {
    const session = await open(CHALLENGED);
    await come(session, { prepare: (page) => page.clock.install() });
    await customer.bank.locator('#otp').waitFor();
    await customer.page.clock.fastForward(4_500);
    await customer.page.locator('#open').click();
    await customer.page.waitForURL(/\/acs\/challenge/);
    await answer(customer.page, [WRONG, RIGHT]);

    await expectEnd(session, '/paid', 'approved');
    expect(customer.mishaps).toEqual([]);
  });

  it('on its own can be left by the back button', async () => {
    const session = await open(CHALLENGED);
    await come(session, { prepare: (page) => page.clock.install() });
    await customer.bank.locator('#otp').waitFor();
    await customer.page.clock.fastForward(4_500);
    await customer.page.locator('#open').click();
    await customer.page.waitForURL(/\/acs\/challenge/);
    await customer.page.goBack();
    await customer.shows('challenge');
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('whose result is late does not come up again', async () => {
    await withholdResults();
    const session = await open(CHALLENGED);
    await come(session, { prepare: (page) => page.clock.install() });
    await customer.bank.locator('#otp').waitFor();
    await customer.page.clock.fastForward(4_500);
    await customer.page.locator('#open').click();
    await customer.page.waitForURL(/\/acs\/challenge/);
    const posts: string[] = [];
    customer.page.on('request', (request) => {
      if (/acs\/challenge$/.test(request.url())) posts.push(request.url());
    });
    await answer(customer.page, [RIGHT]);
    await customer.shows('checking');
    await customer.page.reload();
    await customer.shows('checking');
    await sendWithheld(session);

    await expectEnd(session, '/paid', 'approved');
    expect(posts).toEqual([]);
    expect(customer.mishaps).toEqual([]);
  });

  it('that our policy keeps out is offered at once', async () => {
    const session = await open(CHALLENGED);
    await come(session, {
      prepare: (page) =>
        page.route(/\/hosted\/[\w-]{43}$/, async (route) => {
          const response = await route.fetch({ maxRedirects: 0 });
          const headers = response.headers();
          const policy = headers['content-security-policy']?.replace(/frame-src [^;]*/, `frame-src 'self'`) ?? '';
          await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy } });
        }),
    });
    await customer.shows('refused');
    await customer.page.locator('#open').click();
    await customer.page.waitForURL(/\/acs\/challenge/);
    await answer(customer.page, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('that lies changes nothing, and can be opened again', async () => {
    const session = await open(CHALLENGED);
    let isLying = true;
    await come(session, {
      prepare: async (page) => {
        await page.clock.install();
        await page.route(/acs\/challenge$/, async (route) => {
          if (!isLying) return route.continue();
          isLying = false;
          const { transaction_id: threeDSServerTransID, protocol_version: messageVersion, acs } = await read(session);
          const cres = {
            messageType: 'CRes',
            messageVersion,
            threeDSServerTransID,
            acsTransID: acs?.['transaction_id'],
            transStatus: 'Y',
          };
          const form = `<form method="post" action="${product.apiUrl}/3ds/challenge-notification"><input name="cres" value="${Buffer.from(JSON.stringify(cres)).toString('base64url')}"></form>`;
          return route.fulfill({
            contentType: 'text/html',
            body: `${form}<script>document.forms[0].submit()</script>`,
          });
        });
      },
    });
    await customer.shows('checking');
    expect(await read(session)).toMatchObject({ status: 'challenged' });
    await customer.page.clock.fastForward(15_500);
    await customer.page.locator('#open').click();
    await customer.page.waitForURL(/\/acs\/challenge/);
    await answer(customer.page, [WRONG, WRONG, WRONG]);

    await expectEnd(session, '/sorry', 'declined');
  });
});

describe('a cancel', () => {
  it('before the bank is asked ends the session', async () => {
    const session = await open(FRICTIONLESS);
    const method = hangs(/acs\/method$/);
    await come(session, method);
    await method.asked;
    await customer.leave();

    await expectEnd(session, '/sorry', 'expired');
  });

  it('before the page has the session ends it as well', async () => {
    const session = await open(FRICTIONLESS);
    const view = hangs(/\/view$/);
    await come(session, view);
    await view.asked;
    view.end();
    await customer.leave();

    await expectEnd(session, '/sorry', 'expired');
  });

  it('before the bank’s page is shown declines the challenge', async () => {
    const session = await open(CHALLENGED);
    const challenge = hangs(/\/hosted\/.*\/challenge$/);
    await come(session, challenge);
    await challenge.asked;
    await customer.leave();

    await expectEnd(session, '/sorry', 'challenge_abandoned');
  });

  it('with the bank’s page shown only leaves: its result still counts', async () => {
    const session = await challenged();
    await customer.leave();

    expect(await shop.comeBack(session)).toMatchObject({ path: '/sorry' });
    expect(await read(session)).toMatchObject({ status: 'challenged' });
    expect(await resultsSent(product, String((await read(session))['transaction_id']))).toEqual([]);
  });

  it('is asked about, and can be thought better of', async () => {
    const session = await challenged(PHONE_VISIT);
    await customer.page.locator('#cancel').click();
    await customer.page.locator('#sure button[value=no]').click();
    await customer.page.locator('#cancel').click();
    await customer.page.locator('#sure[open]').waitFor();
    await customer.page.keyboard.press('Escape');
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('in a window that has been left behind counts as well', async () => {
    const session = await challenged();
    const second = await customer.page.context().newPage();
    await second.goto(linkOf(session));
    await customer.shows('elsewhere');
    await customer.leave();

    expect(await shop.comeBack(session)).toMatchObject({ path: '/sorry' });
  });

  it('without a network still lets go', async () => {
    const session = await challenged();
    await customer.page.route(/\/cancel$/, () => undefined);
    await customer.leave();

    expect(await shop.comeBack(session)).toMatchObject({ path: '/sorry' });
  });
});

const PHONE_VISIT: Visit = { options: PHONE };

describe('in a page of the shop', () => {
  it('that may not frame it, the page says so and opens on its own', async () => {
    const session = await open(CHALLENGED);
    await come(session, { framedBy: shop });
    await customer.find('[data-notice=framed]').waitFor();
    await customer.picture('hosted-notice-framed');
    await customer.find('.actions a').click();
    await customer.page.waitForURL(linkOf(session));
    await answer(customer.bank, [RIGHT]);

    await expectEnd(session, '/paid', 'approved');
  });

  it('that keeps it in a sandbox, the page goes on in its frame', async () => {
    const session = await open(CHALLENGED);
    await letFrame(product, shop, session);
    await come(session, { framedBy: shop, sandbox: 'allow-scripts allow-forms allow-same-origin' });
    await answer(customer.bank, [RIGHT]);
    await customer.find('#return').click();

    await expectEnd(session, '/paid', 'approved');
    expect(customer.page.url()).toContain('/framing');
  });
});
