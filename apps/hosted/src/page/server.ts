/** The page's calls: the link is the credential, and nothing else is sent along. */
import { send, type Reply } from '../kit/http';
import { pause } from '../kit/pause';
import type { HostedState } from './state';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** What an answer comes down to. `gone`: there is no such page any more. */
export type Told = HostedState | 'elsewhere' | 'gone' | { readonly afterMs: number };

/** Whether the server could be reached. */
export type Reached = (isReached: boolean) => void;

/** True for "come again". */
export const isLater = (told: Told): told is { readonly afterMs: number } =>
  typeof told === 'object' && 'afterMs' in told;

/** Asks the server in the name of one view of the page. */
export class Server {
  /** The id of this view; empty until the server gave one. */
  view = '';

  constructor(
    readonly base: string,
    private readonly reached: Reached,
  ) {}

  /** Makes this view the one that has the session. */
  async enter(signal: AbortSignal): Promise<Told> {
    return this.insist(async () => {
      const reply = await send({ method: 'POST', url: `${this.base}/view`, body: {} }, signal);
      const body = reply?.body as { view?: string } | null | undefined;
      if (reply?.status === 200 && body?.view !== undefined) this.view = body.view;
      return this.read(reply);
    }, signal);
  }

  /** Says something, until it was heard. `path` as in `/device`. */
  tell(path: string, body: object, signal: AbortSignal): Promise<Told> {
    return this.insist(() => this.tellOnce(path, body, signal), signal);
  }

  /** Says something once. */
  async tellOnce(path: string, body: object, signal: AbortSignal): Promise<Told> {
    return this.read(await send({ method: 'POST', url: this.base + path, body: { view: this.view, ...body } }, signal));
  }

  /** The state as it is now. */
  async ask(signal: AbortSignal): Promise<Told> {
    return this.read(await send({ method: 'GET', url: `${this.base}/state?view=${this.view}` }, signal));
  }

  /** Says when what happened; nobody waits for it, and it outlives the page. */
  mention(legs: readonly { leg: string; ms_ago: number }[]): void {
    void fetch(`${this.base}/legs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ legs }),
      credentials: 'omit',
      keepalive: true,
    }).catch(() => undefined);
  }

  private async insist(work: () => Promise<Told>, signal: AbortSignal): Promise<Told> {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const told = await work();
      if (!isLater(told)) return told;
      await pause(Math.max(wait, told.afterMs), signal);
    }
  }

  private read(reply: Reply | null): Told {
    this.reached(reply !== null);
    if (reply === null) return { afterMs: 0 };
    const { status, body, afterMs } = reply;
    if (status === 404 || status === 410) return 'gone';
    if (status === 409) return 'elsewhere';
    const state = status === 200 ? (body as { state?: HostedState } | null)?.state : undefined;
    // What we do not understand is another release's, or a proxy's: it passes.
    return state ?? { afterMs };
  }
}
