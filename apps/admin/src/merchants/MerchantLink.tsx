import { shortId } from '../ui/Copyable';
import { IdLink } from '../ui/IdLink';
import { useMerchantNames } from './use-merchant-names';

/** A merchant by its name where that is known, which leads to it; and the button that copies its id. */
export function MerchantLink({ id }: { readonly id: string }) {
  const name = useMerchantNames([id])(id);
  return (
    <IdLink id={id} name="merchant id" isWords={name !== shortId(id)}>
      {name}
    </IdLink>
  );
}
