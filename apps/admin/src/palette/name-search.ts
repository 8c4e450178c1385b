import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';
import { useSettled } from '../ui/use-settled';
import type { Destination } from './destinations';
import { nameFilter } from './search-filters';

/** Of each kind. */
const MOST = 4;

type Search = (word: string, signal: AbortSignal) => Promise<readonly Destination[]>;

/** What has a name, by the screen that it is looked at on. */
const SEARCHES: Readonly<Record<string, Search>> = {
  async merchants(word, signal) {
    const query = { filter: JSON.stringify({ name: { contains: word } }), limit: MOST };
    const { data } = await request('GET merchants', { query, signal });
    return data.map(({ id, name }) => ({ label: `Merchant ${name}`, to: `/merchants/${id}` }));
  },
  async operators(word, signal) {
    const query = { filter: JSON.stringify({ email: { contains: word } }), limit: MOST };
    const { data } = await request('GET operators', { query, signal });
    return data.map(({ id, email }) => ({ label: `User ${email}`, to: `/operators/${id}` }));
  },
};

/** Merchants by name and users by e-mail address, as far as their screens are offered. */
export function useNameSearch(text: string, offeredScreens: readonly string[]): readonly Destination[] {
  const word = nameFilter(useSettled(text));
  const searches = Object.entries(SEARCHES).filter(([screen]) => offeredScreens.includes(screen));
  const enabled = word !== null && searches.length > 0;
  const { data } = useQuery({
    queryKey: ['names', 'search', word, searches.map(([screen]) => screen)],
    queryFn: async ({ signal }) =>
      word === null ? [] : (await Promise.all(searches.map(([, search]) => search(word, signal)))).flat(),
    enabled,
    retry: false,
  });
  return enabled ? (data ?? []) : [];
}
