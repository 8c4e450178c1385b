/** Forms that are open: when the session ends beneath one, the page stays, and with it what was typed. */
import { useEffect, useSyncExternalStore } from 'react';

let openForms = 0;
let isEnded = false;
const watchers = new Set<() => void>();

function note(ended: boolean): void {
  isEnded = ended;
  for (const tell of watchers) tell();
}

/** Keeps the page for as long as the component is there and `isKept`. */
export function useKept(isKept = true): void {
  useEffect(() => {
    if (!isKept) return;
    openForms++;
    return () => {
      openForms--;
    };
  }, [isKept]);
}

/** Notes that the session has ended. @returns whether the page stays because of an open form */
export function endBeneathForm(): boolean {
  if (openForms === 0) return false;
  note(true);
  return true;
}

/** Somebody is signed in again, or gave up what was typed. */
export const leaveForm = (): void => note(false);

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

/** Whether the session has ended beneath an open form. */
export const useEndedBeneath = (): boolean => useSyncExternalStore(watch, () => isEnded);
