import type { Environment } from './model';

/** `cli_` and the id of a Checkout.com client. */
const CLIENT = /^cli_([a-z0-9]{8,})$/;

/** Where an account of Checkout.com's is reached. */
export interface CheckoutAddresses {
  apiBaseUrl: string;
  tokenUrl: string;
}

/**
 * The addresses of the Checkout.com client `cli_…` (sessions-api.md section 1): its own prefix is the first 8 characters after
 * `cli_`. Null when the text is no such id.
 */
export function checkoutAddresses(cliId: string, environment: Environment): CheckoutAddresses | null {
  const prefix = CLIENT.exec(cliId)?.[1]?.slice(0, 8);
  if (prefix === undefined) return null;
  const domain = environment === 'live' ? 'checkout.com' : 'sandbox.checkout.com';
  return {
    apiBaseUrl: `https://${prefix}.api.${domain}`,
    tokenUrl: `https://${prefix}.access.${domain}/connect/token`,
  };
}
