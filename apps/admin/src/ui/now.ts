import { useSyncExternalStore } from 'react';

/** How often what is told relative to now is told anew. */
const TICK_MS = 10_000;

let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
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
