import { unlessNeeded } from '../../support/pgbouncer';

describe('a machine without PgBouncer', () => {
  it('leaves out what is tested through it', () => {
    expect(unlessNeeded(null, {})).toBeNull();
  });

  it('fails a gate, unless the gate says that it does without', () => {
    expect(() => unlessNeeded(null, { CI: 'true' })).toThrow(/Install it \(pgbouncer\)/);
    expect(unlessNeeded(null, { CI: 'true', TEST_WITHOUT_PGBOUNCER: '1' })).toBeNull();
    expect(unlessNeeded('/usr/sbin/pgbouncer', { CI: 'true' })).toBe('/usr/sbin/pgbouncer');
  });
});
