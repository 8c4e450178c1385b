import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';
import { PART } from '../providers/part';

/** How it goes with callbacks, of all merchants or of one; asked again every half minute. */
export const useFigures = (isWanted = true, query: { readonly merchant_id?: string } = {}) =>
  useQuery({
    queryKey: ['callbacks', 'figures', query],
    queryFn: async ({ signal }) => (await request('GET callbacks/figures', { query, signal })).environments,
    enabled: isWanted,
    refetchInterval: 30_000,
    meta: PART,
  });
