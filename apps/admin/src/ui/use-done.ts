import { useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';

/** For when something was done: whatever is shown is asked for again, and a note says so. */
export function useDone(): (words: string) => Promise<void> {
  const client = useQueryClient();
  const notify = useNotify();
  return async (words) => {
    await client.invalidateQueries();
    notify(words, { type: 'success' });
  };
}
