import { useGetList } from 'react-admin';
import type { Item } from '../list/column';

/** More of anything a page about one merchant does not show. */
const MOST = 100;

/** What a merchant has of something, the newest first; undefined until it is known. */
export function useOfMerchant<Row extends Item>(
  resource: string,
  filter: Readonly<Record<string, string>>,
  enabled = true,
): readonly Row[] | undefined {
  const { data } = useGetList<Row>(
    resource,
    { pagination: { page: 1, perPage: MOST }, sort: { field: 'created_at', order: 'DESC' }, filter },
    { enabled },
  );
  return data;
}
