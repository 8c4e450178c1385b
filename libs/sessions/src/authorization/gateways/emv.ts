import type { AuthenticationResult } from '../result';
import type { Json } from '../shape';

const CATEGORIES = { payment: '01', non_payment: '02' } as const;

/**
 * The result by the names of EMV 3DS 2.2.0 (ARes and RReq; emv-3ds.md section 2), for any gateway that is not listed. The
 * trusted list's members were renamed in 2.3.1.
 */
export function emvNames(result: AuthenticationResult): Json {
  const trustedList = result.version.startsWith('2.3')
    ? { trustListStatus: result.trustedListStatus, trustListStatusSource: result.trustedListSource }
    : { whiteListStatus: result.trustedListStatus, whiteListStatusSource: result.trustedListSource };
  return {
    messageVersion: result.version,
    messageCategory: CATEGORIES[result.category],
    transStatus: result.transStatus,
    transStatusReason: result.transStatusReason,
    eci: result.eci,
    authenticationValue: result.authenticationValue,
    threeDSServerTransID: result.threeDsServerTransactionId,
    dsTransID: result.dsTransactionId,
    acsTransID: result.acsTransactionId,
    authenticationType: result.authenticationType,
    challengeCancel: result.challengeCancel,
    ...trustedList,
    dsReferenceNumber: result.dsReferenceNumber,
    acsReferenceNumber: result.acsReferenceNumber,
    acsOperatorID: result.acsOperatorId,
  };
}
