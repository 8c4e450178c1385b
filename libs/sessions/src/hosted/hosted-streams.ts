import { CountersignError } from '@app/kernel';
import { APP_CONFIG, LOG, Metrics, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { HostedState } from './hosted-state';
import {
  HEARTBEAT_MS,
  RECONNECT_MS,
  STREAM_LIFE_MS,
  STREAM_RETRY_AFTER_SECONDS,
  STREAMS_PER_LINK,
} from './hosted.settings';
import { SessionChanges } from './session-changes';

/** What is streamed, to whom. */
export interface Streamed {
  sessionId: string;
  /** Whose page it is: what is counted together. */
  linkKey: string;
  /** The state as it is now; null: there is no such page any more. */
  read: () => Promise<HostedState | null>;
  /** Beside those of a stream. */
  headers: Readonly<Record<string, string>>;
}

/** More than this unread, and nobody is reading. */
const MAX_UNREAD_BYTES = 64 * 1024;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // For proxies that would hold back what they get (nginx and those that do as it does).
  'x-accel-buffering': 'no',
};

/**
 * Keeps cardholders' pages up to date by server-sent events (HTML standard, section 9.2): the state at once, and again when
 * it is another one. A stream ends with the final state, after its time, and when this process stops; the page opens the
 * next, or asks again and again where it gets none.
 */
@Injectable()
export class HostedStreams implements BeforeApplicationShutdown {
  private readonly open = new Set<Stream>();
  private readonly byLink = new Map<string, Stream[]>();
  private readonly max: number;
  private readonly gauge;
  private readonly refused;
  private stopping = false;

  constructor(
    private readonly changes: SessionChanges,
    @Inject(APP_CONFIG) { limits }: Pick<AppConfig, 'limits'>,
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.max = limits.maxStreams;
    this.gauge = metrics.gauge('hosted_streams_open', 'Cardholders’ pages that are kept up to date by a stream');
    this.refused = metrics.counter('hosted_streams_refused_total', 'Streams refused because there were too many');
  }

  /** @throws unavailable `service_not_available` when one more would be too many */
  assertRoom(): void {
    if (!this.stopping && this.open.size < this.max) return;
    this.refused.inc();
    throw new CountersignError('unavailable', ['service_not_available'], 'Too many streams', {
      retryAfterSeconds: STREAM_RETRY_AFTER_SECONDS,
    });
  }

  /** Takes over `response`, of which nothing has been sent yet. The caller has asked for room. */
  start(response: ServerResponse, streamed: Streamed): void {
    // A page that is gone already will not be gone again.
    if (response.closed) return;
    const stream = new Stream(response, streamed.read, (error) =>
      this.log.warn({ err: error }, 'a stream ends because its state cannot be read'),
    );
    this.enter(streamed.linkKey, stream);
    const unwatch = this.changes.watch(streamed.sessionId, () => stream.tell());
    response.once('close', () => {
      unwatch();
      stream.end();
      this.leave(streamed.linkKey, stream);
    });
    stream.begin({ ...streamed.headers, ...HEADERS });
  }

  /** Open streams would keep the process from ending. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const stream of this.open) stream.end();
  }

  private enter(linkKey: string, stream: Stream): void {
    this.open.add(stream);
    this.gauge.set(this.open.size);
    const ofLink = [...(this.byLink.get(linkKey) ?? []), stream];
    this.byLink.set(linkKey, ofLink);
    // What a page has left behind is not noticed at once.
    if (ofLink.length > STREAMS_PER_LINK) ofLink[0]?.end();
  }

  private leave(linkKey: string, stream: Stream): void {
    this.open.delete(stream);
    this.gauge.set(this.open.size);
    const others = (this.byLink.get(linkKey) ?? []).filter((one) => one !== stream);
    if (others.length > 0) this.byLink.set(linkKey, others);
    else this.byLink.delete(linkKey);
  }
}

/** One page's stream. */
class Stream {
  private readonly timers: NodeJS.Timeout[] = [];
  private said = '';
  private reading: Promise<void> | null = null;
  private isStale = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly read: Streamed['read'],
    private readonly failed: (error: unknown) => void,
  ) {}

  begin(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) this.response.setHeader(name, value);
    this.response.writeHead(200);
    // Its own life is shorter than what a silent socket is given.
    this.response.socket?.setTimeout(0);
    this.write(`retry: ${RECONNECT_MS}\n\n`);
    this.timers.push(
      setInterval(() => this.write(':\n\n'), HEARTBEAT_MS).unref(),
      setTimeout(() => this.end(), STREAM_LIFE_MS).unref(),
    );
    this.tell();
  }

  /** There may be news. One read at a time; news that come meanwhile are read after it. */
  tell(): void {
    this.isStale = true;
    this.reading ??= this.catchUp()
      .catch((error: unknown) => {
        this.failed(error);
        this.end();
      })
      .finally(() => (this.reading = null));
  }

  end(): void {
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
    if (!this.response.writableEnded) this.response.end();
  }

  private async catchUp(): Promise<void> {
    while (this.isStale && !this.response.writableEnded) {
      this.isStale = false;
      const state = await this.read();
      if (state === null) return this.end();
      this.say(state);
    }
  }

  private say(state: HostedState): void {
    const text = JSON.stringify(state);
    if (text === this.said) return;
    this.said = text;
    this.write(`event: state\ndata: ${text}\n\n`);
    if (state.step === 'done') this.end();
  }

  private write(text: string): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    if (this.response.writableLength > MAX_UNREAD_BYTES) this.end();
    else this.response.write(text);
  }
}
