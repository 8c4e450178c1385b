import { newRecoveryCodes, normalRecoveryCode } from './recovery-codes';

describe('recovery codes', () => {
  it('are ten, of 80 bits each, in groups for people', () => {
    const codes = newRecoveryCodes();

    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  });

  it('are the same however they are typed', () => {
    expect(normalRecoveryCode(' 01AB-cdef 0110-9z9z ')).toBe('01abcdef01109z9z');
    expect(normalRecoveryCode('oiab-cdef-oLi0-9z9z')).toBe('01abcdef01109z9z');
  });
});
