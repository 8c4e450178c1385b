import { COMMON_PASSWORDS } from './common-passwords';

/** Length is what makes a password strong (NIST SP 800-63B section 3.1.1.2); nothing is asked of its characters. */
export const MIN_PASSWORD_LENGTH = 12;
/** Longer ones cost time to read and make nothing safer. */
export const MAX_PASSWORD_LENGTH = 200;

export type PasswordProblem = 'password_too_short' | 'password_too_common' | 'password_is_email';

/** What is wrong with a new password of the person with this e-mail address, or null. */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  const lower = password.toLowerCase();
  if ([...password].length < MIN_PASSWORD_LENGTH) return 'password_too_short';
  if (lower === email || lower === email.split('@')[0]) return 'password_is_email';
  if (COMMON_PASSWORDS.has(lower) || new Set(lower).size < 4) return 'password_too_common';
  return null;
}
