import type { Shape } from '../shape';

/**
 * Braintree: `three_d_secure_pass_thru` of `Transaction.sale` (Node and Java SDKs write it in camel case). Server SDKs and
 * GraphQL `ThreeDSecurePassThroughInput`: ECI required, authentication value and version for Visa and Mastercard; the
 * authentication response and the CAVV algorithm are of 3DS 1. Versions as in EMV.
 */
export const BRAINTREE: Shape = {
  write: (result) => ({
    three_d_secure_pass_thru: {
      eci_flag: result.eci,
      cavv: result.authenticationValue,
      ds_transaction_id: result.dsTransactionId,
      three_d_secure_version: result.version,
    },
  }),
  required: () =>
    ['eci_flag', 'cavv', 'ds_transaction_id', 'three_d_secure_version'].map(
      (name) => `three_d_secure_pass_thru.${name}`,
    ),
};
