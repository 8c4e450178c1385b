import { useCallback, type RefCallback } from 'react';
import { useLocation } from 'react-router-dom';

/** What somebody does who goes elsewhere on the page. */
const DEEDS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * For a part of a page that an address can name by its hash: brings it into view, and again whenever the page has grown, as
 * what stands above it comes by itself; until somebody does something.
 */
export function useAnchor(id: string): RefCallback<Element> {
  const { hash } = useLocation();
  const isNamed = hash === `#${id}`;
  return useCallback(
    (element: Element | null) => {
      if (element === null || !isNamed) return undefined;
      // Who reads by keys or ears goes on from there.
      if (element instanceof HTMLElement) {
        element.tabIndex = -1;
        element.focus({ preventScroll: true });
      }
      const gone = new AbortController();
      const observer = new ResizeObserver(() => element.scrollIntoView());
      gone.signal.addEventListener('abort', () => observer.disconnect());
      observer.observe(document.body);
      for (const deed of DEEDS) addEventListener(deed, () => gone.abort(), { signal: gone.signal, passive: true });
      return () => gone.abort();
    },
    [isNamed],
  );
}
