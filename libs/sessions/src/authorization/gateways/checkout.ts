import type { Shape } from '../shape';

/**
 * Checkout.com payments, as data of another 3DS provider: member `3ds` of `POST /payments`. Field names: `ThreeDsRequest` of
 * the official SDKs (.NET, Java, Go, Python); `enabled`, `eci` and `cryptogram` required: documentation page "3D Secure
 * payments with a third-party provider". `xid` is the directory server's transaction id in 3DS 2, as in the contract's
 * session. The ECI is passed on as received, two digits (page "ECI values").
 */
export const CHECKOUT_EXTERNAL: Shape = {
  write: (result) => ({
    '3ds': {
      enabled: true,
      eci: result.eci,
      cryptogram: result.authenticationValue,
      xid: result.xid,
      version: result.version,
      status: result.transStatus,
      status_reason_code: result.transStatusReason,
      flow_type: result.challenged ? 'challenged' : 'frictionless',
      authentication_date: result.authenticatedAt.toISOString(),
      authentication_amount: result.category === 'payment' ? result.amountMinor : undefined,
      exemption: result.exemption,
      score: result.cartesBancaires.score?.toString(),
      cryptogram_algorithm: result.cartesBancaires.algorithm,
    },
  }),
  required: () => ['3ds.eci', '3ds.cryptogram', '3ds.xid', '3ds.version'],
};

/**
 * Checkout.com payments by the id of the session there: `authentication_id` of `ThreeDsRequest` (official SDKs); page
 * "Standalone (Sessions)": "you can authorize the payment using … the ID from the Standalone (Sessions) API response".
 */
export const CHECKOUT_BY_IDENTIFIER: Shape = {
  write: (result) => ({ '3ds': { enabled: true, authentication_id: result.upstreamSessionId } }),
  required: () => ['3ds.authentication_id'],
};
