import { createLogger, Metrics, type AppConfig } from '@app/platform';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostedState } from './hosted-state';
import { HostedStreams } from './hosted-streams';
import { STREAMS_PER_LINK } from './hosted.settings';
import { SessionChanges } from './session-changes';

const WAITING: HostedState = {
  step: 'waiting',
  version: 1,
  return_url: 'https://shop.example/no',
  cancel: 'leaves',
};
const DONE: HostedState = { ...WAITING, step: 'done', version: 2, outcome: 'success' };

let state: HostedState | null;
let reads: number;
let isBroken: boolean;
let changes: SessionChanges;
let streams: HostedStreams;
let metrics: Metrics;
let server: Server;

beforeEach(async () => {
  state = WAITING;
  reads = 0;
  isBroken = false;
  metrics = new Metrics();
  const log = createLogger('silent');
  changes = new SessionChanges(async () => new Map(), log);
  streams = new HostedStreams(changes, { limits: { maxStreams: 6 } as AppConfig['limits'] }, metrics, log);
  server = createServer((request, response) => {
    streams.start(response, {
      sessionId: 'a',
      linkKey: request.url ?? '',
      headers: { 'cache-control': 'no-store' },
      read: async () => {
        reads++;
        if (isBroken) throw new Error('database is gone');
        return state;
      },
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  streams.beforeApplicationShutdown();
  changes.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** A page that listens at the link `path`: what it hears, piece by piece. */
class Page {
  private text = '';
  private waiting: (() => void)[] = [];
  private hasEnded = false;

  private constructor(readonly answer: IncomingMessage) {
    const wake = (): void => {
      for (const go of this.waiting.splice(0)) go();
    };
    answer.setEncoding('utf8');
    answer.on('data', (piece: string) => {
      this.text += piece;
      wake();
    });
    answer.once('close', () => {
      this.hasEnded = true;
      wake();
    });
  }

  static open(path = '/link'): Promise<Page> {
    const { port } = server.address() as AddressInfo;
    return new Promise((done, fail) => {
      get({ port, path, host: '127.0.0.1' }, (answer) => done(new Page(answer))).once('error', fail);
    });
  }

  get states(): HostedState[] {
    return [...this.text.matchAll(/^event: state\ndata: (.*)\n\n/gm)].map(
      ([, data = '']) => JSON.parse(data) as HostedState,
    );
  }

  async until(isThere: (page: Page) => boolean): Promise<this> {
    while (!isThere(this)) {
      if (this.hasEnded) throw new Error(`Ended before: ${this.text}`);
      await new Promise<void>((go) => this.waiting.push(go));
    }
    return this;
  }

  async ended(): Promise<this> {
    while (!this.hasEnded) await new Promise<void>((go) => this.waiting.push(go));
    return this;
  }

  leave(): void {
    this.answer.destroy();
  }
}

const hears = (count: number) => (page: Page) => page.states.length === count;

async function openStreams(): Promise<number> {
  const { text } = await metrics.render();
  return Number(/^countersign_hosted_streams_open (\d+)/m.exec(text)?.[1]);
}

describe('a stream', () => {
  it('tells the state at once, as server-sent events that nobody holds back', async () => {
    const page = await Page.open();

    await page.until(hears(1));

    expect(page.states).toEqual([WAITING]);
    expect(page.answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'cache-control': 'no-store',
    });
  });

  it('tells the next state, and ends with the last one', async () => {
    const page = await (await Page.open()).until(hears(1));

    state = DONE;
    changes.announce('a');

    expect((await page.ended()).states).toEqual([WAITING, DONE]);
  });

  it('does not repeat a state', async () => {
    const page = await (await Page.open()).until(hears(1));
    changes.announce('a');
    state = { ...WAITING, version: 2 };
    changes.announce('a');

    await page.until(hears(2));

    expect(page.states.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('ends where there is no page any more', async () => {
    state = null;

    expect((await (await Page.open()).ended()).states).toEqual([]);
  });

  it('ends where the state cannot be read: the page comes again', async () => {
    isBroken = true;

    expect((await (await Page.open()).ended()).states).toEqual([]);
  });

  it('ends when the process stops', async () => {
    const page = await (await Page.open()).until(hears(1));

    streams.beforeApplicationShutdown();

    await page.ended();
    expect(() => streams.assertRoom()).toThrow(expect.objectContaining({ kind: 'unavailable' }) as Error);
  });

  it('is not read for any more once its page is gone', async () => {
    const page = await (await Page.open()).until(hears(1));
    page.leave();
    while ((await openStreams()) > 0) await new Promise((done) => setTimeout(done, 5));
    const before = reads;

    changes.announce('a');

    expect(reads).toBe(before);
  });
});

it('does not begin for a page that is gone already', async () => {
  const response = await new Promise<ServerResponse>((done) => {
    server.removeAllListeners('request').once('request', (_request, gone: ServerResponse) => {
      gone.once('close', () => done(gone));
      gone.destroy();
    });
    const { port } = server.address() as AddressInfo;
    get({ port, host: '127.0.0.1' }).once('error', () => undefined);
  });

  streams.start(response, { sessionId: 'a', linkKey: 'x', headers: {}, read: async () => state });

  expect(await openStreams()).toBe(0);
});

describe('the number of streams', () => {
  it('is bounded; what is refused is told when to come again', async () => {
    for (let link = 0; link < 6; link++) await (await Page.open(`/${link}`)).until(hears(1));

    expect(() => streams.assertRoom()).toThrow(
      expect.objectContaining({ kind: 'unavailable', codes: ['service_not_available'], retryAfterSeconds: 5 }) as Error,
    );
  });

  it('is bounded for each link: the oldest goes', async () => {
    const first = await (await Page.open()).until(hears(1));
    for (let more = 0; more < STREAMS_PER_LINK; more++) await (await Page.open()).until(hears(1));

    await first.ended();
    while ((await openStreams()) > STREAMS_PER_LINK) await new Promise((done) => setTimeout(done, 5));
    expect(() => streams.assertRoom()).not.toThrow();
  });
});
