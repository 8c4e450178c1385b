import { shortId } from '../ui/Copyable';
import { useMerchantChoices } from './use-merchant-choices';

/** A merchant by its name where that is known, else by its id. */
export function MerchantName({ id }: { readonly id: string }) {
  const name = useMerchantChoices().find(({ value }) => value === id)?.label;
  return <span title={name === undefined ? id : `${name} (${id})`}>{name ?? shortId(id)}</span>;
}
