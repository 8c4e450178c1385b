/** A Countersign whose public address has a path: cardholders' pages and the card fields find everything below it. */
import type { Browser } from 'playwright-core';
import { bearer, call } from '../support/api';
import { PASSWORD } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { Customer, HostedShop, linkOf, openHosted } from '../support/hosted-shop';
import { answer, MerchantPage, MerchantSite, strictPolicy } from '../support/merchant-page';
import { PathProxy } from '../support/path-proxy';
import { startProduct, type Product } from '../support/product';
import { CHALLENGED } from './journeys';

let proxy: PathProxy;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  proxy = await PathProxy.start('/3ds');
  product = await startProduct({ COUNTERSIGN_PUBLIC_URL: proxy.url });
  proxy.target = product.apiUrl;
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
  await proxy.close();
});

it('leads a customer from the link through the bank and back to the shop', async () => {
  const token = await bearer(product);
  const shop = await HostedShop.start();
  const session = await openHosted(product, token, shop, CHALLENGED);
  expect(linkOf(session)).toContain(`${proxy.url}/hosted/`);
  const customer = await Customer.come(browser, linkOf(session));
  await customer.bank.locator('#otp').waitFor();
  await answer(customer.bank, [{ password: PASSWORD }]);

  expect(await shop.comeBack(session)).toMatchObject({ path: '/paid' });
  expect((await call(product, 'GET', `/sessions/${String(session['id'])}`, token)).body['status']).toBe('approved');
  expect(customer.mishaps).toEqual([]);
  expect(proxy.strays).toEqual([]);
  await customer.close();
  await shop.close();
});

it('takes a card from a merchant’s page', async () => {
  const site = await MerchantSite.start(proxy.url);
  site.policy = strictPolicy(new URL(proxy.url).origin);
  const { window, at, bank: fields } = await MerchantPage.visit(browser, site);
  const settings = JSON.stringify({ apiUrl: proxy.url, publicKey: product.demo.publicKey });
  await at.evaluate(
    `globalThis.fields = Countersign.cardFields({ ...${settings}, element: document.getElementById('bank') })`,
  );
  await fields.locator('#number').fill('4485040371536584');
  await fields.locator('#expiry').fill('1230');

  const card = await at.evaluate<Record<string, unknown>>('fields.then((made) => made.tokenize())');

  expect(card).toMatchObject({ last4: '6584', token: expect.stringMatching(/^tok_/) as string });
  expect(window.troubles).toEqual([]);
  expect(proxy.strays).toEqual([]);
  await window.close();
  await site.close();
});

it('names its scripts by addresses that there are', async () => {
  const named = (await (await fetch(`${proxy.url}/js/countersign.json`)).json()) as Record<string, { path: string }>;

  for (const { path } of Object.values(named)) {
    expect((await fetch(new URL(path, proxy.url))).status).toBe(200);
  }
});
