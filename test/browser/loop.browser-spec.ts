/** The demo shop at the merchant whose upstream is this same server: the same payments, through the Checkout.com connector. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { bearer, call, type Body } from '../support/api';
import { Shop } from '../support/browser';
import { launchBrowser } from '../support/chromium';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { callbacksOf } from '../support/simulator';
import { JOURNEYS } from './journeys';

let product: Product;
let browser: Browser;
let merchant: DemoMerchant;
let token: string;
let shop: Shop;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const found = product.demo.merchants.find(({ connector }) => connector === 'checkout');
  if (!found) throw new Error('No merchant with the Checkout.com connector');
  merchant = found;
  token = await bearer(product, merchant);
}, 120_000);

afterEach(() => shop.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function visit(options: BrowserContextOptions = {}): Promise<void> {
  shop = await Shop.visit(browser, product, options);
  await shop.at(merchant);
}

const read = async (id: string): Promise<Body> => (await call(product, 'GET', `/sessions/${id}`, token)).body;

describe('the demo shop, through the Checkout.com connector', () => {
  it.each(JOURNEYS)('$name', async ({ name, card, scheme, deeds = [], shows, keeps, options }) => {
    await visit(options);
    await shop.pick(card, scheme);
    await shop.pay();
    await shop.answer(deeds);

    const ending = await shop.ending();

    await shop.picture(`loop-${name.replaceAll(/\W+/g, '-').toLowerCase()}`);
    expect(ending).toMatchObject(shows);
    const session = await read(ending.sessionId ?? '');
    expect(session).toMatchObject({ ...keeps, status: ending.status, completed: true });
    expect(ending.text).toBe(session['verdict']?.['text']);
    expect(await callbacksOf(product, ending.sessionId ?? '')).toMatchObject([
      { verified: true, body: { status: session['status'] } },
    ]);
    expect(await shop.flaws()).toEqual([]);
    expect(shop.troubles).toEqual([]);
  });

  it.each([
    ['card', '4484070000035519', 'card_not_enrolled'],
    ['bank', '4820285375797526', 'issuer_not_enrolled'],
  ])('says it when a %s is not enrolled', async (_what, card, code) => {
    await visit();
    await shop.pick(card);
    await shop.pay();

    const ending = await shop.ending();

    expect(ending).toMatchObject({ status: 'refused', tone: 'warn', sessionId: null });
    expect(ending.text).toContain(code);
    expect(shop.troubles).toEqual([]);
  });
});
