/** The hosted page under every two conditions together, on the native connector: what the issuer says is what counts. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { bearer, call, type Body } from '../support/api';
import { PASSWORD, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { Customer, hangs, HostedShop, letFrame, linkOf, openHosted } from '../support/hosted-shop';
import { answer } from '../support/merchant-page';
import { pairwise, type Row } from '../support/pairwise';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { eventually, resultsSent, sendResult, transactionOf } from '../support/simulator';
import { CHALLENGED, FRICTIONLESS } from './journeys';

jest.setTimeout(120_000);

const FACTORS = {
  ending: ['frictionless', 'approved', 'declined', 'cancelled', 'left', 'expired', 'method_timeout'],
  size: ['desktop', 'phone'],
  network: ['fast', 'slow'],
  cookies: ['allowed', 'blocked'],
  place: ['alone', 'framed'],
  script: ['on', 'off'],
  motion: ['any', 'reduced'],
  language: ['en-GB', 'ar-EG'],
} as const;

type Conditions = Row<typeof FACTORS>;

/** Without script there is no 3DS Method to wait for. */
const ROWS = pairwise(FACTORS, ({ ending, script }) => !(ending === 'method_timeout' && script === 'off'));

const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };

/** What the API keeps in the end, and where the customer comes back to. */
const ENDINGS: Record<Conditions['ending'], { card: string; deeds: Deed[]; status: string; back: string }> = {
  frictionless: { card: FRICTIONLESS, deeds: [], status: 'approved', back: '/paid' },
  approved: { card: CHALLENGED, deeds: [WRONG, RIGHT], status: 'approved', back: '/paid' },
  declined: { card: CHALLENGED, deeds: [WRONG, WRONG, WRONG], status: 'declined', back: '/sorry' },
  cancelled: { card: CHALLENGED, deeds: ['cancel'], status: 'challenge_abandoned', back: '/sorry' },
  left: { card: CHALLENGED, deeds: [], status: 'challenged', back: '/sorry' },
  expired: { card: CHALLENGED, deeds: [], status: 'challenge_abandoned', back: '/sorry' },
  method_timeout: { card: FRICTIONLESS, deeds: [], status: 'approved', back: '/paid' },
};

const SIZES: Record<Conditions['size'], BrowserContextOptions> = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

/** A phone at the edge of its cell. */
const SLOW = { offline: false, latency: 300, downloadThroughput: 60_000, uploadThroughput: 30_000 };

let product: Product;
let browsers: Record<Conditions['cookies'], Browser>;
let token: string;
let shop: HostedShop;
let customer: Customer;
/** The 3DS Method, where a row wants it to hang. */
let method = hangs(/acs\/method$/);

beforeAll(async () => {
  product = await startProduct();
  const [allowed, blocked] = await Promise.all([
    launchBrowser(),
    launchBrowser({ switches: ['--test-third-party-cookie-phaseout'] }),
  ]);
  browsers = { allowed, blocked };
  token = await bearer(product);
  shop = await HostedShop.start();
  await letFrame(product, shop, await openHosted(product, token, shop, FRICTIONLESS));
}, 120_000);

afterEach(() => customer.close());
afterAll(async () => {
  await Promise.all(Object.values(browsers).map((browser) => browser.close()));
  await shop.close();
  await product.stop();
});

const read = async ({ id }: Body): Promise<Body> => (await call(product, 'GET', `/sessions/${String(id)}`, token)).body;

/** Time is the test's where the 3DS Method hangs; the network is as the row says. */
async function prepare(page: Page, { ending, network }: Conditions): Promise<void> {
  if (ending === 'method_timeout') {
    await page.clock.install();
    method = hangs(/acs\/method$/);
    await method.prepare(page);
  }
  if (network === 'slow') {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.emulateNetworkConditions', SLOW);
  }
}

function visit(conditions: Conditions, session: Body): Promise<Customer> {
  const { cookies, place, size, script, motion, language } = conditions;
  return Customer.come(browsers[cookies], linkOf(session), {
    options: {
      ...SIZES[size],
      javaScriptEnabled: script === 'on',
      reducedMotion: motion === 'reduced' ? 'reduce' : 'no-preference',
      locale: language,
    },
    framedBy: place === 'framed' ? shop : undefined,
    prepare: (page) => prepare(page, conditions),
  });
}

/** To the bank's page, whichever way. */
async function reachBank({ script }: Conditions): Promise<void> {
  if (script === 'off') {
    for (let presses = 0; presses < 3; presses += 1) await customer.pressPlain();
  }
  await customer.bank.locator('#otp').waitFor();
}

const DO: Record<Conditions['ending'], (conditions: Conditions, session: Body) => Promise<void>> = {
  frictionless: async ({ script }) => {
    if (script === 'off') await customer.pressPlain();
  },
  approved: answerBank,
  declined: answerBank,
  cancelled: answerBank,
  left: async (conditions, session) => {
    if (conditions.script === 'on') await reachBank(conditions);
    // One press more would be the bank's page, and away from ours.
    else for (let presses = 0; presses < 2; presses += 1) await customer.pressPlain();
    await customer.leave();
    await shop.comeBack(session);
    expect(await read(session)).toMatchObject({ status: 'challenged' });
  },
  expired: async (conditions, session) => {
    await reachBank(conditions);
    await rows(product, 'UPDATE session SET deadline_at = now() WHERE id = $1', [uuidOf(String(session['id']))]);
    await eventually(async () => ((await read(session))['approved'] as unknown) === false || undefined, 20_000);
    // Without script the bank's page stands alone, and knows nothing of it: the person goes back.
    if (conditions.script === 'off') await customer.page.goto(linkOf(session));
  },
  method_timeout: async () => {
    await method.asked;
    await customer.page.clock.fastForward(10_500);
  },
};

async function answerBank(conditions: Conditions): Promise<void> {
  await reachBank(conditions);
  await answer(customer.bank, ENDINGS[conditions.ending].deeds);
  if (conditions.script === 'off') await customer.page.getByRole('button', { name: 'Continue' }).click();
}

const named = (row: Conditions): string => Object.values(row).join(', ');

describe('the hosted page', () => {
  it.each(ROWS.map((row): [string, Conditions] => [named(row), row]))('%s', async (_name, conditions) => {
    const { card, status, back } = ENDINGS[conditions.ending];
    const session = await openHosted(product, token, shop, card);
    customer = await visit(conditions, session);
    await DO[conditions.ending](conditions, session);

    const { path, query } = await shop.comeBack(session);

    expect(path).toBe(back);
    expect(query).toBe(`?order=7&cko-session-id=${String(session['id'])}`);
    const ended = await read(session);
    expect(ended).toMatchObject({ status });
    await expectIssuersWord(conditions, ended);
    expect(customer.mishaps).toEqual([]);
    if (conditions.place === 'framed' && conditions.script === 'on') await expectWholeWindow();
  });
});

/** What the session ended as is what the ARes or the RReq said, and nothing that went through the browser. */
async function expectIssuersWord({ ending, script }: Conditions, session: Body): Promise<void> {
  const transactionId = String(session['transaction_id']);
  const { areq, ares } = await transactionOf(product, transactionId);
  if (ending === 'frictionless' || ending === 'method_timeout') {
    expect(session['response_code']).toBe(ares?.['transStatus']);
    expect(areq?.['threeDSCompInd']).toBe(script === 'off' || ending === 'method_timeout' ? 'N' : 'Y');
    return;
  }
  if (ending === 'expired') return;
  if (ending === 'left') {
    await sendResult(product, transactionId, { transStatus: 'Y' });
    expect(await read(session)).toMatchObject({ status: 'approved', approved: true });
    return;
  }
  const [result] = await resultsSent(product, transactionId);
  expect(session['response_code']).toBe(result?.rreq['transStatus']);
}

/** The shop has its whole window back: no frame is left. */
async function expectWholeWindow(): Promise<void> {
  await customer.page.waitForURL((url) => url.origin === shop.url && url.pathname !== '/framing');
  expect(customer.page.frames()).toHaveLength(1);
}
