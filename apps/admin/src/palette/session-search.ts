import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';
import type { ListFilter } from '../providers/list-query';
import type { SessionLine } from '../sessions/types';
import { useSettled } from '../ui/use-settled';
import { MIN_LENGTH, searchFilters } from './search-filters';

const MOST = 8;

interface Found {
  readonly sessions: readonly SessionLine[];
  readonly isLooking: boolean;
}

/** Sessions with this id, transaction id, reference, last four or BIN. */
export function useSessionSearch(text: string, isOffered: boolean): Found {
  const wanted = useSettled(text.trim());
  const filters = searchFilters(wanted);
  const enabled = isOffered && wanted.length >= MIN_LENGTH && filters.length > 0;
  const { data, isFetching } = useQuery({
    // By what is asked, so that no card number is kept.
    queryKey: ['sessions', 'search', filters],
    queryFn: ({ signal }) => search(filters, signal),
    enabled,
    retry: false,
  });
  return { sessions: enabled ? (data ?? []) : [], isLooking: isFetching || text.trim() !== wanted };
}

async function search(filters: readonly ListFilter[], signal: AbortSignal): Promise<readonly SessionLine[]> {
  const found = await Promise.all(filters.map((filter) => pageOf(filter, signal)));
  return [...new Map(found.flat().map((line) => [line.id, line])).values()].slice(0, MOST);
}

async function pageOf(filter: ListFilter, signal: AbortSignal): Promise<readonly SessionLine[]> {
  const query = { filter: JSON.stringify(filter), limit: MOST };
  return (await request('GET sessions', { query, signal })).data;
}
