import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { bearer, call, type Body } from '../support/api';
import { Shop, type Ending } from '../support/browser';
import { PASSWORD, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { answer } from '../support/merchant-page';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { callbacksOf } from '../support/simulator';
import { APPROVED, CHALLENGED, FRICTIONLESS, JOURNEYS, STEPS, WITH_CHALLENGE } from './journeys';

let product: Product;
let browser: Browser;
let token: string;
let shop: Shop;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  token = await bearer(product);
}, 120_000);

afterEach(() => shop.close());
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function visit(options: BrowserContextOptions = {}): Promise<void> {
  shop = await Shop.visit(browser, product, options);
}

const read = async (id: string): Promise<Body> => (await call(product, 'GET', `/sessions/${id}`, token)).body;

/** Nothing went wrong in the browser, and everything on the page can be read. */
async function expectCleanPage(): Promise<void> {
  expect(await shop.flaws()).toEqual([]);
  expect(shop.troubles).toEqual([]);
}

/** The page shows the session that the API has, the merchant was told the same, and its seal is right. */
async function expectTruth(ending: Ending): Promise<Body> {
  const session = await read(ending.sessionId ?? '');
  expect(ending.status).toBe(session['status']);
  expect(ending.text).toBe(session['verdict']?.['text']);
  expect(ending.facts['Response code']).toBe(session['response_code']);
  expect(ending.facts['ECI']).toBe(session['eci']);
  expect(ending.facts['3-D Secure']).toBe(session['protocol_version']);
  expect(session['completed']).toBe(true);

  const callbacks = await callbacksOf(product, ending.sessionId ?? '');
  expect(callbacks).toMatchObject([{ verified: true, body: { status: session['status'] } }]);
  expect(ending.callback).toEqual({ state: 'received', verified: 'true' });
  return session;
}

describe('the demo shop', () => {
  it.each(JOURNEYS)('$name', async ({ name, card, scheme, deeds = [], shows, keeps, options }) => {
    const file = `shop-${name.replaceAll(/\W+/g, '-').toLowerCase()}`;
    await visit(options);
    await shop.pick(card, scheme);
    await shop.pay();
    if (deeds.length > 0) {
      await shop.bank.locator('#otp:focus').waitFor();
      await shop.picture(`${file}-bank`, false);
    }
    await shop.answer(deeds);

    const ending = await shop.ending();

    await shop.picture(file);
    expect(ending).toMatchObject(shows);
    expect(await expectTruth(ending)).toMatchObject(keeps);
    await expectCleanPage();
  });

  it.each([
    ['card', '4484070000035519', 'This card does not take part in 3-D Secure.', 'card_not_enrolled'],
    ['bank', '4820285375797526', 'This card’s bank does not take part in 3-D Secure.', 'issuer_not_enrolled'],
  ])('says it clearly when a %s is not enrolled', async (what, card, headline, code) => {
    await visit();
    await shop.pick(card);
    await shop.pay();

    const ending = await shop.ending();

    await shop.picture(`shop-${what}-not-enrolled`);
    expect(ending).toMatchObject({ status: 'refused', headline, tone: 'warn', sessionId: null });
    expect(ending.text).toContain(code);
    expect(ending.steps).toEqual({
      create: 'failed',
      ...Object.fromEntries(
        ['method', 'collect', 'challenge', 'result', 'complete', 'callback'].map((step) => [step, 'skipped']),
      ),
    });
    expect(ending.callback.state).toBe('none');
    await expectCleanPage();
  });

  it('claims no result when the bank’s window was closed', async () => {
    await visit();
    await shop.pick(CHALLENGED);
    await shop.pay();
    await shop.bank.locator('#otp').waitFor();
    await shop.page.getByRole('button', { name: 'Close and leave' }).click();

    const ending = await shop.ending();

    await shop.picture('shop-left');
    expect(ending).toMatchObject({ status: 'challenged', headline: 'No result yet.', tone: 'warn' });
    expect(ending.steps).toEqual({ ...STEPS, challenge: 'failed', complete: 'skipped', callback: 'skipped' });
    expect(await read(ending.sessionId ?? '')).toMatchObject({ status: 'challenged', completed: false });
    await expectCleanPage();
  });

  it('starts afresh with the second payment', async () => {
    await visit();
    await shop.pick(CHALLENGED);
    await shop.pay();
    await shop.answer(['cancel']);
    const first = await shop.ending();
    await shop.pick(FRICTIONLESS);
    await shop.pay();

    const second = await shop.ending();

    expect(second).toMatchObject({ ...APPROVED, steps: STEPS });
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(second.facts).not.toHaveProperty('Cancelled');
    await expectTruth(second);
    await expectCleanPage();
  });

  it('can be used with the keyboard alone, and one sees where one is', async () => {
    await visit();
    const stops: string[] = [];
    const press = async (key: string): Promise<void> => {
      await shop.page.keyboard.press(key);
      const { on, isVisible } = await shop.focus();
      if (!isVisible) stops.push('no outline:');
      stops.push(on);
    };

    while (stops.at(-1) !== `card-${FRICTIONLESS}` && stops.length < 20) await press('Tab');
    await press('ArrowDown');
    while (stops.at(-1) !== 'run' && stops.length < 20) await press('Tab');
    await shop.page.keyboard.press('Enter');
    const ending = await shop.ending();
    const wasOn = (await shop.focus()).on;
    await press('Tab');
    await shop.page.keyboard.press('Enter');

    expect(stops).toEqual([
      'Skip to the result',
      'amount',
      'currency',
      'merchant',
      'place',
      'card-search',
      'All',
      'At once',
      'Challenge',
      'Errors',
      `card-${FRICTIONLESS}`,
      'card-5588686116426417',
      'card-number',
      'expiry',
      'challenge-indicator',
      'run',
      'JSON',
    ]);
    expect(wasOn).toBe('What happens');
    expect(ending).toMatchObject({ ...APPROVED, steps: STEPS });
    expect(await expectTruth(ending)).toMatchObject({ scheme: 'mastercard' });
    expect(await shop.page.getByTestId('step-create').locator('pre').innerText()).toContain('"status": 202');
    await shop.picture('shop-keyboard');
    await expectCleanPage();
  });

  it('lets the password be typed as soon as the bank’s window opens, whosever origin that is', async () => {
    const elsewhere = product.simulatorUrl.replace('localhost', '127.0.0.1');
    expect(elsewhere).not.toBe(product.simulatorUrl);
    shop = await Shop.visit(browser, product, {}, elsewhere);
    await shop.pick(CHALLENGED);
    await shop.pay();
    await shop.bank.locator('#otp:focus').waitFor();
    await shop.page.keyboard.type(PASSWORD);
    await shop.page.keyboard.press('Enter');

    const ending = await shop.ending();

    expect(ending).toMatchObject({ ...APPROVED, steps: WITH_CHALLENGE });
    await expectTruth(ending);
    await expectCleanPage();
  });

  describe('on Countersign’s page', () => {
    const HOSTED_STEPS = {
      create: 'skipped',
      method: 'skipped',
      collect: 'skipped',
      challenge: 'skipped',
      result: 'done',
      complete: 'skipped',
      callback: 'done',
    };
    const WRONG = { password: 'guess' };

    /** Pays there, at the merchant that was chosen; what the bank asks is answered. */
    async function payThere(card: string, deeds: readonly Deed[]): Promise<void> {
      await shop.page.getByTestId('place').selectOption('hosted');
      await shop.pick(card);
      await shop.pay();
      await shop.page.waitForURL(/\/hosted\//, { waitUntil: 'commit' });
      await answer(shop.page.frameLocator('#bank iframe'), deeds);
    }

    /** The customer is back, and sees how it ended. */
    async function backAtTheShop(): Promise<Ending> {
      await shop.page.waitForURL(/cko-session-id=/);
      await shop.page.locator('[data-testid=callback][data-state=received]').waitFor();
      return shop.ending();
    }

    it.each<[string, string, Deed[], Partial<Ending>]>([
      ['approves a card at once', FRICTIONLESS, [], APPROVED],
      ['approves after the right password', CHALLENGED, [{ password: PASSWORD }], APPROVED],
      ['declines after three wrong ones', CHALLENGED, [WRONG, WRONG, WRONG], { status: 'declined', tone: 'bad' }],
    ])('%s', async (name, card, deeds, shows) => {
      await visit();
      await payThere(card, deeds);

      const ending = await backAtTheShop();

      await shop.picture(`shop-hosted-${name.replaceAll(/\W+/g, '-')}`);
      expect(ending).toMatchObject({ ...shows, steps: HOSTED_STEPS });
      await expectTruth(ending);
      expect(await shop.flaws()).toEqual([]);
    });

    it('comes back to the merchant that was chosen', async () => {
      const other = product.demo.merchants[1] as DemoMerchant;
      await visit();
      await shop.at(other);
      await payThere(FRICTIONLESS, []);

      expect(await backAtTheShop()).toMatchObject(APPROVED);
      expect(await shop.page.getByTestId('merchant').inputValue()).toBe(other.processingChannelId);
    });

    it('believes nobody who only says that a payment went well', async () => {
      await visit();
      await payThere(CHALLENGED, []);
      await shop.page.frameLocator('#bank iframe').locator('#otp').waitFor();
      await shop.page.locator('#cancel').click();
      await shop.page.locator('#sure button[value=yes]').click();
      await shop.page.waitForURL(/cko-session-id=/);
      // Before it has asked, the page looks as if nothing was going on.
      await shop.page.locator('#verdict-title', { hasText: 'No result yet.' }).waitFor();

      expect(await shop.ending()).toMatchObject({ status: 'challenged', headline: 'No result yet.' });
    });
  });

  it('keeps the cryptogram and the merchant’s credentials from the browser', async () => {
    await visit();
    const answers: Promise<string>[] = [];
    shop.page.on('response', (response) => {
      if (response.request().resourceType() === 'fetch') answers.push(response.text());
    });
    await shop.pick(FRICTIONLESS);
    await shop.pay();

    const session = await expectTruth(await shop.ending());

    const heard = (await Promise.all(answers)).join('\n');
    const { session_secret: secret, cryptogram } = session;
    // The page acts with the session's own secret; it shows it to nobody.
    expect(await shop.page.content()).not.toContain(secret);
    expect(heard).toContain(`"status":"approved"`);
    expect(secret).toMatch(/^sek_/);
    expect(cryptogram).toHaveLength(28);
    for (const kept of [cryptogram, product.demo.clientSecret]) expect(heard).not.toContain(kept);
  });

  it('finds cards by words and digits', async () => {
    await visit();
    const shown = async (words: string): Promise<number> => {
      await shop.page.getByTestId('card-search').fill(words);
      return shop.page.locator('.card-row:visible').count();
    };

    expect(await shown('')).toBe(61);
    expect(await shown('4242')).toBe(1);
    expect(await shown('jcb approved')).toBe(2);
    expect(await shown('nothing like it')).toBe(0);
    await shop.picture('shop-search');
    expect(await shop.page.locator('#no-cards').isVisible()).toBe(true);
    await expectCleanPage();
  });

  it('says so when it has no server, and connects once it has one', async () => {
    const file = join(product.dataDir, 'demo.json');
    renameSync(file, `${file}.away`);
    try {
      await visit();
      await shop.picture('shop-without-server');
      expect(await shop.page.locator('#banner').innerText()).toContain('The shop has no server yet.');
      expect(await shop.page.locator('#connection').innerText()).toBe('No server');
      await expectCleanPage();
    } finally {
      renameSync(`${file}.away`, file);
    }

    await shop.page.getByRole('button', { name: 'Try again' }).click();

    await shop.page.locator('#connection[data-state=connected]').waitFor();
    expect(await shop.page.locator('#banner').isVisible()).toBe(false);
  });
});
