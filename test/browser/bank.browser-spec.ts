import type { Browser, BrowserContextOptions } from 'playwright-core';
import { BROWSER_DATA, bearer, call, sessionRequest, type Body } from '../support/api';
import { Window } from '../support/browser';
import { launchBrowser } from '../support/chromium';
import { startProduct, type Product } from '../support/product';

/** The card whose programme has the longest name, and an amount to go with it: what fits here fits always. */
const CHALLENGED = '36138956596288';
const AMOUNT = 123_456_789;

type Options = BrowserContextOptions & { viewport: { width: number; height: number } };

/** The challenge windows of EMV 3-D Secure, 01 to 05 (emv-3ds.md, `challengeWindowSize`), and two in the dark. */
const WINDOWS: [name: string, options: Options][] = [
  ['250x400', { viewport: { width: 250, height: 400 } }],
  ['390x400', { viewport: { width: 390, height: 400 } }],
  ['500x600', { viewport: { width: 500, height: 600 } }],
  ['600x400', { viewport: { width: 600, height: 400 } }],
  ['full', { viewport: { width: 1280, height: 800 } }],
  ['250x400-dark', { viewport: { width: 250, height: 400 }, colorScheme: 'dark' }],
  ['full-dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
];

let product: Product;
let browser: Browser;
let token: string;
let window: Window;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  token = await bearer(product);
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function challenge(): Promise<Body> {
  const channelData = { ...BROWSER_DATA, three_ds_method_completion: 'Y' };
  const request = sessionRequest(CHALLENGED, { amount: AMOUNT, channel_data: channelData });
  const { body } = await call(product, 'POST', '/sessions', token, request);
  expect(body).toMatchObject({ status: 'challenged' });
  return body;
}

/** Posts a CReq, so that the bank's page is the only one in a window. */
async function openBank(session: Body, creq: string, options: Options): Promise<void> {
  window = await Window.open(browser, options);
  const url = String(session['acs']?.['url']);
  await window.page.setContent(`<form method="post" action="${url}"><input name="creq" value="${creq}"></form>`);
  await window.page.evaluate('document.forms[0].submit()');
}

const creqOf = (session: Body): string => String(session['3ds']?.['challenge_request']);

async function expectAllInView({ viewport }: Options): Promise<void> {
  for (const part of ['#otp', '#submit', '#cancel', '.notice']) {
    const box = await window.page.locator(part).boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(viewport.height);
    // WCAG 2.2, 2.5.8: what a finger must hit.
    expect(box?.height).toBeGreaterThanOrEqual(24);
  }
  expect(await window.flaws()).toEqual([]);
}

describe('the bank’s page', () => {
  it.each(WINDOWS)('shows all of itself without scrolling in %s', async (name, options) => {
    const session = await challenge();
    await openBank(session, creqOf(session), options);
    await window.page.locator('#challenge').waitFor();
    await window.picture(`bank-${name}`, false);
    await expectAllInView(options);

    await window.page.locator('#otp').fill('guess');
    await window.page.locator('#submit').click();
    await window.page.locator('#message').waitFor();

    await window.picture(`bank-${name}-wrong`, false);
    await expectAllInView(options);
    expect(window.troubles).toEqual([]);
  });

  it('says that it does not know a transaction', async () => {
    const session = await challenge();
    const creq = JSON.parse(Buffer.from(creqOf(session), 'base64url').toString('utf8')) as object;
    const nobody = '00000000-0000-4000-8000-000000000000';
    const unknown = JSON.stringify({ ...creq, threeDSServerTransID: nobody, acsTransID: nobody });

    await openBank(session, Buffer.from(unknown).toString('base64url'), { viewport: { width: 390, height: 400 } });
    await window.page.locator('#erro').waitFor();

    await window.picture('bank-unknown');
    expect(await window.page.locator('h1').innerText()).toBe('This authentication cannot go on');
    expect(await window.flaws()).toEqual([]);
  });
});
