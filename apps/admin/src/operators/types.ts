import type { LinkedIdentity, Role } from '../session/me';

/** A role, and the merchants that it holds for. */
export interface Grant {
  readonly role: Role;
  readonly all_merchants: boolean;
  readonly merchant_ids: readonly string[];
}

/** Somebody who uses the console, as `GET /admin/api/operators` tells. */
export interface Operator extends Grant {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: 'invited' | 'active' | 'disabled';
  readonly has_second_factor: boolean;
  readonly identity: LinkedIdentity | null;
  readonly created_at: string;
  readonly last_signed_in_at: string | null;
}

/** A way to set a password, told once. */
export interface Invitation {
  readonly invitation_url: string;
  readonly invitation_expires_at: string;
}
