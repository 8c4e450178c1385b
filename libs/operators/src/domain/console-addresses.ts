import type { Secret } from '@app/kernel';

/** Below the server's public address: the parts of the sign-in by identity provider, whose cookies go nowhere else. */
export const OIDC_RETURN_PATH = '/admin/api/auth/oidc/return';
export const OIDC_SECOND_FACTOR_PATH = '/admin/api/auth/oidc/second-factor';

/** Where the console is, below the server's public address. */
export function consoleUrl(publicUrl: string): string {
  return `${publicUrl}/admin/`;
}

/** Where an invitation is accepted. The token stands behind the `#`, so that no server and no log on the way sees it. */
export function invitationUrl(publicUrl: string, token: Secret): string {
  return `${consoleUrl(publicUrl)}#/invitation/${token.expose()}`;
}

/** Where the identity provider sends browsers back to (`redirect_uri`). */
export function oidcReturnUrl(publicUrl: string): string {
  return `${publicUrl}${OIDC_RETURN_PATH}`;
}
