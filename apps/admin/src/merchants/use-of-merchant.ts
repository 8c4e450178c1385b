import { useInfiniteQuery } from '@tanstack/react-query';
import type { Item } from '../list/column';
import { call } from '../providers/http';
import { listQuery, type ListPage } from '../providers/list-query';

/** So many come at a time. */
const PORTION = 100;

/** Some rows of something, the first of them. */
export interface Rows<Row> {
  /** Undefined until they are known. */
  readonly rows: readonly Row[] | undefined;
  /** Asks for those that follow; null where there are none. */
  readonly more: (() => void) | null;
}

/** What a merchant has of something, the newest first. */
export function useOfMerchant<Row extends Item>(
  resource: string,
  filter: Readonly<Record<string, string>>,
  enabled = true,
): Rows<Row> {
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [resource, 'of', filter],
    queryFn: ({ pageParam: after, signal }) => {
      const query = { filter, sort: { field: 'created_at', order: 'DESC' }, limit: PORTION, after };
      return call<ListPage<Row>>('GET', resource, { query: listQuery(query, new Date()), signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
  });
  return {
    rows: data?.pages.flatMap((page) => page.data),
    more: hasNextPage ? () => void fetchNextPage() : null,
  };
}
