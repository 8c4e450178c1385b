import type { Facts } from '@app/authentication-port';
import type { Scheme } from '@app/kernel';

const GENERAL: readonly string[] = ['05', '06'];
const MASTERCARD: readonly string[] = ['02', '01'];

/** ECIs of payments that were authenticated or attempted (emv-3ds.md section 3.6). Cartes Bancaires has its co-badge's. */
const SHIFTING: Readonly<Record<Scheme, readonly string[]>> = {
  visa: GENERAL,
  mastercard: MASTERCARD,
  amex: GENERAL,
  jcb: GENERAL,
  diners: GENERAL,
  discover: GENERAL,
  cartes_bancaires: [...GENERAL, ...MASTERCARD],
};

/**
 * Whether something that was said beside a success speaks against a shift of liability: an ECI of another outcome, or an
 * exemption that was applied (the one who asks for it bears the risk).
 */
export function speaksAgainstShift(scheme: Scheme, facts: Pick<Facts, 'eci' | 'upstream'>): boolean {
  const isOtherEci = facts.eci !== undefined && !SHIFTING[scheme].includes(facts.eci);
  return isOtherEci || isExempted(facts.upstream?.members?.['exemption']);
}

function isExempted(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || !('applied' in told)) return false;
  return typeof told.applied === 'string' && !['', 'none'].includes(told.applied);
}
