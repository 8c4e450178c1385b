import { OPERATOR_ROLES, shapes } from '@app/platform';

/** The members that tell of a role and the merchants that it holds for. */
export const GRANT = {
  role: shapes.oneOf(OPERATOR_ROLES),
  all_merchants: shapes.flag,
  merchant_ids: shapes.listOf(shapes.id('merchant')),
} as const;
