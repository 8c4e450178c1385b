const INVITED = /^#\/invitation\/([\w-]+)$/;

/**
 * Where the link of an invitation leads within the console: `/admin/#/invitation/…` as the server writes it, with its token
 * behind the `#`, where it stays. Null for every other address.
 */
export function invitationPath(hash: string): string | null {
  const token = INVITED.exec(hash)?.[1];
  return token === undefined ? null : `/admin/invitation#${token}`;
}
