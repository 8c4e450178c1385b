import type { Secret } from '@app/kernel';

/** Where the console is, below the server's public address. */
export function consoleUrl(publicUrl: string): string {
  return `${publicUrl}/admin/`;
}

/** Where an invitation is accepted. The token stands behind the `#`, so that no server and no log on the way sees it. */
export function invitationUrl(publicUrl: string, token: Secret): string {
  return `${consoleUrl(publicUrl)}#/invitation/${token.expose()}`;
}
