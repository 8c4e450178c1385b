import { shortId } from '../ui/Copyable';
import { useMerchantNames } from './use-merchant-names';

/** A merchant by its name where that is known, else by its id. */
export function MerchantName({ id }: { readonly id: string }) {
  const name = useMerchantNames([id])(id);
  return <span title={name === shortId(id) ? id : `${name} (${id})`}>{name}</span>;
}
