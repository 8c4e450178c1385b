import { encodeId } from '@app/kernel';
import type { Grant } from './operator';

/** A grant in the words of the wire: for answers and for the audit log. */
export function grantFacts({ role, merchants }: Grant): Readonly<Record<string, unknown>> {
  return {
    role,
    all_merchants: merchants === 'all',
    merchant_ids: merchants === 'all' ? [] : merchants.map((id) => encodeId('merchant', id)),
  };
}
