import { isEmail, normalEmail } from './email';

/** What the provider's tokens say of somebody, as far as we look at it (OpenID Connect Core sections 2 and 5.1). */
export interface ProviderClaims {
  readonly issuer: string;
  readonly subject: string;
  /** As the provider wrote it. */
  readonly email: unknown;
  readonly emailVerified: unknown;
  readonly acr: unknown;
  readonly amr: unknown;
}

/** The e-mail address that the provider has verified, in its normal form; null where it says less than that. */
export function verifiedEmail({ email, emailVerified }: ProviderClaims): string | null {
  if (typeof email !== 'string' || emailVerified !== true) return null;
  const normal = normalEmail(email);
  return isEmail(normal) ? normal : null;
}

/** Whether an address is of one of these domains themselves; null: of any. */
export function isOfDomain(email: string, domains: readonly string[] | null): boolean {
  return domains === null || domains.includes(email.slice(email.lastIndexOf('@') + 1));
}

/** Whether the provider has asked for a second factor: the class or one of the methods (RFC 8176) is among `values`. */
export function isVouched({ acr, amr }: ProviderClaims, values: readonly string[]): boolean {
  const said: readonly unknown[] = [acr, ...(Array.isArray(amr) ? (amr as unknown[]) : [])];
  return said.some((one) => typeof one === 'string' && values.includes(one));
}
