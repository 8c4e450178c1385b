import { uuidV7Floor } from '@app/kernel';
import type { ConditionSql } from './list-sql';

const COMPARISONS = { gt: '>=', gte: '>=', lt: '<', lte: '<' } as const;

/** A condition on the time of creation as one on `id`: ids begin with it in milliseconds, so the primary key is its index. */
export const createdById =
  (id: string): ConditionSql =>
  ({ operator, values: [value] }, bind) => {
    // Before 1970 there are no ids.
    const at = Math.max(0, (value as Date).getTime());
    const isAfter = operator === 'gt' || operator === 'lte';
    const sign = COMPARISONS[operator as keyof typeof COMPARISONS];
    return `${id} ${sign} ${bind(uuidV7Floor(new Date(isAfter ? at + 1 : at)))}::uuid`;
  };
