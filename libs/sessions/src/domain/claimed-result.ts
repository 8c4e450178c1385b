import type { TransStatus } from '@app/authentication-port';

const isSuccess = (status: TransStatus | undefined): boolean => status === 'Y' || status === 'A';

/**
 * Whether the result bears out what a browser says of it. Issuers send the result before the browser leaves them
 * (emv-3ds.md section 5.2), so a success that nobody has told yet is not borne out either. A CRes knows but `Y` and `N`:
 * results that are no success are all the same to it. `claim`: undefined where the browser says nothing.
 */
export function isBorneOut(claim: TransStatus | undefined, result: TransStatus | undefined): boolean {
  return claim === undefined || isSuccess(claim) === isSuccess(result);
}
