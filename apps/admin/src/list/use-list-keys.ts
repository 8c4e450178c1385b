import { useRef, type RefObject } from 'react';
import { useShortcuts } from '../layout/shortcuts';
import type { Item } from './column';
import type { Listing } from './use-listing';

/** Keys that go through a list. Out: for the element around it. */
export function useListKeys<Row extends Item>(listing: Listing<Row>): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const find = <Element extends HTMLElement>(selector: string): Element[] => [
    ...(root.current?.querySelectorAll<Element>(selector) ?? []),
  ];
  const present = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;
  const step = (by: number): void => {
    const rows = find('[data-row]');
    const at = present();
    const next = rows[at ? Math.min(Math.max(rows.indexOf(at) + by, 0), rows.length - 1) : 0];
    const target = ['[data-opener]', 'a', 'input, button']
      .map((selector) => next?.querySelector<HTMLElement>(selector))
      .find((element) => element);
    target?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const { ends, goTo, reload } = listing;
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    x: () => present()?.querySelector<HTMLElement>('input[type=checkbox]')?.click(),
    n: () => ends.next !== null && goTo(ends.next),
    p: () => ends.prev !== null && goTo(ends.prev),
    f: () => find('[data-add-filter]')[0]?.click(),
    r: reload,
  });
  return root;
}
