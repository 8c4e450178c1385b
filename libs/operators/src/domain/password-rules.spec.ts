import { COMMON_PASSWORDS } from './common-passwords';
import { MIN_PASSWORD_LENGTH, passwordProblem } from './password-rules';

const EMAIL = 'ada.lovelace@example.com';

describe('a new password', () => {
  it.each([
    ['eleven chars', 'gravel lant', 'password_too_short'],
    ['few characters of many code units', '👩‍🚀'.repeat(2), 'password_too_short'],
    ['the e-mail address', 'Ada.Lovelace@Example.com', 'password_is_email'],
    ['its first part', 'ADA.LOVELACE', 'password_is_email'],
    ['a common one in another case', 'PassWord12345', 'password_too_common'],
    ['three characters over and over', 'abcabcabcabcabc', 'password_too_common'],
  ])('is refused when it is %s', (_what, password, problem) => {
    expect(passwordProblem(password, EMAIL)).toBe(problem);
  });

  it.each(['gravel lantern tiger', 'ümlaut ünd süß', 'tw3lve chars'])('may be %j', (password) => {
    expect(passwordProblem(password, EMAIL)).toBeNull();
  });

  it('is compared with common ones that length does not refuse anyway', () => {
    for (const common of COMMON_PASSWORDS) {
      expect([common, common.length >= MIN_PASSWORD_LENGTH, common]).toEqual([common, true, common.toLowerCase()]);
    }
  });
});
