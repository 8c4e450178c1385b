import type { AuthenticationResult } from '../result';
import type { Json, Shape } from '../shape';

/** 2.3.0 and 2.3.1 since API version 2026-01-28 (changelog "Adds support for 3D Secure versions 2.3.0 and 2.3.1"). */
const VERSIONS = new Set(['2.1.0', '2.2.0', '2.3.0', '2.3.1']);
const ECIS = new Set(['01', '02', '05', '06', '07']);
const ARES_STATUSES = new Set(['A', 'C', 'I', 'N', 'R', 'U', 'Y']);

const amongst = (known: ReadonlySet<string>, value: string | undefined): string | undefined =>
  value !== undefined && known.has(value) ? value : undefined;

/**
 * Stripe: `payment_method_options[card]` of a PaymentIntent, for non-payment authentications of a SetupIntent. Page "Import
 * 3D Secure results" and the API reference: `cryptogram`, `transaction_id` (dsTransID) and `version` are required for a
 * payment, none for a setup; other members take listed words only. Stripe takes the Cartes Bancaires members only with
 * `network`; of those `cb_avalgo` is required.
 */
export const STRIPE: Shape = {
  write: (result) => ({
    network: result.scheme === 'cartes_bancaires' ? 'cartes_bancaires' : undefined,
    three_d_secure: {
      version: amongst(VERSIONS, result.version),
      transaction_id: result.dsTransactionId,
      cryptogram: result.authenticationValue,
      electronic_commerce_indicator: amongst(ECIS, result.eci),
      ares_trans_status: amongst(ARES_STATUSES, result.aresTransStatus),
      exemption_indicator: lowRisk(result) ? 'low_risk' : undefined,
      network_options: networkOptions(result),
    },
  }),
  required: ({ category, scheme }) => [
    'three_d_secure.version',
    'three_d_secure.transaction_id',
    ...(category === 'payment' ? ['three_d_secure.cryptogram'] : []),
    ...(scheme === 'cartes_bancaires' ? ['three_d_secure.network_options.cartes_bancaires.cb_avalgo'] : []),
  ],
};

function lowRisk({ category, exemption }: AuthenticationResult): boolean {
  return category === 'payment' && exemption === 'transaction_risk_assessment';
}

function networkOptions({ scheme, cartesBancaires }: AuthenticationResult): Json | undefined {
  if (scheme !== 'cartes_bancaires') return undefined;
  const { algorithm, score, exemption } = cartesBancaires;
  return { cartes_bancaires: { cb_avalgo: algorithm, cb_score: score, cb_exemption: exemption } };
}
