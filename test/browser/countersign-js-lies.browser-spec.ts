/** countersign.js and what must not move it: pages that lie, forge or say nothing. */
import type { Browser, Route } from 'playwright-core';
import { BROWSER_DATA, bearer, call, sessionRequest, type Body } from '../support/api';
import { PASSWORD } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { answer, MerchantPage, MerchantSite } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { CHALLENGED, FRICTIONLESS } from './journeys';

let product: Product;
let browser: Browser;
let token: string;
let site: MerchantSite;
let shop: MerchantPage;

beforeAll(async () => {
  product = await startProduct();
  // A page that a test puts in place counts as one from the internet, which may not reach this machine.
  browser = await launchBrowser({ off: ['LocalNetworkAccessChecks'] });
  token = await bearer(product);
}, 120_000);

beforeEach(async () => {
  site = await MerchantSite.start(product.apiUrl);
});
afterEach(async () => {
  await shop.window.close();
  await site.close();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

const read = async (id: unknown): Promise<Body> => (await call(product, 'GET', `/sessions/${String(id)}`, token)).body;

async function open(card: string, extra: Record<string, unknown> = {}): Promise<Body> {
  return (await call(product, 'POST', '/sessions', token, sessionRequest(card, extra))).body;
}

const challenged = (): Promise<Body> =>
  open(CHALLENGED, { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' } });

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const html = (script: string, form = ''): Parameters<Route['fulfill']>[0] => ({
  contentType: 'text/html',
  body: `<!doctype html>${form}<script>${script}</script>`,
});

/** A page that posts one field to `url` at once, as an issuer's does. */
const posting = (url: string, name: string, value: string): Parameters<Route['fulfill']>[0] =>
  html(
    'document.forms[0].submit()',
    `<form method="post" action="${url}"><input name="${name}" value="${value}"></form>`,
  );

/** From now on time passes only where the test says so. */
async function stopTheClock({ window }: MerchantPage): Promise<void> {
  await window.page.clock.install({ time: 0 });
  await window.page.clock.pauseAt(60_000);
}

describe('the 3DS Method', () => {
  /** Visits with a clock that the test turns, and puts `answerWith` in place of the issuer's page. */
  async function run(
    answerWith: (session: Body) => Parameters<Route['fulfill']>[0] | 'nothing',
    isSaid: (page: MerchantPage) => Promise<unknown> = async () => undefined,
  ): Promise<unknown> {
    const session = await open(FRICTIONLESS);
    shop = await MerchantPage.visit(browser, site);
    await stopTheClock(shop);
    const asked = shop.window.page.waitForRequest(/acs\/method$/);
    const said = isSaid(shop);
    const reply = answerWith(session);
    await shop.window.page.route(/acs\/method$/, (route) => (reply === 'nothing' ? undefined : route.fulfill(reply)));
    await shop.start('runThreeDSMethod(session)', session);
    await asked;
    await said;
    await shop.window.page.clock.runFor(9_900);
    const before = (await shop.at.evaluate('globalThis.isOver')) ? 'over' : 'waiting';
    await shop.window.page.clock.runFor(200);
    return { before, after: await shop.outcome() };
  }

  it('that never reports has ten seconds, then it is N', async () => {
    expect(await run(() => 'nothing')).toEqual({ before: 'waiting', after: { value: 'N' } });
    await shop.window.picture('kit-method-timeout');
  });

  /** Resolves once the page has got a message, so that a test does not end before the lie. */
  const aMessage = (page: MerchantPage): Promise<unknown> =>
    page.at.evaluate(`new Promise((done) => addEventListener('message', () => done(true), { once: true }))`);

  it('is not done because the issuer’s own page says so', async () => {
    const forged = await run(
      ({ transaction_id: transactionId }) =>
        html(`parent.postMessage(${JSON.stringify({ type: 'countersign:method-done', transactionId })}, '*')`),
      aMessage,
    );

    expect(forged).toEqual({ before: 'waiting', after: { value: 'N' } });
  });

  it('is not done because that of another transaction is', async () => {
    const threeDSServerTransID = '8a880dc0-d2d2-4067-bcb1-b08d1690b26e';
    const notification = `${product.apiUrl}/3ds/method-notification`;

    const other = await run(
      () => posting(notification, 'threeDSMethodData', encoded({ threeDSServerTransID })),
      aMessage,
    );

    expect(other).toEqual({ before: 'waiting', after: { value: 'N' } });
  });

  it('is not done because the page itself says so', async () => {
    const session = await open(FRICTIONLESS);
    shop = await MerchantPage.visit(browser, site);
    await stopTheClock(shop);
    await shop.window.page.route(/acs\/method$/, () => undefined);
    await shop.start('runThreeDSMethod(session)', session);
    const message = { type: 'countersign:method-done', transactionId: session['transaction_id'] };
    await shop.at.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
    await shop.window.page.clock.runFor(10_100);

    expect(await shop.outcome()).toEqual({ value: 'N' });
  });
});

describe('a challenge', () => {
  const isOver = `Promise.race([outcome.then(() => 'over'), new Promise((done) => setTimeout(done, 1500, 'waiting'))])`;

  it('is not over because a CRes says so: the right one is asked for until the server has it', async () => {
    const session = await challenged();
    shop = await MerchantPage.visit(browser, site);
    const cres = encoded({
      messageType: 'CRes',
      messageVersion: session['protocol_version'],
      threeDSServerTransID: session['transaction_id'],
      acsTransID: session['acs']?.['transaction_id'],
      transStatus: 'Y',
    });
    let isFirst = true;
    await shop.window.page.route(/acs\/challenge$/, async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      return route.fulfill(posting(`${product.apiUrl}/3ds/challenge-notification`, 'cres', cres));
    });
    const returned = shop.window.page.waitForResponse(/challenge-notification$/);
    await shop.start('challenge(session, { element })', session);
    await returned;

    expect(await shop.at.evaluate(isOver)).toBe('waiting');
    expect(await read(session['id'])).toMatchObject({ status: 'challenged' });
    await shop.window.picture('kit-lying-cres');
  });

  it('is not over because messages say so, however many', async () => {
    const session = await challenged();
    shop = await MerchantPage.visit(browser, site);
    let asked = 0;
    shop.window.page.on('request', (request) => {
      if (request.method() === 'GET' && /\/sessions\/sid_/.test(request.url())) asked += 1;
    });
    await shop.start('challenge(session, { element })', session);
    const messages = ['countersign:challenge-returned', 'approved', null, { status: 'approved' }].map((type) =>
      JSON.stringify({ type, status: 'approved', approved: true }),
    );
    const flood = `for (let n = 0; n < 500; n += 1) for (const one of [${messages.join(',')}, null, 'approved', 1]) window.postMessage(one, '*')`;
    await shop.at.evaluate(flood);

    expect(await shop.at.evaluate(isOver)).toBe('waiting');
    expect(asked).toBeLessThan(10);
    await answer(shop.bank, [{ password: PASSWORD }]);
    expect(await shop.outcome()).toMatchObject({ value: { status: 'approved' } });
    expect(shop.window.troubles).toEqual([]);
  });

  it('is not shown where the merchant has its turn', async () => {
    const session = await open(FRICTIONLESS);
    shop = await MerchantPage.visit(browser, site);

    expect(await shop.run('challenge(session, { element })', session)).toEqual({ code: 'not_challenged' });
  });
});
