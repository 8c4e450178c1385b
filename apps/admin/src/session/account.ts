import { call } from '../providers/http';

/** What somebody shows again before something that a session alone must not be enough for. */
export interface Proof {
  /** Left out by whoever has none. */
  readonly password?: string;
  readonly totp?: string;
}

/** For an authenticator app; told once. */
export interface NewFactor {
  readonly totp_secret: string;
  readonly totp_uri: string;
}

/** A secret for an authenticator app. It counts once a code of it was shown. */
export const beginSecondFactor = (proof: Proof): Promise<NewFactor> =>
  call<NewFactor>('POST', 'auth/second-factor', { body: proof });

/** Makes the new secret count. Gives recovery codes, this once. */
export async function confirmSecondFactor(totp: string): Promise<readonly string[]> {
  const { recovery_codes } = await call<{ recovery_codes: readonly string[] }>('POST', 'auth/second-factor/confirm', {
    body: { totp },
  });
  return recovery_codes;
}

/** Sets a new password; other sessions of the person end. */
export const changePassword = (current: string, next: string): Promise<null> =>
  call('PUT', 'auth/password', { body: { current_password: current, new_password: next } });

/** Takes an invitation: from now on there is a password to sign in with. */
export const acceptInvitation = (token: string, password: string): Promise<{ readonly email: string }> =>
  call('POST', 'auth/invitations/accept', { body: { token, password } });
