/** docs/your-own-page.md, as it stands there: its page, its script and its server, with a person in front of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { Window } from '../support/browser';
import { PASSWORD, type Deed } from '../support/cardholder';
import { launchBrowser } from '../support/chromium';
import { answer } from '../support/merchant-page';
import { startProduct, type Product } from '../support/product';
import { CHALLENGED, FRICTIONLESS } from './journeys';

jest.setTimeout(30_000);

const DOCS = readFileSync(resolve(__dirname, '../../docs/your-own-page.md'), 'utf8');

/** The first code block of a language that `mark` stands in. */
function codeIn(language: string, mark: string): string {
  const blocks = [...DOCS.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
  const found = blocks.find(([, of, text]) => of === language && text?.includes(mark))?.[2];
  if (found === undefined) throw new Error(`docs/your-own-page.md has no ${language} with ${mark}`);
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

let product: Product;
let browser: Browser;
let folder: string;
let shop: ChildProcess;
let complaints = '';
let url: string;
let window: Window;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), 'own-page-'));
  writeFileSync(join(folder, 'page.html'), codeIn('html', '<form id="checkout">'));
  writeFileSync(join(folder, 'checkout.js'), codeIn('js', '// checkout.js'));
  writeFileSync(join(folder, 'server.mjs'), codeIn('js', '// server.mjs'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}/`;
  const { clientId, clientSecret, processingChannelId, publicKey } = product.demo;
  shop = spawn(process.execPath, [join(folder, 'server.mjs')], {
    env: {
      COUNTERSIGN: product.apiUrl,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      CHANNEL: processingChannelId,
      PUBLIC_KEY: publicKey,
      PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  shop.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  while (
    !(await fetch(url).then(
      () => true,
      () => false,
    ))
  ) {
    if (shop.exitCode !== null) throw new Error(`The server of the docs ended:\n${complaints}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}, 120_000);

afterEach(() => window.close());
afterAll(async () => {
  shop.kill();
  rmSync(folder, { recursive: true, force: true });
  await browser.close();
  await product.stop();
});

async function pay(number: string, deeds: Deed[] = []): Promise<string> {
  window = await Window.open(browser, { viewport: { width: 600, height: 640 } });
  // Nobody asks for an icon in the docs.
  await window.page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await window.page.goto(url);
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
    expect({ said: await pay(card, deeds), complaints }).toEqual({ said: words, complaints: '' });
    expect(window.troubles).toEqual([]);
  });
});
