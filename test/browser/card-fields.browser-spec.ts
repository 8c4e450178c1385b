/** Card fields on a page of another site, in Chromium: the merchant gets what stands for the card, and never its number. */
import { encodePublicKey } from '@app/credentials';
import type { Browser, FrameLocator } from 'playwright-core';
import { BROWSER_DATA, bearer, call, sessionRequest } from '../support/api';
import { launchBrowser } from '../support/chromium';
import { findLeaks } from '../support/leaks';
import { MerchantPage, MerchantSite } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';

const NUMBER = '4485040371536584';

let product: Product;
let browser: Browser;
let token: string;
let site: MerchantSite;
let shop: MerchantPage;

beforeAll(async () => {
  product = await startProduct();
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

/** The shop with card fields in it; gives the fields. */
async function showFields(more: Record<string, unknown> = {}, options = {}): Promise<FrameLocator> {
  shop = await MerchantPage.visit(browser, site, '/', options);
  const settings = { apiUrl: product.apiUrl, publicKey: product.demo.publicKey, ...more };
  await shop.at.evaluate(`
    globalThis.states = [];
    globalThis.fields = Countersign.cardFields({
      ...${JSON.stringify(settings)},
      element: document.getElementById('bank'),
      onChange: (state) => states.push(state),
    }).catch((error) => { globalThis.failed = error.code; });`);
  return shop.bank;
}

/** What became of handing the card over: the token, or the code of the error. */
const tokenize = (): Promise<Record<string, unknown>> =>
  shop.at.evaluate<Record<string, unknown>>(
    `fields.then((made) => made.tokenize()).catch((error) => ({ code: error.code, codes: error.codes }))`,
  );

async function type(fields: FrameLocator, number: string, expiry: string): Promise<void> {
  await fields.locator('#number').pressSequentially(number);
  await fields.locator('#expiry').pressSequentially(expiry);
}

it('give the page what stands for the card, with which its server opens a session', async () => {
  const fields = await showFields({ withName: true });
  await type(fields, NUMBER, '1230');
  await fields.locator('#name').fill('Ada Lovelace');

  const card = await tokenize();

  expect(card).toMatchObject({ last4: '6584', expiry_month: 12, expiry_year: 2030, name: 'Ada Lovelace' });
  expect(await fields.locator('#number').inputValue()).toBe('4485 0403 7153 6584');
  expect(JSON.stringify(card)).not.toContain(NUMBER);
  expect(await shop.at.content()).not.toMatch(/4485/);
  const body = sessionRequest(NUMBER, { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' } });
  const source = { type: 'token', token: card['token'] };
  const session = await call(product, 'POST', '/sessions', token, { ...body, source });
  expect(session).toMatchObject({ status: 201, body: { status: 'approved' } });
  expect(shop.window.troubles).toEqual([]);
});

it('say what is wrong, where, and only once somebody has typed', async () => {
  const fields = await showFields();
  await fields.locator('#number').pressSequentially('4242 4242');
  expect(await fields.locator('#number-problem').textContent()).toBe('');

  await fields.locator('#expiry').pressSequentially('120');
  await fields.locator('#number').focus();

  expect(await fields.locator('#number-problem').textContent()).toBe('Check the card number');
  expect(await fields.locator('#expiry-problem').textContent()).toBe('Enter the month and year on the card');
  expect(await fields.locator('#number').getAttribute('aria-invalid')).toBe('true');
  expect(await tokenize()).toEqual({ code: 'invalid_card', codes: [] });
  await shop.window.picture('card-fields-wrong');
  await fields.locator('#number').fill(NUMBER);
  await fields.locator('#expiry').fill('0120');
  await fields.locator('#number').focus();
  expect(await fields.locator('#number-problem').textContent()).toBe('');
  expect(await fields.locator('#expiry-problem').textContent()).toBe('This card has expired');
});

it('keep the caret where it is while a digit is put right', async () => {
  const fields = await showFields();
  const number = fields.locator('#number');
  await number.fill('4485040371536584');
  for (let step = 0; step < 12; step++) await number.press('ArrowLeft');

  await number.press('Backspace');
  await number.press('9');

  expect(await number.inputValue()).toMatch(/^4485 09?/);
  expect((await number.inputValue()).replaceAll(' ', '')).toHaveLength(16);
});

it('tell the page where they stand, and nothing of what is in them', async () => {
  const fields = await showFields();
  await type(fields, '378282246310005', '1230');

  await shop.at.waitForFunction('states.at(-1)?.complete === true');
  const states = await shop.at.evaluate<Record<string, unknown>[]>('states');

  expect(states.at(-1)).toEqual({ complete: true, brand: 'amex', height: expect.any(Number) as number });
  expect((await shop.at.locator('#bank iframe').boundingBox())?.height).toBeGreaterThan(60);
  expect(JSON.stringify(states)).not.toContain('3782');
});

it.each([
  ['de', 'Kartennummer', 'ltr', 'light'],
  ['ar', 'رقم البطاقة', 'rtl', 'dark'],
] as const)('speak %s', async (locale, label, dir, colorScheme) => {
  const fields = await showFields({ locale, withName: true }, { colorScheme, viewport: { width: 390, height: 500 } });

  expect(await fields.locator('label[for=number]').textContent()).toBe(label);
  expect(await fields.locator('html').getAttribute('dir')).toBe(dir);
  // The page around says nothing of a dark side.
  expect(await fields.locator('html').getAttribute('data-scheme')).toBeNull();
  await shop.window.picture(`card-fields-${locale}`);
});

it('are dark on a page that is', async () => {
  site.head += '<meta name="color-scheme" content="light dark">';
  const fields = await showFields({}, { colorScheme: 'dark' });
  await fields.locator('#number').waitFor();

  expect(await fields.locator('html').getAttribute('data-scheme')).toBe('dark');
  await shop.window.picture('card-fields-dark');
});

it('take a look that is one, and none that fetches or breaks out', async () => {
  const fields = await showFields({
    look: { color: 'rgb(1, 2, 3)', background: 'url(https://evil.example/x)', borderRadius: '0} * {display:none' },
  });
  await fields.locator('#number').waitFor();

  const style = await shop.window.page
    .frames()
    .find((frame) => frame.url().includes('/fields/card'))
    ?.evaluate<object>(
      `(({ color, backgroundImage: image }) => ({ color, image }))(getComputedStyle(document.querySelector('main')))`,
    );

  expect(style).toEqual({ color: 'rgb(1, 2, 3)', image: 'none' });
  expect(shop.window.troubles).toEqual([]);
});

it('do not come for a key that there is not', async () => {
  await showFields({ publicKey: `${product.demo.publicKey.slice(0, -1)}!` });

  await shop.at.waitForFunction('globalThis.failed');

  expect(await shop.at.evaluate('failed')).toBe('network');
  expect(await shop.at.locator('#bank iframe').count()).toBe(0);
});

it('do not stand on a page that their key is not for', async () => {
  const [{ id: channel } = { id: '' }] = await rows<{ id: string }>(
    product,
    'SELECT channel_id AS id FROM public_key WHERE revoked_at IS NULL LIMIT 1',
  );
  const [{ id } = { id: '' }] = await rows<{ id: string }>(
    product,
    `INSERT INTO public_key (id, channel_id, merchant_id, environment, created_at, allowed_origins)
     SELECT gen_random_uuid(), channel_id, merchant_id, environment, now(), ARRAY['https://shop.example']
     FROM public_key WHERE channel_id = '${channel}' LIMIT 1 RETURNING id`,
  );
  await showFields({ publicKey: encodePublicKey(id) });

  await shop.at.waitForFunction('globalThis.failed');

  expect(await shop.at.evaluate('failed')).toBe('network');
  expect(shop.window.troubles.join()).toMatch(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/);
});

it('obey the page that they gave the channel to, and no message besides', async () => {
  const fields = await showFields();
  await fields.locator('#number').fill(NUMBER);

  await shop.at.evaluate(`
    for (const data of [{ type: 'clear' }, { type: 'countersign:fields-start', settings: { publicKey: 'pk_other' } }])
      document.querySelector('#bank iframe').contentWindow.postMessage(data, '*', [new MessageChannel().port2]);`);
  await type(fields, '', '1230');

  expect(await fields.locator('input').count()).toBe(2);
  expect(await tokenize()).toMatchObject({ last4: '6584' });
});

it('leave no card number in logs or tables', async () => {
  await showFields();
  expect(await findLeaks(product)).toEqual([]);
});
