/** docs/hosted-sessions.md, as it stands there: its server, with a person in front of it, and with people who lie to it. */
import { encodeId } from '@app/kernel';
import { createHmac } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { Window } from '../support/browser';
import { PASSWORD, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { codeInDocs, DocsServer } from '../support/docs';
import { answer } from '../support/merchant-page';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { rows } from '../support/rows';
import { eventually } from '../support/simulator';
import { CHALLENGED, FRICTIONLESS } from './journeys';

const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };

let product: Product;
let browser: Browser;
let shop: DocsServer;
let window: Window;
let merchant: DemoMerchant;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  merchant = product.demo.merchants[0] as DemoMerchant;
  shop = await DocsServer.start(
    { 'server.mjs': codeInDocs('hosted-sessions.md', 'js', '// server.mjs') },
    {
      COUNTERSIGN: product.apiUrl,
      CLIENT_ID: merchant.clientId,
      CLIENT_SECRET: merchant.clientSecret,
      CHANNEL: merchant.processingChannelId,
      WEBHOOK_SECRET: merchant.webhookSecret,
    },
  );
}, 120_000);

afterEach(() => window?.close());
afterAll(async () => {
  shop.stop();
  await browser.close();
  await product.stop();
});

const bank = (): ReturnType<Window['page']['frameLocator']> => window.page.frameLocator('#bank iframe');

/** Pays with a card, up to our page or what comes after it. */
async function pay(number: string): Promise<void> {
  window = await Window.open(browser, { locale: 'en-GB', viewport: { width: 1280, height: 860 } });
  await window.page.goto(shop.url);
  await window.page.getByLabel('Card number').fill(number);
  await window.page.getByRole('button', { name: 'Pay' }).click({ noWaitAfter: true });
}

/** What the shop says once the customer is back. */
async function said(): Promise<string> {
  await window.page.waitForURL(/cko-session-id=/);
  return window.page.locator('main').innerText();
}

/** What the shop knows of the order by now. */
const orderOf = async (id: string): Promise<string> =>
  (await (await fetch(`${shop.url}/sorry?cko-session-id=${id}`)).text()).replaceAll(/<[^>]*>/g, '').replace('Shop', '');

const THANKS = 'Thank you! Your order is on its way.';
const FAILED = 'Your bank did not confirm it. Nothing was charged.';

describe('the shop of the docs', () => {
  it.each<[string, string, Deed[], string, string]>([
    ['a card that is approved at once', FRICTIONLESS, [], THANKS, '/thanks'],
    ['the right password', CHALLENGED, [RIGHT], THANKS, '/thanks'],
    ['three wrong ones', CHALLENGED, [WRONG, WRONG, WRONG], FAILED, '/sorry'],
    ['a card that the bank rejects', '4275765574319271', [], FAILED, '/sorry'],
  ])('takes %s', async (_what, number, deeds, text, path) => {
    await pay(number);
    await answer(bank(), deeds);

    expect(await said()).toBe(text);
    expect(new URL(window.page.url()).pathname).toBe(path);
  });

  it('is not told by an address that somebody typed', async () => {
    await pay(CHALLENGED);
    await bank().locator('#otp').waitFor();
    const id = await latest();

    expect(await (await fetch(`${shop.url}/thanks?cko-session-id=${id}`)).text()).toContain('still waiting');
    expect(await (await fetch(`${shop.url}/thanks?cko-session-id=sid_${'a'.repeat(26)}`)).text()).toContain('no such');
  });

  it('hears of a customer who never came back', async () => {
    await pay(CHALLENGED);
    await bank().locator('#otp').waitFor();
    const id = await latest();
    // The window goes with the last press.
    await window.page.route(/thanks|sorry/, (route) => route.abort());
    await answer(bank(), [RIGHT]);

    expect(await eventually(async () => ((await orderOf(id)) === THANKS ? THANKS : undefined), 20_000)).toBe(THANKS);
  });

  it('takes a callback only from who has the secret', async () => {
    await pay(FRICTIONLESS);
    await said();
    const body = JSON.stringify({ session_id: new URL(window.page.url()).searchParams.get('cko-session-id') });
    const post = async (secret: string, at: number): Promise<number> => {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const signature = createHmac('sha256', key).update(`msg_1.${at}.${body}`).digest('base64');
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(at),
        'webhook-signature': `v1,${signature}`,
      };
      return (await fetch(`${shop.url}/callbacks`, { method: 'POST', headers, body })).status;
    };
    const now = Math.floor(Date.now() / 1000);

    expect(await post(merchant.webhookSecret, now)).toBe(204);
    expect(await post(`whsec_${Buffer.alloc(32, 1).toString('base64')}`, now)).toBe(401);
    expect(await post(merchant.webhookSecret, now - 3_600)).toBe(401);
  });
});

/** The id of the session that was opened last. */
async function latest(): Promise<string> {
  const [row] = await rows<{ id: string }>(product, 'SELECT id FROM session ORDER BY id DESC LIMIT 1');
  return encodeId('session', String(row?.id));
}
