import { generateSecret, generateURI, verifySync } from 'otplib';

/** The parameters that every authenticator app takes (RFC 6238 with its defaults): SHA-1, six digits, 30 seconds. */
const STEP_SECONDS = 30;
/** Clocks of telephones: the step before and the one after are taken as well (RFC 6238 section 5.2). */
const TOLERANCE_SECONDS = 30;

/** A new shared secret: 160 bits (RFC 4226 section 4), in base32 as apps take it. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** The address that an app reads from a QR code. It holds the secret. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: 'Countersign', label: email, secret });
}

/**
 * The time step that a code is of, when it is one of `secret` for the present and of a later step than the last one that
 * was accepted; else null. A code is good once (RFC 6238 section 5.2): keep the step.
 */
export function acceptedStep(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({
    secret,
    token: code,
    epoch,
    period: STEP_SECONDS,
    epochTolerance: TOLERANCE_SECONDS,
    ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
  });
  return result.valid ? Math.floor(epoch / STEP_SECONDS) + result.delta : null;
}
