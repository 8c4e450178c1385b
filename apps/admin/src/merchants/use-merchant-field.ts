import type { FilterField } from '../list/filter-field';
import { useMe } from '../session/me';
import { areMerchantsTold } from './use-merchant-names';

const BY_NAME: FilterField = { kind: 'merchants', name: 'merchant_id', label: 'Merchant' };
const BY_ID: FilterField = {
  kind: 'text',
  name: 'merchant_id',
  label: 'Merchant id',
  hint: 'mer_ and 26 letters',
  maxLength: 30,
};

/** Narrows a list to merchants: by name where names are told. */
export const useMerchantField = (): FilterField => (areMerchantsTold(useMe()) ? BY_NAME : BY_ID);
