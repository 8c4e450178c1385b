import { decodeId } from '@app/kernel';
import type { QueryParameter } from '../description/admin-description';
import { shapes } from '../description/shapes';
import { assertNone } from '../request/validation';
import { isInScope, type MerchantScope } from './actor';

/** How the parameter of `ofMerchant` is described. */
export const OF_MERCHANT: Readonly<Record<string, QueryParameter>> = {
  merchant_id: { description: 'Of this merchant alone', schema: shapes.id('merchant') },
};

/**
 * The part of a scope that the query string `merchant_id=mer_…` asks for: all of it without; nothing of a merchant outside
 * of it, as of one that is not there.
 * @param parameters the parsed query string, which holds nothing else
 * @throws InvalidRequest `merchant_id_invalid`, `query_invalid`
 */
export function ofMerchant(scope: MerchantScope, parameters: Readonly<Record<string, unknown>>): MerchantScope {
  const { merchant_id: asked, ...rest } = parameters;
  const merchantId = typeof asked === 'string' ? decodeId('merchant', asked) : null;
  assertNone([
    ...(Object.keys(rest).length > 0 ? ['query_invalid'] : []),
    ...(asked !== undefined && merchantId === null ? ['merchant_id_invalid'] : []),
  ]);
  if (merchantId === null) return scope;
  return isInScope(scope, merchantId) ? [merchantId] : [];
}
