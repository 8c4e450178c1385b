import type { Schemas } from '../api/admin-api';
import { request } from '../api/request';

/** What somebody shows again before something that a session alone must not be enough for. */
export interface Proof {
  /** Left out by whoever has none. */
  readonly password?: string;
  readonly totp?: string;
}

/** For an authenticator app; told once. */
export type NewFactor = Schemas['NewSecondFactor'];

/** A secret for an authenticator app. It counts once a code of it was shown. */
export const beginSecondFactor = (proof: Proof): Promise<NewFactor> =>
  request('POST auth/second-factor', { body: proof });

/** Makes the new secret count. Gives recovery codes, this once. */
export async function confirmSecondFactor(totp: string): Promise<readonly string[]> {
  const { recovery_codes } = await request('POST auth/second-factor/confirm', {
    body: { totp },
  });
  return recovery_codes;
}

/** Sets a new password; other sessions of the person end. */
export const changePassword = (current: string, next: string): Promise<null> =>
  request('PUT auth/password', { body: { current_password: current, new_password: next } });

/** Takes an invitation: from now on there is a password to sign in with. */
export const acceptInvitation = (token: string, password: string): Promise<{ readonly email: string }> =>
  request('POST auth/invitations/accept', { body: { token, password } });
