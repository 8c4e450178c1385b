import { useSyncExternalStore } from 'react';

/** How often what is told relative to now is told anew. */
const TICK_MS = 10_000;
/** So old may it be for who begins to use it. */
const FRESH_MS = 1_000;

let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // What a screen has just got happened before now.
  const present = new Date();
  if (present.getTime() - now.getTime() > FRESH_MS) now = present;
  timer ??= setInterval(() => {
    now = new Date();
    for (const tell of listeners) tell();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The present time; whoever uses it is drawn again every ten seconds. One timer serves all. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
