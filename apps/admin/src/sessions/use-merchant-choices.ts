import { useGetList } from 'react-admin';
import type { Choice } from '../list/filter-field';
import { useMe } from '../session/me';

interface MerchantName {
  readonly id: string;
  readonly name: string;
}

/** More than these nobody picks from a list. */
const MOST = 100;

/** Merchants in scope by name; none where this server or the role does not tell them. */
export function useMerchantChoices(): readonly Choice[] {
  const me = useMe();
  const enabled = me?.features.includes('merchants') === true && me.permissions.includes('merchants.read');
  const { data } = useGetList<MerchantName>(
    'merchants',
    { pagination: { page: 1, perPage: MOST }, sort: { field: 'name', order: 'ASC' }, filter: {} },
    { enabled, staleTime: 300_000 },
  );
  return (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
