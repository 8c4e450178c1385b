import { useState } from 'react';
import { edited } from './edited';

/** A form over what is there: what was typed, and for the rest what is there now. */
export interface Draft<T> {
  readonly form: T;
  readonly type: (change: Partial<T>) => void;
  /** Forgets what was typed. */
  readonly discard: () => void;
}

/**
 * Keeps what is typed apart from what is there: when somebody else's change is loaded, fields that nobody touched show it,
 * and touched ones stay.
 */
export function useDraft<T extends object>(there: T): Draft<T> {
  const [typed, setTyped] = useState<Partial<T>>({});
  const form = { ...there, ...typed };
  const type = (change: Partial<T>): void => setTyped({ ...typed, ...edited<Partial<T>>(form, change) });
  return { form, type, discard: () => setTyped({}) };
}
