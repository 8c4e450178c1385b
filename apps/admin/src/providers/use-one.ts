import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Shown } from '../api/routes';
import { call, pathTo } from './http';

/**
 * A single thing, whole. react-admin's own hook shows the line of a list first, which says less than the thing itself.
 * @param id null: nothing is asked for yet
 */
export function useOne<T>(resource: Shown, id: string | null): UseQueryResult<T> {
  return useQuery({
    queryKey: [resource, 'whole', id],
    queryFn: ({ signal }) => call<T>('GET', `${resource}/${pathTo(id ?? '')}`, { signal }),
    enabled: id !== null,
  });
}
