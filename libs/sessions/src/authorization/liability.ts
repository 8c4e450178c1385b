import type { Scheme } from '@app/kernel';
import { verdictOf, type Verdict } from '../domain/verdict';
import type { Session } from '../domain/session';

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
 * Whether liability moves to the issuer, as the verdict says; `unknown` in place of `yes` where something else that was
 * said speaks against it: an ECI of another outcome, or an exemption that was applied (the one who asks for it bears the risk).
 */
export function liabilityShift(session: Session): Verdict['liabilityShift'] {
  const { attempt, details } = session;
  const { facts, scheme } = attempt;
  const shift = verdictOf(session.status, details.purchase.authenticationCategory, facts)?.liabilityShift ?? 'unknown';
  const isOtherEci = facts.eci !== undefined && !SHIFTING[scheme].includes(facts.eci);
  return shift === 'yes' && (isOtherEci || isExempted(facts.upstream?.members?.['exemption'])) ? 'unknown' : shift;
}

function isExempted(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || !('applied' in told)) return false;
  return typeof told.applied === 'string' && !['', 'none'].includes(told.applied);
}
