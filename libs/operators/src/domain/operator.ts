import type { MerchantScope, OperatorRole } from '@app/platform';

/** Invited until a password is set; a disabled one is as good as gone. */
export const OPERATOR_STATUSES = ['invited', 'active', 'disabled'] as const;

export type OperatorStatus = (typeof OPERATOR_STATUSES)[number];

/** A role, and the merchants that it holds for. */
export interface Grant {
  readonly role: OperatorRole;
  readonly merchants: MerchantScope;
}

/** Whom an operator is at the identity provider. */
export interface LinkedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly linkedAt: Date;
}

/** A person who may use the console. `id` is a UUID. */
export interface Operator extends Grant {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: OperatorStatus;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  /** Null before the first sign-in through the provider. */
  readonly identity: LinkedIdentity | null;
  readonly createdAt: Date;
  readonly lastSignedInAt: Date | null;
  /** One more with every change of what they are or may do, and of how they sign in. */
  readonly version: number;
}

/** A program that may use the admin API. `id` is a UUID. */
export interface ServiceAccount extends Grant {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** What can be decided about a person by others; what is left out stays. */
export interface OperatorChange {
  readonly name?: string;
  readonly role?: OperatorRole;
  readonly merchants?: MerchantScope;
}
