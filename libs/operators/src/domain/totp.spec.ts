import { acceptedStep, newTotpSecret, totpUri } from './totp';

/** The key of RFC 6238 appendix B, `12345678901234567890`, in base32. */
const RFC_KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('a code of an authenticator app', () => {
  // The eight digits of appendix B end in these six.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('at %d s is the one of RFC 6238', (seconds, code) => {
    expect(acceptedStep(RFC_KEY, code, at(seconds), null)).toBe(Math.floor(seconds / 30));
  });

  it('is good one step before and after its own, and no longer', () => {
    const step = Math.floor(1_234_567_890 / 30);

    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890 - 30), null)).toBe(step);
    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890 + 30), null)).toBe(step);
    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890 - 90), null)).toBeNull();
    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890 + 90), null)).toBeNull();
  });

  it('is good once: not after its step or a later one was accepted', () => {
    const step = Math.floor(1_234_567_890 / 30);

    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890), step - 1)).toBe(step);
    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890), step)).toBeNull();
    expect(acceptedStep(RFC_KEY, '005924', at(1_234_567_890), step + 1)).toBeNull();
  });

  it.each(['', '00592', '0059240', '00592a', '005924 ', '٠٠٥٩٢٤'])('is never %j', (code) => {
    expect(acceptedStep(RFC_KEY, code, at(1_234_567_890), null)).toBeNull();
  });
});

describe('a shared secret', () => {
  it('has 160 random bits', () => {
    const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));

    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('is told to apps as they read it', () => {
    expect(totpUri(RFC_KEY, 'a+b@example.com')).toBe(
      `otpauth://totp/Countersign:a%2Bb%40example.com?secret=${RFC_KEY}&issuer=Countersign`,
    );
  });
});
