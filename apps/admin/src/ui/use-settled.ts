import { useEffect, useState } from 'react';

/** So long nothing is asked while somebody writes. */
const PAUSE_MS = 180;

/** A text as it is once nobody has written in it for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
