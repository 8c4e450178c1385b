import { usePermissions } from 'react-admin';

export type Role = 'viewer' | 'operator' | 'merchant_admin' | 'admin';

/** Somebody at an identity provider. */
export interface LinkedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly linked_at: string;
}

/** Who is signed in, and what this server has and lets them do: `GET /admin/api/auth/me`, and `features` beside it. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly all_merchants: boolean;
  /** Wire ids; empty where `all_merchants`. */
  readonly merchant_ids: readonly string[];
  readonly permissions: readonly string[];
  /** What this server offers; a screen without its feature is hidden. */
  readonly features: readonly string[];
  readonly csrf_token: string;
  readonly has_password: boolean;
  /** Whom one is at the identity provider; null before the first sign-in there. */
  readonly identity: LinkedIdentity | null;
  readonly second_factor: {
    readonly enrolled: boolean;
    /** Nothing else is allowed until there is one. */
    readonly must_enrol: boolean;
    readonly recovery_codes_left: number;
  };
}

/** Who is signed in; undefined until it is known. */
export function useMe(): Me | undefined {
  return usePermissions<Me | undefined>().permissions;
}

/** Whether whoever is signed in has a permission. The server decides again; this only hides. */
export function useMay(permission: string): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

/** The role as people call it, and what it lets do beside what those before it may. */
export const ROLES: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  viewer: { name: 'Viewer', may: 'Sees sessions, callbacks, reports and settings' },
  operator: { name: 'Operator', may: 'Also retries, resends, re-syncs and expires' },
  merchant_admin: {
    name: 'Merchant admin',
    may: 'Also manages credentials, channels and endpoints of the merchants in scope',
  },
  admin: { name: 'Admin', may: 'Everything, users too' },
};
