import { decodeId } from '@app/kernel';
import {
  assertNone,
  Flag,
  OneOf,
  OPERATOR_ROLES,
  Optional,
  type MerchantScope,
  type OperatorRole,
} from '@app/platform';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';

const MAX_MERCHANTS = 200;

/** Which merchants somebody gets: all of them, said so, or a list. Neither is an error, so that nobody gets all by mistake. */
export class ScopeDto {
  @Optional() @Flag() all_merchants?: boolean;
  @Optional() @IsArray() @ArrayMaxSize(MAX_MERCHANTS) @IsString({ each: true }) merchant_ids?: string[];
}

/** A role, and merchants that it holds for. */
export class GrantDto extends ScopeDto {
  @OneOf(OPERATOR_ROLES) role: OperatorRole;
}

/** The scope that a body names; null where it names none. @throws InvalidRequest `merchant_ids_invalid` */
export function readScope({ all_merchants: all, merchant_ids: ids }: ScopeDto): MerchantScope | null {
  const codes: string[] = [];
  const merchants = [...new Set(ids)].map((id) => decodeId('merchant', id));
  if (merchants.includes(null) || (all === true && merchants.length > 0)) codes.push('merchant_ids_invalid');
  if (all === false && ids === undefined) codes.push('merchant_ids_required');
  if (all !== true && ids?.length === 0) codes.push('merchant_ids_required');
  assertNone(codes);
  if (all === true) return 'all';
  return ids === undefined ? null : (merchants as string[]);
}

/** The same where one has to be named. @throws InvalidRequest */
export function requireScope(dto: ScopeDto): MerchantScope {
  const scope = readScope(dto);
  if (scope === null) assertNone(['merchant_ids_required']);
  return scope ?? [];
}
