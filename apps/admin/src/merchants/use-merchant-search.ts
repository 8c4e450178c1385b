import { useGetList } from 'react-admin';
import { mayHoldNumber } from '../format/card-number';
import { useMe } from '../session/me';
import { useSettled } from '../ui/use-settled';
import { areMerchantsTold, isMerchantId, KEPT_MS } from './use-merchant-names';

/** More nobody looks through: who does not see theirs writes more of its name. */
const MOST = 25;

interface Found {
  /** By name. */
  readonly names: ReadonlyMap<string, string>;
  readonly hasMore: boolean;
  readonly isLooking: boolean;
}

/** Merchants in scope whose name has a text in it, or whose id it is; of no text, the first ones. What may be a card number goes nowhere. */
export function useMerchantSearch(text: string): Found {
  const wanted = useSettled(text.trim());
  const isNumber = mayHoldNumber(text);
  const enabled = areMerchantsTold(useMe()) && !mayHoldNumber(wanted);
  const {
    data = [],
    pageInfo,
    isFetching,
  } = useGetList<{ readonly id: string; readonly name: string }>(
    'merchants',
    { pagination: { page: 1, perPage: MOST }, sort: { field: 'name', order: 'ASC' }, filter: filterOf(wanted) },
    { enabled, staleTime: KEPT_MS, placeholderData: (previous) => previous },
  );
  return {
    names: new Map(isNumber ? [] : data.map(({ id, name }) => [id, name])),
    hasMore: !isNumber && pageInfo?.hasNextPage === true,
    isLooking: !isNumber && (isFetching || text.trim() !== wanted),
  };
}

function filterOf(text: string): object {
  if (isMerchantId(text)) return { id: text };
  return text === '' ? {} : { name: { contains: text } };
}
