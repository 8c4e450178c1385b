import { useEffect, useRef } from 'react';
import { isAttended } from '../session/activity';

const EVERY_MS = 10_000;

/** Calls `refresh` every ten seconds while somebody is there and looks at this page. */
export function useRefreshing(refresh: () => unknown): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (isAttended() && document.visibilityState === 'visible') latest.current();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
