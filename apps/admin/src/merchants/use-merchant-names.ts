import { useGetManyAggregate } from 'react-admin';
import type { NameOf } from '../list/filter-field';
import { useMe, type Me } from '../session/me';
import { shortId } from '../ui/Copyable';

/** What is known of merchants changes seldom; what is done in this window is asked for again anyway. */
export const KEPT_MS = 300_000;

/** Whether it is an id of a merchant. The last of its letters stands for three bits. */
export const isMerchantId = (text: string): boolean => /^mer_[a-z2-7]{25}[aeimquy4]$/.test(text);

/** Whether this server and the role tell what merchants are called. */
export const areMerchantsTold = (me: Me | undefined): boolean =>
  me?.features.includes('merchants') === true && me.permissions.includes('merchants.read');

/**
 * What merchants are called. Those of all that is drawn at one time are asked for together.
 * @returns a name where it is known, else the id in short
 */
export function useMerchantNames(ids: readonly string[]): NameOf {
  // One that is none would have all refused that are asked for with it.
  const wanted = ids.filter(isMerchantId);
  const { data = [] } = useGetManyAggregate<{ readonly id: string; readonly name: string }>(
    'merchants',
    { ids: wanted },
    { enabled: areMerchantsTold(useMe()) && wanted.length > 0, staleTime: KEPT_MS },
  );
  const names = new Map(data.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? shortId(id);
}
