/**
 * Everything that somebody may be allowed to do through the admin API. Which role may do what is a table of `operators`;
 * a lib that adds a route names one of these, and adds a word here where none fits.
 */
export const PERMISSIONS = [
  'own_account.use',
  'overview.read',
  'sessions.read',
  'sessions.act',
  'callbacks.read',
  'callbacks.act',
  'merchants.read',
  'merchants.create',
  'merchants.write',
  'merchants.suspend',
  'access_keys.read',
  'access_keys.write',
  'connector_accounts.read',
  'connector_accounts.write',
  'tokens.read',
  'tokens.act',
  'directory_servers.read',
  'directory_servers.act',
  'reports.read',
  'reports.check',
  'simulator.read',
  'simulator.use',
  'audit.read',
  'audit.verify',
  'operators.read',
  'operators.write',
  'service_accounts.read',
  'service_accounts.write',
  'system.read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
