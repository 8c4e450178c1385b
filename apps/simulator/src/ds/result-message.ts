/** The RReq of a result, with what its status demands (emv-3ds.md section 2.6). */
import type { RReq } from '@app/emv3ds';
import type { ChallengeResult } from '../acs/challenge.machine';
import { proofOf } from '../acs/decision';
import type { Transaction } from '../transactions/transaction';

/** Dynamic: a one-time password. */
export const AUTHENTICATION_TYPE = '02';

/** Builds the RReq. `tries` is the number of passwords that the cardholder tried. */
export function resultMessage(transaction: Transaction, result: ChallengeResult, tries: number): RReq {
  const { eci, authenticationValue } = proofOf(transaction, result.transStatus);
  return {
    messageType: 'RReq',
    messageVersion: transaction.messageVersion,
    threeDSServerTransID: transaction.threeDSServerTransID,
    acsTransID: transaction.acsTransID,
    dsTransID: transaction.dsTransID,
    messageCategory: transaction.messageCategory,
    transStatus: result.transStatus,
    ...(result.transStatusReason === undefined ? {} : { transStatusReason: result.transStatusReason }),
    authenticationType: AUTHENTICATION_TYPE,
    ...(authenticationValue === undefined || result.malformed ? {} : { authenticationValue }),
    eci,
    interactionCounter: String(tries).padStart(2, '0'),
    ...(result.challengeCancel === undefined ? {} : { challengeCancel: result.challengeCancel }),
  };
}
