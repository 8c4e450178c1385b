/** A person at the demo shop: one window of a real browser, what they do in it and what it shows them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import type { Deed } from './cardholder';
import type { Product } from './product';

const ARTIFACTS = resolve(__dirname, '../.artifacts');
const FIND_FLAWS = readFileSync(resolve(__dirname, 'page-flaws.mjs'), 'utf8');

/** How long a window waits for anything: a loaded machine takes its time. Tests have more, so that it is told what was waited for. */
export const PATIENCE_MS = 40_000;

/** What a browser gives up when a page or frame is left before it has everything: nothing went wrong. */
export const GIVEN_UP = /^failed: \S+ net::ERR_ABORTED$/;

/** How the page says that a payment ended. */
export interface Ending {
  sessionId: string | null;
  status: string;
  headline: string;
  text: string;
  tone: string;
  /** step -> state */
  steps: Record<string, string>;
  /** The verdict's details by their labels. */
  facts: Record<string, string>;
  callback: { state: string; verified: string | null };
}

/** A browser window; collects everything that went wrong in it. */
export class Window {
  /** Console errors and warnings, exceptions, failed requests and answers of 400 and more. */
  readonly troubles: string[] = [];

  protected constructor(
    protected readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.troubles.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.troubles.push(`exception: ${error.error().message}`));
    context.on('requestfailed', (request) =>
      this.troubles.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`),
    );
    context.on('response', (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.status()}: ${response.url()}`);
    });
  }

  /** An empty window. */
  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
    const context = await browser.newContext(options);
    return new Window(context, await context.newPage());
  }

  /** What could not be read, and what is cut off, on the page as it is now. */
  flaws(): Promise<string[]> {
    return this.page.evaluate<string[]>(FIND_FLAWS);
  }

  /** Keeps a picture of the whole page in `test/.artifacts`. */
  async picture(name: string, fullPage = true): Promise<void> {
    await this.page.screenshot({ path: resolve(ARTIFACTS, `${name}.png`), fullPage });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** A window with the demo shop in it. */
export class Shop extends Window {
  /** Opens the shop, at its own address or another name of it, and waits until its page is ready. */
  static async visit(
    browser: Browser,
    product: Product,
    options: BrowserContextOptions = {},
    url = product.simulatorUrl,
  ): Promise<Shop> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const shop = new Shop(context, await context.newPage());
    await shop.page.goto(url);
    await shop.page.locator('html[data-ready]').waitFor();
    return shop;
  }

  /** Pays at another merchant than the first. */
  async at({ processingChannelId }: { processingChannelId: string }): Promise<void> {
    await this.page.getByTestId('merchant').selectOption(processingChannelId);
  }

  /** Picks a card from the list; `scheme` where it carries two brands. */
  async pick(number: string, scheme?: string): Promise<void> {
    await this.page.getByTestId(`card-${number}`).check();
    if (scheme !== undefined) await this.page.getByTestId('scheme').selectOption(scheme);
  }

  async pay(): Promise<void> {
    await this.page.getByTestId('run').click();
  }

  /** The bank's page, inside the shop's. */
  get bank(): FrameLocator {
    return this.page.frameLocator('[data-testid=challenge-frame]');
  }

  /** Does `deeds` in the bank's window, one after the other. */
  async answer(deeds: readonly Deed[]): Promise<void> {
    for (const [index, deed] of deeds.entries()) {
      if (deed === 'cancel') {
        await this.bank.locator('#cancel').click();
      } else {
        if (index > 0) await this.bank.locator('#message', { hasText: `${3 - index} tr` }).waitFor();
        await this.bank.locator('#otp').fill(deed.password);
        await this.bank.locator('#submit').click();
      }
    }
  }

  /** Waits until the payment is over, and reads what the page says. */
  async ending(): Promise<Ending> {
    const { page } = this;
    await page.locator('[data-testid=run]:enabled').waitFor();
    const words = async (selector: string): Promise<string> =>
      (await page.locator(selector).allInnerTexts()).join(' ').trim();
    const attribute = (testId: string, name: string): Promise<string | null> =>
      page.getByTestId(testId).getAttribute(name);

    const steps: Record<string, string> = {};
    for (const step of await page.locator('[data-testid^=step-]').all()) {
      const name = (await step.getAttribute('data-testid'))?.replace('step-', '') ?? '';
      steps[name] = (await step.getAttribute('data-state')) ?? '';
    }
    const names = await page.locator('#facts dt').allInnerTexts();
    const values = await page.locator('#facts dd').allInnerTexts();
    return {
      sessionId: (await words('#session')) || null,
      status: await words('[data-testid=status]'),
      headline: await words('#verdict-title'),
      text: await words('#verdict-text'),
      tone: (await attribute('verdict', 'data-tone')) ?? '',
      steps,
      facts: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
      callback: {
        state: (await attribute('callback', 'data-state')) ?? '',
        verified: await attribute('callback', 'data-verified'),
      },
    };
  }

  /** What has the focus: its test id, or its text; and whether one can see that it has it. */
  focus(): Promise<{ on: string; isVisible: boolean }> {
    return this.page.evaluate<{ on: string; isVisible: boolean }>(`(() => {
      const focused = document.activeElement;
      const hasOutline = (element) => element !== null && getComputedStyle(element).outlineStyle !== 'none';
      return {
        on: focused.dataset.testid ?? focused.textContent.trim().slice(0, 30),
        isVisible: hasOutline(focused) || hasOutline(focused.closest('label')),
      };
    })()`);
  }
}
