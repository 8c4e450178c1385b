import { OPERATOR_ROLES, PERMISSIONS, type OperatorRole, type Permission } from '@app/platform';
import { permissionsOf } from './role-permissions';

const may = (role: OperatorRole, permission: Permission): boolean => permissionsOf(role).has(permission);

describe('roles', () => {
  it('may each do what those before may, and more', () => {
    const all = OPERATOR_ROLES.map(permissionsOf);

    for (const [index, permissions] of all.entries()) {
      const before = all[index - 1] ?? new Set();
      expect([...before].filter((permission) => !permissions.has(permission))).toEqual([]);
      expect(permissions.size).toBeGreaterThan(before.size);
    }
    expect(all.at(-1)?.size).toBe(PERMISSIONS.length);
  });

  it.each<[OperatorRole, Permission, OperatorRole]>([
    ['operator', 'sessions.act', 'viewer'],
    ['operator', 'callbacks.act', 'viewer'],
    ['merchant_admin', 'access_keys.write', 'operator'],
    ['merchant_admin', 'merchants.write', 'operator'],
    ['admin', 'merchants.create', 'merchant_admin'],
    ['admin', 'operators.write', 'merchant_admin'],
  ])('%s may do %s, %s may not', (role, permission, less) => {
    expect([may(role, permission), may(less, permission)]).toEqual([true, false]);
  });

  it('below admin only read, but for what operators and administrators of merchants are there for', () => {
    const writing = [...permissionsOf('viewer')].filter((permission) => !permission.endsWith('.read'));

    expect(writing).toEqual(['own_account.use']);
  });
});
