import { OPERATOR_ROLES, PERMISSIONS, type OperatorRole, type Permission } from '@app/platform';

/** Who may do what: the least role that each permission takes. Every role may also do what those below it may. */
const LEAST_ROLE = {
  'own_account.use': 'viewer',
  'overview.read': 'viewer',
  'sessions.read': 'viewer',
  'sessions.act': 'operator',
  'callbacks.read': 'viewer',
  'callbacks.act': 'operator',
  'merchants.read': 'viewer',
  'merchants.create': 'admin',
  'merchants.write': 'merchant_admin',
  // Whoever manages a merchant does not end what was done to it from above.
  'merchants.suspend': 'admin',
  'access_keys.read': 'viewer',
  'access_keys.write': 'merchant_admin',
  'connector_accounts.read': 'viewer',
  'connector_accounts.write': 'merchant_admin',
  'tokens.read': 'viewer',
  'tokens.act': 'merchant_admin',
  'directory_servers.read': 'viewer',
  'directory_servers.act': 'operator',
  'reports.read': 'viewer',
  'reports.check': 'admin',
  'simulator.read': 'viewer',
  'simulator.use': 'operator',
  'audit.read': 'merchant_admin',
  'audit.verify': 'admin',
  'operators.read': 'admin',
  'operators.write': 'admin',
  'service_accounts.read': 'admin',
  'service_accounts.write': 'admin',
  'system.read': 'viewer',
} as const satisfies Record<Permission, OperatorRole>;

/** All that a role may do. */
export function permissionsOf(role: OperatorRole): ReadonlySet<Permission> {
  return ALL[role];
}

const rank = (role: OperatorRole): number => OPERATOR_ROLES.indexOf(role);

const permissions = (role: OperatorRole): ReadonlySet<Permission> =>
  new Set(PERMISSIONS.filter((permission) => rank(LEAST_ROLE[permission]) <= rank(role)));

const ALL: Readonly<Record<OperatorRole, ReadonlySet<Permission>>> = {
  viewer: permissions('viewer'),
  operator: permissions('operator'),
  merchant_admin: permissions('merchant_admin'),
  admin: permissions('admin'),
};
