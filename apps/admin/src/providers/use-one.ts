import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Answer, Route, Shown } from '../api/routes';
import { call, pathTo } from './http';

/**
 * A single thing, whole. react-admin's own hook shows the line of a list first, which says less than the thing itself.
 * @param id null: nothing is asked for yet
 */
export function useOne<R extends Shown>(
  resource: R,
  id: string | null,
): UseQueryResult<Answer<Extract<Route, `GET ${R}/{id}`>>> {
  return useQuery({
    queryKey: [resource, 'whole', id],
    queryFn: ({ signal }) =>
      call<Answer<Extract<Route, `GET ${R}/{id}`>>>('GET', `${resource}/${pathTo(id ?? '')}`, { signal }),
    enabled: id !== null,
  });
}
