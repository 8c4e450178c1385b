/** countersign.js on a page of another site, in Chromium: the ways through, and what stands in the way. */
import type { Browser } from 'playwright-core';
import { BROWSER_DATA, bearer, call, sessionRequest, type Body } from '../support/api';
import { PASSWORD, playChallenge, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { answer, MerchantPage, MerchantSite, strictPolicy } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { CHALLENGED, FRICTIONLESS } from './journeys';

const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };
const IN_ELEMENT = 'challenge(session, { element, signal: stop.signal })';

let product: Product;
let browser: Browser;
let token: string;
let site: MerchantSite;
let shop: MerchantPage;

beforeAll(async () => {
  product = await startProduct();
  // As browsers are about to be: nothing is kept for a site inside another one.
  browser = await launchBrowser({ switches: ['--test-third-party-cookie-phaseout'] });
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

const visit = async (path = '/'): Promise<MerchantPage> => (shop = await MerchantPage.visit(browser, site, path));
const read = async (id: unknown): Promise<Body> => (await call(product, 'GET', `/sessions/${String(id)}`, token)).body;

async function open(card: string, extra: Record<string, unknown> = {}): Promise<Body> {
  const { body } = await call(product, 'POST', '/sessions', token, sessionRequest(card, extra));
  expect(body['session_secret']).toMatch(/^sek_/);
  return body;
}

/** A session whose challenge waits. */
const challenged = (extra: Record<string, unknown> = {}): Promise<Body> =>
  open(CHALLENGED, { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' }, ...extra });

const clean = (): void => expect(shop.window.troubles).toEqual([]);

/** The status that the page was told is the one that the server has. */
async function expectTruth(status: string, session: Body): Promise<void> {
  expect(await shop.outcome()).toMatchObject({ value: { id: session['id'], status } });
  expect(await read(session['id'])).toMatchObject({ status });
}

describe('the way without a challenge', () => {
  it('runs the 3DS Method, tells the browser, and has the result at once', async () => {
    await visit();
    const session = await open(FRICTIONLESS);

    expect(await shop.run('runThreeDSMethod(session)', session)).toEqual({ value: 'Y' });
    const seen = await shop.at.evaluate<object>('Countersign.collectBrowserData()');
    const { accept_header, ip_address } = BROWSER_DATA;
    const data = { ...seen, accept_header, ip_address, three_ds_method_completion: 'Y' };
    const { body, status } = await call(product, 'PUT', `/sessions/${session['id']}/collect-data`, token, data);
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'approved' } });
    await shop.run(IN_ELEMENT, session);

    await expectTruth('approved', session);
    expect(await shop.at.locator('#bank iframe').count()).toBe(0);
    clean();
  });

  it('reports the 3DS Method itself where the session has its device data', async () => {
    await visit();
    const session = await open(FRICTIONLESS, { channel_data: BROWSER_DATA });
    expect(session['next_actions']).toEqual(['issuer_fingerprint']);

    expect(await shop.run('runThreeDSMethod(session)', session)).toEqual({ value: 'Y' });

    await shop.run('waitForResult(session)', session);
    await expectTruth('approved', session);
    clean();
  });

  it('says U where the issuer has no 3DS Method, from nothing but id, secret and address', async () => {
    await visit();
    const { id, session_secret, _links } = await open('4556085951507152');

    expect(await shop.run('runThreeDSMethod(session)', { id, session_secret, _links } as unknown as Body)).toEqual({
      value: 'U',
    });
    clean();
  });
});

const ENDS: [string, Deed[], string][] = [
  ['the right password', [RIGHT], 'approved'],
  ['three wrong passwords', [WRONG, WRONG, WRONG], 'declined'],
  ['cancel', ['cancel'], 'challenge_abandoned'],
];

describe('a challenge in the page', () => {
  it.each(ENDS)('ends as the server has it after %s', async (name, deeds, status) => {
    await visit();
    const session = await challenged();
    await shop.start(IN_ELEMENT, session);
    await shop.bank.locator('#otp').waitFor();
    await shop.window.picture(`kit-element-${name.replaceAll(' ', '-')}`);
    await answer(shop.bank, deeds);

    await expectTruth(status, session);
    await shop.at.locator('#bank iframe').waitFor({ state: 'detached' });
    clean();
  });

  it('works in a page that another site frames', async () => {
    await visit('/framed');
    const session = await challenged();
    await shop.start(IN_ELEMENT, session);
    await answer(shop.bank, [RIGHT]);

    await expectTruth('approved', session);
    clean();
  });

  it.each([
    ['01', { width: 250, height: 400 }],
    ['02', { width: 390, height: 400 }],
    ['03', { width: 500, height: 600 }],
    ['04', { width: 600, height: 400 }],
  ])('has the size %s of EMV 3-D Secure, and tells the issuer', async (size, expected) => {
    await visit();
    const session = await challenged();
    const sent = shop.window.page.waitForRequest(/acs\/challenge$/);
    await shop.start(`challenge(session, { element, size: '${size}', signal: stop.signal })`, session);

    expect(await shop.at.locator('#bank iframe').boundingBox()).toMatchObject(expected);
    const creq = new URLSearchParams((await sent).postData() ?? '').get('creq') ?? '';
    expect(JSON.parse(Buffer.from(creq, 'base64url').toString())).toMatchObject({ challengeWindowSize: size });
  });

  it('leaves the page when the caller stops, and claims nothing', async () => {
    await visit();
    const session = await challenged();
    await shop.start(IN_ELEMENT, session);
    await shop.bank.locator('#otp').waitFor();
    await shop.at.evaluate('stop.abort()');

    expect(await shop.outcome()).toEqual({ code: 'aborted' });
    await shop.at.locator('#bank iframe').waitFor({ state: 'detached' });
    expect(await read(session['id'])).toMatchObject({ status: 'challenged' });
    clean();
  });

  it('keeps nothing in the browser', async () => {
    await visit();
    const session = await challenged();
    await shop.start(IN_ELEMENT, session);
    await answer(shop.bank, [RIGHT]);
    await expectTruth('approved', session);

    expect(await shop.window.page.context().cookies()).toEqual([]);
    expect(await shop.at.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });
});

describe('a challenge in a window', () => {
  it.each(ENDS)('ends and closes after %s', async (_name, deeds, status) => {
    await visit();
    const session = await challenged();
    const opened = shop.window.page.waitForEvent('popup');
    await shop.start('challenge(session, { popup: true })', session);
    const popup = await opened;
    await answer(popup, deeds);

    await expectTruth(status, session);
    expect(popup.isClosed() || (await popup.waitForEvent('close'))).toBeTruthy();
    clean();
  });

  it('uses the one that the page opened in a click', async () => {
    await visit();
    const session = await challenged();
    const opened = shop.window.page.waitForEvent('popup');
    await shop.start("challenge(session, { popup: window.open('') })", session);
    const popup = await opened;
    await answer(popup, [RIGHT]);

    await expectTruth('approved', session);
  });

  it('says so when the browser opens none', async () => {
    await visit();
    await shop.at.evaluate('window.open = () => null');

    expect(await shop.run('challenge(session, { popup: true })', await challenged())).toEqual({
      code: 'popup_blocked',
    });
  });
});

describe('a challenge in place of the page', () => {
  it.each(ENDS)('comes back to the merchant, who asks for the result, after %s', async (_name, deeds, status) => {
    await visit();
    const completion = { type: 'non_hosted', challenge_notification_url: `${site.url}/back` };
    const session = await challenged({ completion });
    await shop.start('challenge(session, { redirect: true })', session);
    await answer(shop.window.page, deeds);
    await shop.window.page.waitForURL(`${site.url}/back`);
    await shop.run('waitForResult(session)', session);

    await expectTruth(status, session);
    clean();
  });
});

describe('a frame that is refused', () => {
  it('by the page’s own policy leaves at once for a window', async () => {
    site.policy = strictPolicy(product.apiUrl).replace('frame-src http: https:', "frame-src 'none'");
    await visit();
    const session = await challenged();
    await shop.start(IN_ELEMENT, session);
    const offer = shop.at.getByRole('button', { name: 'Continue in a new window' });
    await offer.waitFor();
    await shop.window.picture('kit-refused');
    const opened = shop.window.page.waitForEvent('popup');
    await offer.click();
    await answer(await opened, [RIGHT]);

    await expectTruth('approved', session);
    expect(await offer.count()).toBe(0);
  });

  it('by the issuer leaves for a window, and for the whole page where there are none', async () => {
    await visit();
    await shop.window.page.route(/acs\/challenge$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'x-frame-options': 'DENY' } });
    });
    const completion = { type: 'non_hosted', challenge_notification_url: `${site.url}/back` };
    const session = await challenged({ completion });
    await shop.start(IN_ELEMENT, session);
    const offer = shop.at.getByRole('button', { name: 'Continue in a new window' });
    await offer.waitFor();
    await shop.window.picture('kit-refused-by-issuer');
    await shop.at.evaluate('window.open = () => null');
    await offer.click();
    await answer(shop.window.page, [RIGHT]);
    await shop.window.page.waitForURL(`${site.url}/back`);
    await shop.run('waitForResult(session)', session);

    await expectTruth('approved', session);
  });
});

describe('a network', () => {
  it('that is slow changes nothing', async () => {
    await visit();
    const wire = await shop.window.page.context().newCDPSession(shop.window.page);
    await wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 600,
      downloadThroughput: 20_000,
      uploadThroughput: 10_000,
    });
    const session = await challenged();
    await shop.start(IN_ELEMENT, session);
    await answer(shop.bank, [RIGHT]);

    await expectTruth('approved', session);
  });

  it('that is lost is waited out', async () => {
    await visit();
    const session = await challenged();
    await shop.start('waitForResult(session)', session);
    await shop.window.page.waitForResponse(/\/sessions\/sid_/);
    await shop.window.page.context().setOffline(true);
    await shop.window.page.waitForEvent('requestfailed');
    await playChallenge(session, RIGHT);
    await shop.window.page.context().setOffline(false);

    await expectTruth('approved', session);
  });
});

describe('a secret', () => {
  it('of another session opens nothing', async () => {
    await visit();
    const [one, other] = [await challenged(), await challenged()];

    expect(
      await shop.run(IN_ELEMENT, {
        ...one,
        status: 'processing',
        session_secret: other['session_secret'],
      } as unknown as Body),
    ).toEqual({ code: 'unauthorized' });
  });

  it('is sent to the API only, and never in an address', async () => {
    await visit();
    const session = await challenged();
    const secret = String(session['session_secret']);
    const seen: string[] = [];
    shop.window.page.context().on('request', (request) => {
      const text = JSON.stringify([request.url(), request.headers(), request.postData()]);
      if (text.includes(secret) || request.url().includes(encodeURIComponent(secret))) seen.push(request.url());
    });
    await shop.start(IN_ELEMENT, session);
    await answer(shop.bank, [RIGHT]);
    await expectTruth('approved', session);

    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set([`${product.apiUrl}/sessions/${String(session['id'])}`]));
  });
});

describe('the script', () => {
  it('loads under Subresource Integrity, by the address that never changes', async () => {
    const { path, integrity } =
      ((await (await fetch(`${product.apiUrl}/js/countersign.json`)).json()) as Record<string, Record<string, string>>)[
        'countersign.js'
      ] ?? {};
    site.head = `<script src="${product.apiUrl}${path}" integrity="${integrity}" crossorigin="anonymous"></script>`;
    await visit();

    expect(await shop.at.evaluate('Object.keys(Countersign).sort().join()')).toBe(
      'CountersignError,cardFields,challenge,collectBrowserData,runThreeDSMethod,waitForResult',
    );
    clean();
  });

  it('is a module too', async () => {
    site.head = `<script type="module" src="${product.apiUrl}/js/countersign.mjs"></script>`;
    await visit();

    expect(
      await shop.at.evaluate(`import('${product.apiUrl}/js/countersign.mjs').then((kit) => typeof kit.challenge)`),
    ).toBe('function');
    clean();
  });

  it('loads nothing from anybody else', async () => {
    shop = await MerchantPage.visit(browser, site);
    const origins = new Set<string>();
    shop.window.page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
    const session = await open(FRICTIONLESS);
    await shop.run('runThreeDSMethod(session)', session);

    // The issuer's page is what the 3DS Method is.
    expect([...origins].sort()).toEqual([product.apiUrl, product.simulatorUrl].sort());
  });
});
