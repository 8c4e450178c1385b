import type { Shape } from '../shape';

/** What `authenticationResponse` can be. */
const CHALLENGE_RESULTS = new Set(['Y', 'N', 'U', 'A']);

/**
 * Adyen: member `mpiData` of `POST /payments`. Pages "Third-party authentication" (which field is required for which scheme)
 * and `ThreeDSecureData` of the Checkout API: `directoryResponse` is the ARes's transStatus; `authenticationResponse` the
 * challenge's, left out where there was none; `cavv` is base64 of 20 bytes. For Cartes Bancaires `cavvAlgorithm` and
 * `riskScore` are required, too.
 */
export const ADYEN: Shape = {
  write: (result) => ({
    mpiData: {
      cavv: result.authenticationValue,
      eci: result.eci,
      dsTransID: result.dsTransactionId,
      threeDSVersion: result.version,
      directoryResponse: result.aresTransStatus,
      authenticationResponse:
        result.challenged && CHALLENGE_RESULTS.has(result.transStatus ?? '') ? result.transStatus : undefined,
      transStatusReason: result.transStatusReason,
      challengeCancel: result.challengeCancel,
      cavvAlgorithm: result.cartesBancaires.algorithm,
      riskScore: result.cartesBancaires.score?.toString(),
    },
  }),
  required: ({ scheme, challenged }) => [
    'mpiData.cavv',
    'mpiData.eci',
    'mpiData.dsTransID',
    'mpiData.threeDSVersion',
    'mpiData.directoryResponse',
    ...(challenged ? ['mpiData.authenticationResponse'] : []),
    ...(scheme === 'cartes_bancaires' ? ['mpiData.cavvAlgorithm', 'mpiData.riskScore'] : []),
  ],
};
