import type { ListFilter } from '../providers/list-query';
import { fitting, readFilter } from './read-filter';

/** What a list shows, as its address says it: the dialect of the API, so that an address can be shared and read. */
export interface ListAddress {
  readonly filter: ListFilter;
  /** A name, with `-` in front for the other direction. */
  readonly sort: string;
  readonly limit: number;
  readonly after: string | undefined;
}

/** How many rows a page may have. */
export const LIMITS = [25, 50, 100] as const;

/** Reads an address; what it does not say, or not rightly, is as in `usual`. */
export function readAddress(search: URLSearchParams, usual: Pick<ListAddress, 'sort' | 'limit'>): ListAddress {
  const limit = Number(search.get('limit'));
  return {
    filter: readFilter(search.get('filter')).filter,
    sort: search.get('sort') ?? usual.sort,
    limit: LIMITS.find((one) => one === limit) ?? usual.limit,
    after: search.get('after') ?? undefined,
  };
}

/** The query string of an address; what is usual is left out, and so is what an address must not say. */
export function writeAddress(
  { filter, sort, limit, after }: ListAddress,
  usual: Pick<ListAddress, 'sort' | 'limit'>,
): string {
  const said = fitting(filter);
  const search = new URLSearchParams({
    ...(Object.keys(said).length === 0 ? {} : { filter: JSON.stringify(said) }),
    ...(sort === usual.sort ? {} : { sort }),
    ...(limit === usual.limit ? {} : { limit: String(limit) }),
    ...(after === undefined ? {} : { after }),
  });
  return search.toString();
}
