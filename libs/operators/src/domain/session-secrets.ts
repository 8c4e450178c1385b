import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const SECRET = /^[\w-]{43}$/;

/** Whether text can be a secret of ours at all: 256 bits in base64url. */
export function isSecret(text: string): boolean {
  return SECRET.test(text);
}

/** What is kept of a random secret of 256 bits: one fast hash is enough (argon2 is for people). */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The CSRF token of a session: follows from the cookie's value, which no page can read, and is of no use without it. */
export function csrfTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('countersign csrf token').digest('base64url');
}

/** Whether `token` is the one of the session. Compares in constant time. */
export function isCsrfToken(sessionSecret: string, token: string): boolean {
  const expected = Buffer.from(csrfTokenOf(sessionSecret));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
