/** Keeps the page up to date: by a stream where one comes through, else by asking. */
import { onMessage } from '../kit/messages';
import { pause } from '../kit/pause';
import { waitBefore } from '../kit/result';
import { isLater, type Server, type Told } from './server';
import type { HostedState } from './state';

/** Beside a stream that speaks: a line can die without a word. */
const CHECK_EVERY_MS = 15_000;
/** However often it is hurried. */
const SHORTEST_WAIT_MS = 250;

const HURRIES: readonly [target: EventTarget, event: string][] = [
  [window, 'online'],
  [window, 'pageshow'],
  [document, 'visibilitychange'],
];

/** Calls `told` with what the server says, until `signal`. Asks soon when the network, the person or the bank comes back. */
export async function follow(server: Server, told: (what: Told) => void, signal: AbortSignal): Promise<void> {
  let asked = 0;
  let isHurried = false;
  let wake = (): void => undefined;
  const hurry = (): void => {
    asked = 0;
    isHurried = true;
    wake();
  };
  const stream = openStream(server, told, hurry);
  const stop = onMessage(location.href, 'countersign:challenge-returned', hurry);
  for (const [target, event] of HURRIES) target.addEventListener(event, hurry, { signal });
  try {
    for (;;) {
      const wait = stream.isLive() ? CHECK_EVERY_MS : waitBefore(asked);
      if (!isHurried) await pause(wait, signal, (now) => (wake = now));
      isHurried = false;
      asked += 1;
      const what = await server.ask(signal);
      if (!isLater(what)) told(what);
      await pause(isLater(what) ? Math.max(what.afterMs, SHORTEST_WAIT_MS) : SHORTEST_WAIT_MS, signal);
    }
  } finally {
    stop();
    stream.close();
  }
}

interface Stream {
  /** It is open and has said something since. */
  isLive(): boolean;
  close(): void;
}

function openStream({ base, view }: Server, told: (what: Told) => void, broken: () => void): Stream {
  if (typeof EventSource === 'undefined') return { isLive: () => false, close: () => undefined };
  const source = new EventSource(`${base}/events?view=${view}`);
  let hasSpoken = false;
  source.addEventListener('state', ({ data }: MessageEvent<string>) => {
    hasSpoken = true;
    told(JSON.parse(data) as HostedState);
  });
  // It comes again by itself, unless it was refused.
  source.addEventListener('error', () => {
    if (hasSpoken) broken();
    hasSpoken = false;
  });
  return { isLive: () => hasSpoken && source.readyState === EventSource.OPEN, close: () => source.close() };
}
