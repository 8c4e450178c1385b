import { duration } from '../format/time';
import { ApiError } from '../providers/api-error';
import { sentence } from '../providers/errors';

const WORDS: Readonly<Record<string, string>> = {
  sign_in_refused: 'E-mail address or password is wrong.',
  second_factor_refused: 'The code is wrong, or it was used before. Wait for the next one.',
  invitation_refused: 'This invitation was used, replaced or has expired. Ask an administrator for a new one.',
  password_too_short: 'Take at least 12 characters.',
  password_too_common: 'This password is on lists that attackers try first. Take another one.',
  password_is_email: 'Take something that is not your e-mail address.',
};

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
