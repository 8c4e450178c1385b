import { useCallback, useMemo, useState } from 'react';
import { useGetList, useStore } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import type { PageEnds } from '../providers/data-provider';
import type { ListFilter } from '../providers/list-query';
import type { Item } from './column';
import { LIMITS, readAddress, writeAddress, type ListAddress } from './list-address';
import { readFilter } from './read-filter';
import { steady } from './steady';
import { useRefreshing } from '../ui/use-refreshing';

/** A list as a screen sees it. */
export interface Listing<Row extends Item> {
  readonly resource: string;
  readonly rows: readonly Row[];
  readonly address: ListAddress;
  /** False where the address says more of a filter than could be read. */
  readonly isFilterWhole: boolean;
  readonly ends: PageEnds;
  /** Rows that came since these were shown. */
  readonly newCount: number;
  /** Why nothing is shown; what was shown once stays. */
  readonly error: unknown;
  /** Nothing was ever shown. */
  readonly isPending: boolean;
  /** What is shown is of another page or filter; its own is on the way. */
  readonly isChanging: boolean;
  readonly setFilter: (filter: ListFilter) => void;
  readonly setSort: (sort: string) => void;
  readonly setLimit: (limit: number) => void;
  /** `next` or `prev` of `ends`; null for the beginning. */
  readonly goTo: (cursor: string | null) => void;
  /** Asks again, and shows what came. */
  readonly reload: () => void;
}

/** Keeps a list by the address of the page: filter, order, place. It asks again by itself, without a row that moves. */
export function useListing<Row extends Item>(resource: string, usualSort: string): Listing<Row> {
  const [search, setSearch] = useSearchParams();
  const [usualLimit, setUsualLimit] = useStore<number>('list.limit', LIMITS[1]);
  const usual = useMemo(() => ({ sort: usualSort, limit: usualLimit }), [usualSort, usualLimit]);
  const address = useMemo(() => readAddress(search, usual), [search, usual]);
  const [held, setHeld] = useState<{ readonly key: string; readonly rows: readonly Row[] } | null>(null);
  const { filter, sort, limit, after } = address;
  const found = useGetList<Row>(
    resource,
    {
      pagination: { page: 1, perPage: limit },
      sort: { field: sort.replace(/^-/, ''), order: sort.startsWith('-') ? 'DESC' : 'ASC' },
      filter,
      meta: { after },
    },
    { placeholderData: (previous) => previous },
  );
  const { data, error, isPending, isPlaceholderData, refetch } = found;
  const ends = found.meta as PageEnds | undefined;
  const key = JSON.stringify([filter, sort, limit, after]);
  const isOwn = data !== undefined && !isPlaceholderData;
  // Where nothing was, nothing can move.
  const isFirst = held?.key !== key || (held.rows.length === 0 && data !== undefined && data.length > 0);
  if (isOwn && isFirst) setHeld({ key, rows: data });
  const { rows, newCount } =
    held && isOwn && held.key === key ? steady(held.rows, data) : { rows: data ?? [], newCount: 0 };
  useRefreshing(refetch);
  const go = useCallback(
    (change: Partial<ListAddress>) => {
      // Whatever changes, another page of it is none of this one.
      const next = { ...address, after: undefined, ...change };
      setSearch(writeAddress(next, usual));
    },
    [address, usual, setSearch],
  );
  const reload = useCallback(async () => {
    const { data: fresh } = await refetch();
    // It resolves with what the data provider gave, whatever its type says.
    const answer = fresh as unknown as { readonly data: readonly Row[] } | undefined;
    if (answer) setHeld({ key, rows: answer.data });
  }, [refetch, key]);
  return {
    resource,
    rows,
    address,
    isFilterWhole: readFilter(search.get('filter')).isWhole,
    ends: ends ?? { next: null, prev: null },
    newCount,
    error: data === undefined ? error : null,
    isPending,
    isChanging: isPlaceholderData,
    setFilter: (next) => go({ filter: next }),
    setSort: (next) => go({ sort: next }),
    setLimit: (next) => {
      setUsualLimit(next);
      go({ limit: next });
    },
    goTo: (cursor) => go({ after: cursor ?? undefined }),
    reload: () => void reload(),
  };
}
