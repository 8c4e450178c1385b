import { useLayoutEffect, useRef } from 'react';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** The modifier key as this machine's keyboard names it. */
export const MODIFIER = isApple ? '⌘' : 'Ctrl ';

/** What happens at which key. A key is a character, or two with a space between that are hit one after the other. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** The second of two keys must come within this time. */
const SEQUENCE_MS = 1_200;

/** Whether somebody is writing, or a dialog has the keyboard. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const busy = 'input:not([type=checkbox]), textarea, select, [role=dialog], [role=menu], [role=listbox]';
  return target.isContentEditable || target.closest(busy) !== null;
}

/**
 * Listens for keys while the component is there, and does what it says as soon as that is seen. `mod+k` works everywhere,
 * others only where nobody writes.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      const hasModifier = event.metaKey || event.ctrlKey;
      if (!hasModifier && isBusy(event.target)) return;
      const key = hasModifier ? `mod+${event.key.toLowerCase()}` : event.key;
      const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : key;
      first = { key, at: event.timeStamp };
      const act = latest.current[sequence] ?? latest.current[key];
      if (!act) return;
      event.preventDefault();
      first = null;
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
