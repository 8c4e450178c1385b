import type { MerchantScope } from '@app/platform';

/** A scope as the column `merchant_ids` has it: NULL for all merchants. */
export function toMerchantIds(merchants: MerchantScope): readonly string[] | null {
  return merchants === 'all' ? null : merchants;
}

export function fromMerchantIds(ids: readonly string[] | null): MerchantScope {
  return ids ?? 'all';
}

/** SQL: whether a row's merchants (a column of `merchant_ids`) are all among those of a placeholder of the same kind. */
export function merchantsWithin(column: string, placeholder: string): string {
  return `(${placeholder}::uuid[] IS NULL OR ${column} <@ ${placeholder}::uuid[])`;
}
