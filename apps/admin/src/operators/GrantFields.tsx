import { MerchantsInput } from '../merchants/MerchantInput';
import { ROLES, useMe } from '../session/me';
import { Check } from '../ui/Checks';
import { SelectInput } from '../ui/SelectInput';
import type { Grant } from './types';
import { ROLE_CHOICES } from './words';

/** As the API takes it: all merchants or a list, never both. */
export const grantBody = ({
  role,
  all_merchants: all,
  merchant_ids: ids,
}: Grant): Partial<Grant> & Pick<Grant, 'role'> => (all ? { role, all_merchants: true } : { role, merchant_ids: ids });

interface GrantFieldsProps {
  readonly grant: Grant;
  readonly onChange: (grant: Grant) => void;
}

/** The part of a form that says what somebody may do, and for which merchants. */
export function GrantFields({ grant, onChange }: GrantFieldsProps) {
  const me = useMe();
  return (
    <>
      <SelectInput
        label="Role"
        value={grant.role}
        choices={ROLE_CHOICES}
        onChange={(role) => onChange({ ...grant, role })}
        hint={`${ROLES[grant.role].may}.`}
      />
      {me?.all_merchants === true && (
        <Check
          label="For all merchants, also those to come"
          isChecked={grant.all_merchants}
          onChange={(all) => onChange({ ...grant, all_merchants: all })}
        />
      )}
      {!grant.all_merchants && (
        <MerchantsInput
          label="Merchants"
          chosen={grant.merchant_ids}
          onChange={(ids) => onChange({ ...grant, merchant_ids: ids })}
        />
      )}
    </>
  );
}
