import type { Shape } from '../shape';

/**
 * Access Worldpay: `customer.authentication` of a payment authorization (media type payments-v6). Its 3DS API answers with the
 * same members (page "Authentication", `authentication.version` as in EMV): what it gives is what it takes. Card Payments v7
 * takes the four members without `type` in `authentication.threeDS`. `transactionId` is the directory server's: required for
 * Mastercard. Without shift (I) there may be no authentication value.
 */
export const WORLDPAY: Shape = {
  write: (result) => ({
    customer: {
      authentication: {
        type: '3DS',
        version: result.version,
        eci: result.eci,
        authenticationValue: result.authenticationValue,
        transactionId: result.dsTransactionId,
      },
    },
  }),
  required: ({ transStatus }) =>
    ['version', 'eci', ...(transStatus === 'I' ? [] : ['authenticationValue']), 'transactionId'].map(
      (name) => `customer.authentication.${name}`,
    ),
};
