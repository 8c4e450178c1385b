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
    { enabled, staleTime: KEPT_MS },
  );
  // Whoever goes on typing and presses Enter must not choose what another text has found.
  const isOfText = !isNumber && text.trim() === wanted;
  return {
    names: new Map(isOfText ? data.map(({ id, name }) => [id, name]) : []),
    hasMore: isOfText && pageInfo?.hasNextPage === true,
    isLooking: !isNumber && (isFetching || !isOfText),
  };
}

function filterOf(text: string): object {
  if (isMerchantId(text)) return { id: text };
  return text === '' ? {} : { name: { contains: text } };
}
