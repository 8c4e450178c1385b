import type { Choice } from '../list/filter-field';
import { ROLES, type Role } from '../session/me';
import { MerchantName } from '../merchants/MerchantName';
import type { Tone } from '../theme/tokens';
import type { Grant, Operator } from './types';

export const OPERATOR_STATES: Readonly<Record<Operator['status'], { readonly label: string; readonly tone: Tone }>> = {
  invited: { label: 'Invited', tone: 'info' },
  active: { label: 'Active', tone: 'good' },
  disabled: { label: 'Disabled', tone: 'neutral' },
};

export const ROLE_CHOICES: readonly Choice<Role>[] = (Object.keys(ROLES) as Role[]).map((value) => ({
  value,
  label: ROLES[value].name,
}));

/** The merchants of a grant. */
export function Merchants({ grant }: { readonly grant: Grant }) {
  if (grant.all_merchants) return <>All</>;
  return grant.merchant_ids.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <MerchantName id={id} />
    </span>
  ));
}
