/** A shop whose customers pay on the hosted page, at an origin of its own, and one of them in front of a browser. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { call, sessionRequest, type Body } from './api';
import { GIVEN_UP, PATIENCE_MS, Window } from './browser';
import type { Product } from './product';
import { rows } from './rows';
import { eventually } from './simulator';

/** A customer who came back: to which address, about which session, and whether with the whole window. */
export interface Returned {
  path: string;
  sessionId: string | null;
  query: string;
}

/** The shop's web server. `/paid` and `/sorry` are where customers come back, `/framing` is a page with another one in it. */
export class HostedShop {
  readonly returned: Returned[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HostedShop> {
    const server = createServer();
    const shop = new HostedShop(server);
    server.on('request', (request, response) => {
      const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://shop');
      if (pathname === '/favicon.ico') return response.writeHead(204).end();
      if (/^\/(paid|sorry)$/.test(pathname)) {
        shop.returned.push({ path: pathname, sessionId: searchParams.get('cko-session-id'), query: search });
      }
      const framed = searchParams.get('of');
      const sandbox = searchParams.get('sandbox');
      const sandboxed = sandbox === null ? '' : ` sandbox="${sandbox}"`;
      const body =
        framed === null
          ? `<h1>${pathname}</h1>`
          : `<iframe src="${framed}"${sandboxed} width="100%" height="760"></iframe>`;
      return response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          `<!doctype html><html lang="en"><title>A shop</title><meta name="viewport" content="width=device-width">${body}</html>`,
        );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return shop;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What goes into a session for customers to come back here. */
  get completion(): Record<string, string> {
    return { type: 'hosted', success_url: `${this.url}/paid?order=7`, failure_url: `${this.url}/sorry?order=7` };
  }

  /** A page of the shop with `link` in it. */
  framing(link: string, sandbox?: string): string {
    return `${this.url}/framing?${new URLSearchParams({ of: link, ...(sandbox && { sandbox }) }).toString()}`;
  }

  /** The customer who came back about this session; waits for one. */
  comeBack(session: Body): Promise<Returned> {
    return eventually(
      async () => this.returned.find(({ sessionId }) => sessionId === String(session['id'])),
      PATIENCE_MS,
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** Opens a hosted session for a card. */
export async function openHosted(
  product: Product,
  token: string,
  shop: HostedShop,
  card: string,
  extra: Record<string, unknown> = {},
): Promise<Body> {
  const { status, body } = await call(
    product,
    'POST',
    '/sessions',
    token,
    sessionRequest(card, { completion: shop.completion, ...extra }),
  );
  if (status !== 202) throw new Error(`No hosted session: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The address that the shop sends its customer to. */
export const linkOf = (session: Body): string => String(session['_links']?.['redirect_url']?.['href']);

/** Lets pages of the shop frame hosted pages, and waits until the page of `session` says so: the server looks now and then. */
export async function letFrame(product: Product, shop: HostedShop, session: Body): Promise<void> {
  await rows(product, 'UPDATE processing_channel SET branding = branding || $1', [
    JSON.stringify({ frameAncestors: [shop.url] }),
  ]);
  await eventually(async () => {
    const { headers } = await fetch(linkOf(session));
    return headers.get('content-security-policy')?.includes(shop.url) || undefined;
  }, PATIENCE_MS);
}

/** Beside what is given up, the browser's warning about the frame of the 3DS Method, which ends at a page of ours: the sandbox is for the pages before. */
const NO_MISHAPS = [GIVEN_UP, /^console: An iframe which has both allow-scripts and allow-same-origin/];

/** How somebody comes to the page. `framedBy` shows it in a page of that shop; `prepare` is done before anything loads. */
export interface Visit {
  options?: BrowserContextOptions;
  framedBy?: HostedShop | undefined;
  /** Of that frame. */
  sandbox?: string;
  prepare?: (page: Page) => Promise<unknown>;
}

/** What a page asks for and does not get. */
export interface Hanging {
  /** Resolves once the page has asked: listening to it after the page was opened may be too late. */
  readonly asked: Promise<void>;
  /** Of a visit. */
  readonly prepare: (page: Page) => Promise<unknown>;
  /** What is asked from now on is answered. */
  readonly end: () => void;
}

/** Whatever is asked of `url` hangs. */
export function hangs(url: RegExp): Hanging {
  let isOver = false;
  let told = (): void => undefined;
  const asked = new Promise<void>((resolve) => (told = resolve));
  return {
    asked,
    prepare: (page) => page.route(url, (route) => (isOver ? route.continue() : told())),
    end: () => void (isOver = true),
  };
}

/** A browser window with the hosted page in it, or around it. */
export class Customer extends Window {
  private isScripted = true;

  /** Opens `link`, by itself or in a page of the shop. */
  static async come(
    browser: Browser,
    link: string,
    { options = {}, framedBy, sandbox, prepare }: Visit = {},
  ): Promise<Customer> {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 }, ...options });
    const customer = new Customer(context, await context.newPage());
    customer.isScripted = options.javaScriptEnabled !== false;
    await prepare?.(customer.page);
    await customer.page.goto(framedBy?.framing(link, sandbox) ?? link, { waitUntil: 'commit' });
    return customer;
  }

  /** Where the hosted page is: the page, or the frame in the shop's. */
  get at(): Page | Frame {
    return (
      this.page
        .frames()
        .find((frame) => frame.parentFrame() === this.page.mainFrame() && /\/hosted\//.test(frame.url())) ?? this.page
    );
  }

  /** An element of the hosted page, wherever that is. */
  find(selector: string): Locator {
    return this.isFramed ? this.page.frameLocator('iframe').first().locator(selector) : this.page.locator(selector);
  }

  /** Waits until the page's script shows a screen; the first one stands there before it has come. */
  async shows(screen: string): Promise<void> {
    await this.find(`html[data-live][data-screen=${screen}]`).waitFor();
  }

  /** Leaves, and means it. Without script there is no question asked. */
  async leave(): Promise<void> {
    if (this.isScripted) await this.find('html[data-live]').waitFor();
    await this.find('#cancel').click();
    if (this.isScripted) await this.find('#sure button[value=yes]').click();
  }

  /** Presses the one button that a page without script has for going on, and waits for the next page. */
  async pressPlain(): Promise<void> {
    const button = this.find('.plain form button');
    await button.waitFor();
    const next = this.page.waitForEvent('framenavigated');
    await button.click();
    await next;
  }

  /** The bank's page: in the hosted page, or on its own. */
  get bank(): FrameLocator | Page {
    if (/\/acs\//.test(this.page.url())) return this.page;
    const outer = this.isFramed ? this.page.frameLocator('iframe').first() : this.page;
    return outer.frameLocator('#bank iframe');
  }

  /** What went wrong in the window. */
  get mishaps(): string[] {
    return this.troubles.filter((trouble) => !NO_MISHAPS.some((one) => one.test(trouble)));
  }

  private get isFramed(): boolean {
    return /\/framing\?/.test(this.page.url());
  }
}
