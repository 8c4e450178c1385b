/** A merchant's own page with countersign.js, at an origin and site of its own, and a person's browser in front of it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Frame, FrameLocator, Page } from 'playwright-core';
import type { Body } from './api';
import { Window } from './browser';
import type { Deed } from './cardholder';

/** What such a page needs at most: the API for the script and its calls, issuers for frames and forms. */
export const strictPolicy = (apiUrl: string): string =>
  `default-src 'none'; script-src ${apiUrl}; connect-src ${apiUrl}; frame-src http: https:; form-action http: https:; base-uri 'none'`;

/** The merchant's web server. `/` is the page, `/framed` the page in another one, `/back` where issuers send the browser. */
export class MerchantSite {
  policy: string;
  /** What goes into the head of the page. */
  head: string;

  private constructor(
    private readonly server: Server,
    readonly apiUrl: string,
  ) {
    this.policy = strictPolicy(apiUrl);
    this.head = `<script src="${apiUrl}/js/countersign.js"></script>`;
  }

  /** A server for pages that use the API at `apiUrl`; the caller closes it. */
  static async start(apiUrl: string): Promise<MerchantSite> {
    const server = createServer();
    const site = new MerchantSite(server, apiUrl);
    server.on('request', (request, response) => {
      request.resume();
      if (request.url === '/favicon.ico') return response.writeHead(204).end();
      // The issuer's form came here in the browser; the page begins anew by itself.
      if (request.method === 'POST') return response.writeHead(303, { location: '/back' }).end();
      const isFramed = request.url === '/framed';
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        ...(isFramed ? {} : { 'content-security-policy': site.policy }),
      });
      return response.end(isFramed ? FRAMING : page(site.head));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

const page = (head: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
   <meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
   <body><h1>A shop</h1><button id="go">Pay</button><div id="bank"></div></body></html>`;

const FRAMING = `<!doctype html><html lang="en"><title>A portal</title><iframe src="/" width="900" height="700"></iframe></html>`;

/** What became of a call of the kit in the page. */
export type Outcome = { value: Body } | { code: string };

/** A browser window at the merchant's page. */
export class MerchantPage {
  private constructor(
    readonly window: Window,
    /** The page, or the frame that it stands in. */
    readonly at: Page | Frame,
  ) {}

  /** Opens the page; `path` says which. */
  static async visit(
    browser: Browser,
    site: MerchantSite,
    path = '/',
    options: BrowserContextOptions = {},
  ): Promise<MerchantPage> {
    const window = await Window.open(browser, options);
    await window.page.goto(site.url + path);
    const frame = path === '/framed' ? window.page.frames().find((one) => one.url() === `${site.url}/`) : undefined;
    return new MerchantPage(window, frame ?? window.page);
  }

  /** Starts a call of the kit when the button is pressed, as people do, and presses it. */
  async start(call: string, session: Body): Promise<void> {
    await this.at.evaluate(`
      document.getElementById('go').onclick = () => {
        const session = ${JSON.stringify(session)};
        const element = document.getElementById('bank');
        globalThis.stop = new AbortController();
        globalThis.isOver = false;
        globalThis.outcome = Countersign.${call}
          .then((value) => ({ value }), (error) => ({ code: error instanceof Countersign.CountersignError ? error.code : String(error) }))
          .finally(() => (globalThis.isOver = true));
      }`);
    await this.at.locator('#go').click();
  }

  /** How the call ended that was started. */
  outcome(): Promise<Outcome> {
    return this.at.evaluate<Outcome>('globalThis.outcome');
  }

  async run(call: string, session: Body): Promise<Outcome> {
    await this.start(call, session);
    return this.outcome();
  }

  /** The issuer's page in the merchant's. */
  get bank(): FrameLocator {
    return this.at.frameLocator('#bank iframe');
  }
}

/** Does `deeds` on the issuer's page, one after the other. */
export async function answer(bank: Pick<Page | FrameLocator, 'locator'>, deeds: readonly Deed[]): Promise<void> {
  for (const [index, deed] of deeds.entries()) {
    if (index > 0) await bank.locator('#message', { hasText: `${3 - index} tr` }).waitFor();
    if (deed === 'cancel') await bank.locator('#cancel').click();
    else {
      await bank.locator('#otp').fill(deed.password);
      await bank.locator('#submit').click();
    }
  }
}
