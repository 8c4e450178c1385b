/** An operator at the console: one window of a real browser, and what can be said of every screen in it. */
import type { OperatorRole } from '@app/platform';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Route } from 'playwright-core';
import { GIVEN_UP, Window } from './browser';
import { inviteAndSignIn, type ConsoleClient } from './console';
import { watchSecret } from './leaks';
import type { Product } from './product';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const ALL_RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const CONTRAST = { type: 'rule', values: ['color-contrast'] };
/** What another width or other colours ask for has been drawn. */
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
const DESKTOP = { width: 1360, height: 850 };
const PHONE = { width: 390, height: 844 };

/** What the browser itself says of an answer that a test asked for; its status is judged apart. */
const ECHO = /^console: Failed to load resource/;

/** The demo's administrator as a browser remembers one, by the server: signing in costs a second that few tests are about. */
const remembered = new Map<string, NonNullable<BrowserContextOptions['storageState']>>();

/** Who was signed in for a role, by the server. */
const clients = new Map<string, ConsoleClient>();
const PASSWORD = 'gravel lantern tiger';

/** A window with the console in it. */
export class OperatorWindow extends Window {
  private readonly strangers: string[] = [];

  /** Opens the console at `path` (below `/admin`); nobody is signed in. */
  static async visit(
    browser: Browser,
    product: Pick<Product, 'apiUrl'>,
    path = '/',
    options: BrowserContextOptions = {},
  ): Promise<OperatorWindow> {
    const context = await browser.newContext({
      viewport: DESKTOP,
      // What fades is neither photographed nor measured half-way.
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const window = new OperatorWindow(context, await context.newPage());
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== product.apiUrl) window.strangers.push(request.url());
    });
    await window.page.goto(`${product.apiUrl}/admin${path}`);
    return window;
  }

  /** The demo's administrator, signed in. */
  static async ofDemo(browser: Browser, product: Product, path = '/'): Promise<OperatorWindow> {
    const known = remembered.get(product.apiUrl);
    if (known) return OperatorWindow.visit(browser, product, path, { storageState: known });
    const { consoleEmail: email, consolePassword: password } = product.demo;
    const window = await OperatorWindow.signedIn(browser, product, { email, password }, path);
    // The cookie alone: to write a store, too, Playwright opens one more page for each window, half a second's work.
    const { cookies } = await window.context.storageState();
    remembered.set(product.apiUrl, { cookies, origins: [] });
    return window;
  }

  /** Whom a client has signed in: the window has the cookie that it got. */
  static async of(
    browser: Browser,
    product: Pick<Product, 'apiUrl'>,
    client: Pick<ConsoleClient, 'cookie'>,
    path = '/',
  ): Promise<OperatorWindow> {
    const [name = '', value = ''] = (client.cookie ?? '').split('=');
    const { hostname: domain } = new URL(product.apiUrl);
    const flags = { path: '/', httpOnly: true, secure: false, sameSite: 'Strict' as const, expires: -1 };
    const storageState = { cookies: [{ name, value, domain, ...flags }], origins: [] };
    return OperatorWindow.visit(browser, product, path, { storageState });
  }

  /** Somebody of a role for all merchants, at `path`: signed in once for each server. */
  static async ofRole(browser: Browser, product: Product, role: OperatorRole, path = '/'): Promise<OperatorWindow> {
    const key = `${product.apiUrl} ${role}`;
    const client =
      clients.get(key) ??
      (await inviteAndSignIn(product, `${role}.of.all@example.com`, PASSWORD, { role, all_merchants: true }));
    clients.set(key, client);
    return OperatorWindow.of(browser, product, client, path);
  }

  /** Somebody, signed in and at `path`. */
  static async signedIn(
    browser: Browser,
    product: Pick<Product, 'apiUrl'>,
    who: { readonly email: string; readonly password: string },
    path = '/',
  ): Promise<OperatorWindow> {
    const window = await OperatorWindow.visit(browser, product, path);
    await window.signIn(who.email, who.password);
    await window.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    return window;
  }

  /** Fills in the first step of the sign-in. */
  async signIn(email: string, password: string): Promise<void> {
    watchSecret(password);
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Goes to a screen by its entry of the menu. */
  async open(screen: string): Promise<void> {
    const menu = this.page.getByRole('navigation', { name: 'Screens' });
    await menu.getByRole('link', { name: screen, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: screen }).waitFor();
  }

  /** Goes to `path` within the console, without loading it anew: as by a link. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate(
      `history.pushState({}, '', ${JSON.stringify(`/admin${path}`)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
  }

  /** What the browser keeps for all sites, by name, without what is in it. */
  async cookies(): Promise<{ name: string; sameSite: string; httpOnly: boolean }[]> {
    return (await this.context.cookies()).map(({ name, sameSite, httpOnly }) => ({ name, sameSite, httpOnly }));
  }

  /** The rows of the list that is shown, as their texts. */
  async rows(): Promise<string[]> {
    return this.page.locator('tbody tr').allInnerTexts();
  }

  /** Comes back to the window, as from another one, until it says `text`: what is shown is asked for again then. */
  async comesBackTo(text: string): Promise<void> {
    await this.page.evaluate(
      "globalThis.comingBack = setInterval(() => dispatchEvent(new Event('visibilitychange')), 250)",
    );
    await this.page.getByText(text).first().waitFor();
    await this.page.evaluate('clearInterval(globalThis.comingBack)');
  }

  /**
   * What is asked of `url` goes wrong as `wrong` says. Gives what ends that: the press of a button, and nothing before it, as
   * the page also asks by itself, and who would press the button would find it gone.
   */
  async goesWrong(
    url: string | RegExp,
    wrong: (route: Route) => Promise<void>,
  ): Promise<(button: Locator) => Promise<void>> {
    await this.page.route(url, async (route) =>
      (await this.page.evaluate('globalThis.isPressed === true')) ? route.continue() : wrong(route),
    );
    return async (button) => {
      const listen = "addEventListener('click', () => (globalThis.isPressed = true), { capture: true, once: true })";
      await this.page.evaluate(listen);
      await button.click();
    };
  }

  /** Presses a button that copies, and gives what it has copied, as soon as it has. */
  async copiedBy(button: Locator): Promise<string> {
    await this.page.evaluate("navigator.clipboard.writeText('')");
    await button.click();
    const copied = await this.page.waitForFunction<string>('navigator.clipboard.readText()');
    return copied.jsonValue();
  }

  /** Waits until nothing is on its way any more. */
  async settled(): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
  }

  /**
   * Looks at the screen as it is: at a desk and on a telephone, in light and dark. Keeps a picture of each, and gives what
   * WCAG 2.2 AA has against it and what is wider than the window; none is good.
   */
  async judge(name: string): Promise<string[]> {
    await this.settled();
    const problems: string[] = [];
    for (const [place, viewport] of Object.entries({ desk: DESKTOP, phone: PHONE })) {
      await this.page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark'] as const) {
        await this.page.emulateMedia({ colorScheme });
        await this.page.evaluate(DRAWN);
        // Of all that is looked for, contrast alone depends on the colours.
        const found = await this.violations(colorScheme === 'light' ? ALL_RULES : CONTRAST);
        problems.push(...found.map((one) => `${name}, ${place}, ${colorScheme}: ${one}`));
        await this.picture(`console-${name}-${place}-${colorScheme}`, place === 'phone');
      }
      const isWide = await this.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
      if (isWide) problems.push(`${name}, ${place}: wider than the window`);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize(DESKTOP);
    // What a telephone shows as cards is a table again: keys go to what is there.
    await this.page.evaluate(DRAWN);
    return problems;
  }

  /** What has to be moved sideways to be seen whole, at the smallest desk: none is good. */
  async wideThings(): Promise<string[]> {
    await this.page.setViewportSize({ width: 1280, height: 800 });
    await this.page.evaluate(DRAWN);
    const found = await this.page.evaluate<string[]>(
      `[...document.querySelectorAll('main *')]
         .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth)
         .map((one) => one.getAttribute('aria-label') ?? one.className)`,
    );
    await this.page.setViewportSize(DESKTOP);
    return found;
  }

  /** What went wrong in this window that was not asked for: `expected` are statuses that a test provoked. */
  flawsBut(...expected: readonly number[]): string[] {
    const wanted = expected.map((status) => `${status}: `);
    const others = this.troubles.filter(
      (trouble) =>
        !ECHO.test(trouble) && !GIVEN_UP.test(trouble) && !wanted.some((beginning) => trouble.startsWith(beginning)),
    );
    return [...others, ...this.strangers.map((url) => `a request to somebody else: ${url}`)];
  }

  /** What axe-core has against the screen as it is, by all rules of WCAG 2.2 AA or by those of `runOnly`. */
  async violations(runOnly: object = ALL_RULES): Promise<string[]> {
    if (!(await this.page.evaluate<boolean>("'axe' in globalThis"))) await this.page.evaluate(AXE);
    return this.page.evaluate<string[]>(`(async () => {
      const { violations } = await axe.run(document, {
        runOnly: ${JSON.stringify(runOnly)},
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary));
    })()`);
  }
}
