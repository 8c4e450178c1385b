import { useCallback, useRef, useState } from 'react';

/** Something that can be done: while it runs it is not done again, and what went wrong is kept until the next time. */
export interface Act<Arguments extends unknown[]> {
  readonly run: (...args: Arguments) => Promise<void>;
  readonly isBusy: boolean;
  readonly error: unknown;
}

/** Turns a function into an act of a form or a button. */
export function useAct<Arguments extends unknown[]>(act: (...args: Arguments) => Promise<void>): Act<Arguments> {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isRunning = useRef(false);
  const run = useCallback(
    async (...args: Arguments) => {
      if (isRunning.current) return;
      isRunning.current = true;
      setBusy(true);
      setError(null);
      try {
        await act(...args);
      } catch (failure) {
        setError(failure);
      } finally {
        isRunning.current = false;
        setBusy(false);
      }
    },
    [act],
  );
  return { run, isBusy, error };
}
