import type { JobItem } from './types';
import { ITEM_STATES } from './words';

/** Which items of a job are shown: those of a state, or all. */
export type Which = JobItem['state'] | 'all';

export interface ItemsAddress {
  readonly which: Which;
  /** Where the page begins; null at the beginning. */
  readonly after: string | null;
}

const isWhich = (text: string | null): text is Which =>
  text === 'all' || (text !== null && Object.hasOwn(ITEM_STATES, text));

/** What the address of a job says of its items. A page is one of what it was counted in, and of nothing else. */
export function readItems(search: URLSearchParams, usual: Which): ItemsAddress {
  const which = search.get('state');
  return isWhich(which) ? { which, after: search.get('after') } : { which: usual, after: null };
}

/** The same as an address has it. */
export const writeItems = ({ which, after }: ItemsAddress): Record<string, string> => ({
  state: which,
  ...(after === null ? {} : { after }),
});

/** Where a job's items of a state are listed. */
export const itemsOf = (jobId: string, which: Which): string =>
  `/jobs/${jobId}?${new URLSearchParams(writeItems({ which, after: null })).toString()}`;
