/** A cardholder's page without a browser: opens a hosted link and makes the calls that the page's script makes, or posts its forms. */
import type { Body } from './api';
import { playChallengeAt, type ChallengeEnd, type Deed } from './cardholder';
import { watchSecret } from './leaks';

/** Where the shops of these tests want their customers back; the queries are theirs. */
export const SUCCESS_URL = 'http://127.0.0.1:9/yes?order=1001';
export const FAILURE_URL = 'http://127.0.0.1:9/no';

/** `completion` of a hosted session. */
export const hosted = (extra: Record<string, unknown> = {}): { completion: object } => ({
  completion: { type: 'hosted', success_url: SUCCESS_URL, failure_url: FAILURE_URL, ...extra },
});

/** What script can tell about a browser. */
export const DEVICE = {
  java_enabled: false,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
} as const;

/** What a page is told to do. */
export interface PageState {
  step: string;
  version: number;
  method?: { url: string; fields: { threeDSMethodData: string }; transaction_id: string };
  challenge?: { url: string; fields: { creq: string; threeDSSessionData: string }; shown: boolean; returned: boolean };
  outcome?: string;
  return_url: string;
  cancel: string;
}

/** An answer to a page or a form, as a browser gets it that follows nothing. */
export interface PageAnswer {
  status: number;
  headers: Headers;
  location: string | null;
  text: string;
}

/** An answer to a call of the page's script. */
export interface CallAnswer {
  status: number;
  headers: Headers;
  body: Body & { state: PageState };
}

/** One view of a hosted page. */
export class HostedPage {
  private view = '';

  /** @param url the link; `headers` go with every request of this browser */
  constructor(
    readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {
    const token = url.slice(url.lastIndexOf('/') + 1);
    // What is only made up to look like a link may stand anywhere.
    if (/^[\w-]{43}$/.test(token)) watchSecret(token);
  }

  /** The page of a session that waits for its cardholder; `base` is another replica to see it through. */
  static of(session: Body, base?: string, headers: Record<string, string> = {}): HostedPage {
    const url = String(session['_links']?.['redirect_url']?.['href']);
    return new HostedPage(base === undefined ? url : base + new URL(url).pathname, headers);
  }

  /** Another view of the same page. */
  again(headers: Record<string, string> = {}): HostedPage {
    return new HostedPage(this.url, headers);
  }

  async open(headers: Record<string, string> = {}): Promise<PageAnswer> {
    return answerOf(await fetch(this.url, { headers: { ...this.headers, ...headers }, redirect: 'manual' }));
  }

  /** Posts one of the page's forms: `continue` or `leave`. */
  async submit(form: string, headers: Record<string, string> = {}): Promise<PageAnswer> {
    return answerOf(
      await fetch(`${this.url}/${form}`, {
        method: 'POST',
        headers: { ...this.headers, ...headers },
        body: new URLSearchParams(),
        redirect: 'manual',
      }),
    );
  }

  /** Takes the session for this view. */
  async take(): Promise<PageState> {
    const { body } = await this.call('view');
    this.view = String(body['view']);
    return body.state;
  }

  async state(): Promise<PageState> {
    const response = await fetch(`${this.url}/state?view=${this.view}`, { headers: this.headers });
    return ((await response.json()) as { state: PageState }).state;
  }

  device(completion = 'Y', device: object = DEVICE): Promise<CallAnswer> {
    return this.call('device', { device, method_completion: completion });
  }

  method(completion: string): Promise<CallAnswer> {
    return this.call('method', { method_completion: completion });
  }

  challenge(windowSize = '04'): Promise<CallAnswer> {
    return this.call('challenge', { window_size: windowSize });
  }

  cancel(): Promise<CallAnswer> {
    return this.call('cancel');
  }

  legs(legs: readonly { leg: string; ms_ago: number }[]): Promise<CallAnswer> {
    return this.call('legs', { legs });
  }

  /** A call of the script: this view's, unless `body` says otherwise. */
  async call(action: string, body: object = {}, headers: Record<string, string> = {}): Promise<CallAnswer> {
    const response = await fetch(`${this.url}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers, ...headers },
      body: JSON.stringify({ view: this.view, ...body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as CallAnswer['body'],
    };
  }

  /** Listens to the page's stream. */
  async listen(headers: Record<string, string> = {}): Promise<PageStream> {
    const cut = new AbortController();
    const response = await fetch(`${this.url}/events?view=${this.view}`, {
      headers: { ...this.headers, ...headers },
      signal: cut.signal,
    });
    return new PageStream(response, cut);
  }

  /** Device data with a 3DS Method that ran, up to the challenge. */
  async toChallenge(): Promise<PageState> {
    await this.take();
    const { body } = await this.device();
    if (body.state.step !== 'challenge') throw new Error(`No challenge: ${JSON.stringify(body)}`);
    return body.state;
  }

  /** Shows the challenge and plays it: `deeds` in order. */
  async play(...deeds: Deed[]): Promise<ChallengeEnd> {
    const { challenge } = (await this.challenge()).body.state;
    if (!challenge) throw new Error('There is no challenge to show');
    return playChallengeAt(challenge.url, challenge.fields, ...deeds);
  }
}

/** A stream of server-sent events as a page hears it. */
export class PageStream {
  private text = '';
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private readonly decoder = new TextDecoder();

  constructor(
    readonly response: Response,
    private readonly cut: AbortController,
  ) {}

  /** The next state. Throws when the stream ends before it. */
  async next(): Promise<PageState> {
    for (;;) {
      const found = /event: state\ndata: (.*)\n\n/.exec(this.text);
      if (found) {
        this.text = this.text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? '') as PageState;
      }
      if (!(await this.more())) throw new Error(`The stream ended: ${this.text}`);
    }
  }

  /** Waits for the stream's end; gives the states that came before it. */
  async rest(): Promise<PageState[]> {
    while (await this.more());
    return [...this.text.matchAll(/event: state\ndata: (.*)\n\n/g)].map(
      ([, data = '']) => JSON.parse(data) as PageState,
    );
  }

  close(): void {
    this.cut.abort();
  }

  private async more(): Promise<boolean> {
    this.reader ??= this.response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
    const chunk = await this.reader?.read();
    if (chunk?.value) this.text += this.decoder.decode(chunk.value, { stream: true });
    return chunk?.done === false;
  }
}

async function answerOf(response: Response): Promise<PageAnswer> {
  return {
    status: response.status,
    headers: response.headers,
    location: response.headers.get('location'),
    text: await response.text(),
  };
}
