import { NotFound } from '@app/kernel';
import type { Permission } from './permissions';

/** From the least to the most: each may do what those before it may. */
export const OPERATOR_ROLES = ['viewer', 'operator', 'merchant_admin', 'admin'] as const;

export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** The merchants (UUIDs) whose data somebody may see and change. */
export type MerchantScope = 'all' | readonly string[];

/** Where a call came from, as far as it can be known. */
export interface Origin {
  readonly address: string | null;
  /** As the caller got it in `Cko-Request-Id`; null for what was no request. */
  readonly requestId: string | null;
}

/** Who did something that is audited. */
export interface Doer {
  readonly kind: 'operator' | 'service_account' | 'command_line';
  /** Wire id, `opr_…` or `sva_…`; null for the command line, which whoever runs the server has. */
  readonly wireId: string | null;
  /** For people, as it was then: an e-mail address, the name of a service account, a user of the system. */
  readonly name: string;
  readonly origin: Origin;
}

/** Who decides something, and of which merchants. The command line decides of all: whoever runs it has the server's environment. */
export interface Administrator extends Doer {
  readonly merchants: MerchantScope;
}

/** Who calls the admin API: a person or a service account. The guard makes sure of it and of `permissions`. */
export interface AdminActor extends Administrator {
  readonly kind: 'operator' | 'service_account';
  /** UUID. */
  readonly id: string;
  readonly wireId: string;
  readonly role: OperatorRole;
  readonly permissions: ReadonlySet<Permission>;
  /** UUID of the session by which a person is signed in; null for a service account. */
  readonly sessionId: string | null;
}

/** Whether data of a merchant (UUID; null: of the whole installation) are within a scope. */
export function isInScope(scope: MerchantScope, merchantId: string | null): boolean {
  return scope === 'all' || (merchantId !== null && scope.includes(merchantId));
}

/** Whether whoever has `scope` may also hand out or look into `other`. */
export function includesScope(scope: MerchantScope, other: MerchantScope): boolean {
  return scope === 'all' || (other !== 'all' && other.every((merchantId) => scope.includes(merchantId)));
}

/**
 * Another merchant's thing is the same as none.
 * @param resource what is not there then: `session` answers `session_not_found`
 * @throws NotFound
 */
export function assertInScope(
  { merchants }: Pick<Administrator, 'merchants'>,
  merchantId: string | null,
  resource: string,
): void {
  if (!isInScope(merchants, merchantId)) throw new NotFound(resource);
}
