/** Forms that are open: when the session ends beneath one, the page stays, and with it what was typed. */
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** How a session ends beneath a form: at the server, or because nobody was here. */
export type End = 'session' | 'idle';

/** What a page is kept for: what somebody typed, or what is told once and is on the screen. */
type Kept = 'typed' | 'told';

const open: Record<Kept, number> = { typed: 0, told: 0 };
let end: End | null = null;
const watchers = new Set<() => void>();
/** What empties the fields that hold secrets. */
const secrets = new Set<() => void>();

function note(next: End | null): void {
  end = next;
  for (const tell of watchers) tell();
}

/** Keeps the page for as long as the component is there and `isKept`. */
export function useKept(isKept = true, kept: Kept = 'typed'): void {
  useEffect(() => {
    if (!isKept) return;
    open[kept]++;
    return () => {
      open[kept]--;
    };
  }, [isKept, kept]);
}

/** Has a field that holds a secret emptied by `empty` before its form is left alone. */
export function useEmptied(isSecret: boolean, empty: () => void): void {
  const latest = useRef(empty);
  useLayoutEffect(() => {
    latest.current = empty;
  });
  useEffect(() => {
    if (!isSecret) return;
    const emptyLatest = (): void => latest.current();
    secrets.add(emptyLatest);
    return () => {
      secrets.delete(emptyLatest);
    };
  }, [isSecret]);
}

/** Notes that the session has ended. @returns whether the page stays because of an open form */
export function endBeneathForm(): boolean {
  if (open.typed + open.told === 0) return false;
  note(end ?? 'session');
  return true;
}

/**
 * Notes that the session ends because nobody is here. Whoever comes by finds no secret: fields with one are emptied, and a page
 * that tells one does not stay. @returns whether it stays because of an open form
 */
export function leaveFormAlone(): boolean {
  if (open.typed === 0 || open.told > 0) return false;
  // One after the other: what a form makes of one of its fields it makes of what it was before.
  for (const empty of secrets) flushSync(empty);
  note('idle');
  return true;
}

/** Somebody is signed in again, or gave up what was typed. */
export const leaveForm = (): void => note(null);

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

/** How the session has ended beneath an open form; null while it has not. */
export const useEndedBeneath = (): End | null => useSyncExternalStore(watch, () => end);
