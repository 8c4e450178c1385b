import { duration } from '../format/time';
import { ApiError, isRefusal } from '../providers/api-error';
import { sentence } from '../providers/errors';

const WORDS: Readonly<Record<string, string>> = {
  sign_in_refused: 'E-mail address or password is wrong.',
  second_factor_refused: 'The code is wrong, or it was used before. Wait for the next one.',
  sign_in_expired: 'That took too long. Sign in once more.',
  sign_in_again: 'It is a while since you signed in. Sign out and in again, then come back here.',
  identity_provider_unavailable: 'The sign-in service does not answer. Try again in a moment.',
  invitation_refused: 'This invitation was used, replaced or has expired. Ask an administrator for a new one.',
  password_too_short: 'Take at least 12 characters.',
  password_too_common: 'This password is on lists that attackers try first. Take another one.',
  password_is_email: 'Take something that is not your e-mail address.',
};

/** Why the way through the identity provider led to nothing, by what the server says of it in the address. */
const PROVIDER_WORDS: Readonly<Record<string, string>> = {
  expired: 'That took too long, or was begun in another browser. Sign in once more.',
  not_begun_here: 'Another sign-in was begun in the meantime. Sign in once more.',
  used: 'This sign-in was used already. Sign in once more.',
  denied: 'The sign-in service did not let you through.',
  provider_unavailable: 'The sign-in service does not answer as it should. Try again in a moment.',
  not_proven:
    'The answer of the sign-in service could not be trusted. Try again; if it stays so, tell an administrator.',
  email_unverified: 'The sign-in service has not verified your e-mail address.',
  not_let_in: 'Nobody has invited you with this account, or it may not be used any more. Ask an administrator.',
  locked: 'There were too many failures from here. Try again later.',
  busy: 'The server is busy. Try again in a moment.',
};

/** In words; null where there was none. */
export function providerProblem(problem: string | null): string | null {
  if (problem === null) return null;
  return PROVIDER_WORDS[problem] ?? 'Signing in did not work. Try again.';
}

/** What is wrong with the password that somebody who is signed in shows again, said beside it; null for nothing. */
export const passwordProblem = (error: unknown): string | null =>
  isRefusal(error, 'sign_in_refused') ? 'This is not your password.' : null;

/** What is wrong with a new password, said beside it; null for nothing. */
export const newPasswordProblem = (error: unknown): string | null =>
  error instanceof ApiError && error.codes.some((code) => code.startsWith('password_')) ? proofProblem(error) : null;

/** What went wrong while somebody proves who they are, in words. */
export function proofProblem(error: unknown): string | null {
  if (error === null || error === undefined) return null;
  if (!(error instanceof ApiError)) return sentence(error);
  if (error.has('sign_in_locked')) {
    const wait = duration((error.retryAfterSeconds ?? 60) * 1000);
    return `There were too many wrong tries. Try again in ${wait}.`;
  }
  const words = error.codes.map((code) => WORDS[code]).find((found) => found !== undefined);
  return words ?? sentence(error);
}
