import { randomBytes } from 'node:crypto';
import { csrfTokenOf, isCsrfToken, isSecret } from './session-secrets';

const secret = (): string => randomBytes(32).toString('base64url');

describe('the CSRF token', () => {
  it('is one session’s own, always the same, and does not hold its secret', () => {
    const [mine, theirs] = [secret(), secret()];

    expect(csrfTokenOf(mine)).toBe(csrfTokenOf(mine));
    expect(isCsrfToken(mine, csrfTokenOf(mine))).toBe(true);
    expect(isCsrfToken(mine, csrfTokenOf(theirs))).toBe(false);
    expect(csrfTokenOf(mine)).not.toContain(mine);
  });

  it.each(['', 'x', 'é'.repeat(43), 'a'.repeat(43), 'a'.repeat(10_000)])('is not %j', (token) => {
    expect(isCsrfToken(secret(), token)).toBe(false);
  });
});

it.each(['', 'x', `${'a'.repeat(42)}=`, 'a'.repeat(44), "' OR 1=1 --"])('%j is no secret of ours', (text) => {
  expect(isSecret(text)).toBe(false);
});
