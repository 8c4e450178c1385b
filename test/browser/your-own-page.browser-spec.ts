/** docs/your-own-page.md, as it stands there: its page, its script and its server, with a person in front of them. */
import type { Browser } from 'playwright-core';
import { Window } from '../support/browser';
import { PASSWORD, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { codeInDocs, DocsServer } from '../support/docs';
import { answer } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { CHALLENGED, FRICTIONLESS } from './journeys';

const PAGE = 'your-own-page.md';

let product: Product;
let browser: Browser;
let shop: DocsServer;
let window: Window;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const { clientId, clientSecret, processingChannelId, publicKey } = product.demo;
  shop = await DocsServer.start(
    {
      'page.html': codeInDocs(PAGE, 'html', '<form id="checkout">'),
      'checkout.js': codeInDocs(PAGE, 'js', '// checkout.js'),
      'server.mjs': codeInDocs(PAGE, 'js', '// server.mjs'),
    },
    {
      COUNTERSIGN: product.apiUrl,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      CHANNEL: processingChannelId,
      PUBLIC_KEY: publicKey,
    },
  );
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  shop.stop();
  await browser.close();
  await product.stop();
});

async function pay(number: string, deeds: Deed[] = []): Promise<string> {
  window = await Window.open(browser, { viewport: { width: 600, height: 640 } });
  // Nobody asks for an icon in the docs.
  await window.page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await window.page.goto(shop.url);
  const fields = window.page.frameLocator('#card iframe');
  await fields.locator('#number').fill(number);
  await fields.locator('#expiry').fill('1230');
  await window.page.getByRole('button', { name: 'Pay' }).click();
  if (deeds.length > 0) {
    await window.page.frameLocator('#bank iframe').locator('#otp').waitFor();
    await window.picture('own-page-bank');
  }
  await answer(window.page.frameLocator('#bank iframe'), deeds);
  const result = window.page.locator('#result', { hasNotText: 'One moment' });
  await result.filter({ hasText: /\w/ }).waitFor();
  await window.picture(`own-page-${deeds.length > 0 ? 'challenge' : 'frictionless'}`);
  return result.innerText();
}

describe('the page of the docs', () => {
  it('says so when a card cannot be taken, and lets it be put right', async () => {
    expect(await pay('4242')).toBe('Please look at your card again.');
  });

  it.each<[string, string, Deed[], string]>([
    ['a card that is approved at once', FRICTIONLESS, [], 'Thank you!'],
    ['the right password', CHALLENGED, [{ password: PASSWORD }], 'Thank you!'],
    ['a cancelled challenge', CHALLENGED, ['cancel'], 'Your bank did not confirm it. Try another card.'],
  ])('says it plainly after %s', async (_name, card, deeds, words) => {
    expect({ said: await pay(card, deeds), complaints: shop.complaints }).toEqual({ said: words, complaints: '' });
    expect(window.troubles).toEqual([]);
  });
});
