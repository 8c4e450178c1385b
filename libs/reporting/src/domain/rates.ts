import type { CountId, Counts } from './reported-session';

/** Below so many in the denominator a rate says little. */
export const SMALL = 30;

/** A rate of the catalogue: sums of counts, one over the other. */
export interface RateDefinition {
  readonly title: string;
  readonly numerator: readonly CountId[];
  readonly denominator: readonly CountId[];
  readonly explanation: string;
  readonly exclusions?: string;
}

const DATA_ONLY = 'Data shared without authentication (transStatus I) is in neither term.';

export const RATES = {
  authentication: {
    title: 'Authentication rate',
    numerator: ['approved', 'attempted'],
    denominator: ['submitted_for_authentication'],
    explanation: 'Of all sessions whose request went out: those that were authenticated, or whose attempt was proved.',
    exclusions: DATA_ONLY,
  },
  full_authentication: {
    title: 'Full authentication rate',
    numerator: ['approved'],
    denominator: ['submitted_for_authentication'],
    explanation: 'Of all sessions whose request went out: those in which the issuer authenticated the cardholder.',
    exclusions: DATA_ONLY,
  },
  frictionless: {
    title: 'Frictionless rate',
    numerator: ['frictionless'],
    denominator: ['frictionless', 'challenge_requested'],
    explanation: 'Of all sessions that got an answer: those in which it was final without a challenge.',
  },
  frictionless_success: {
    title: 'Frictionless success rate',
    numerator: ['frictionless_succeeded'],
    denominator: ['frictionless_for_authentication'],
    explanation: 'Of the sessions with a final answer without a challenge: those approved or attempted.',
    exclusions: DATA_ONLY,
  },
  challenge: {
    title: 'Challenge rate',
    numerator: ['challenge_requested'],
    denominator: ['frictionless', 'challenge_requested'],
    explanation: 'Of all sessions that got an answer: those for which the issuer asked for a challenge.',
  },
  challenge_success: {
    title: 'Challenge success rate',
    numerator: ['challenge_succeeded'],
    denominator: ['challenge_requested'],
    explanation: 'Of all challenges that issuers asked for: those after which the session was approved.',
  },
  challenge_abandonment: {
    title: 'Challenge abandonment rate',
    numerator: ['challenge_abandoned'],
    denominator: ['challenge_requested'],
    explanation: 'Of all challenges that issuers asked for: those that were left, cancelled or ran out of time.',
  },
  challenge_open: {
    title: 'Challenge open rate',
    numerator: ['challenge_shown'],
    denominator: ['challenge_requested'],
    explanation:
      'Of all challenges that issuers asked for: those that the cardholder opened. Known from our page, and from a result.',
  },
  attempts: {
    title: 'Attempts (stand-in) rate',
    numerator: ['attempted'],
    denominator: ['submitted'],
    explanation: 'Of all sessions whose request went out: those in which only the attempt was proved.',
  },
  issuer_decline: {
    title: 'Issuer decline rate',
    numerator: ['issuer_declined'],
    denominator: ['submitted'],
    explanation: 'Of all sessions whose request went out: those that the issuer declined or rejected.',
  },
  technical_failure: {
    title: 'Technical failure rate',
    numerator: ['technical_failure'],
    denominator: ['sessions'],
    explanation:
      'Of all sessions: those without a usable answer (timed out, an error message, malformed, nobody there).',
  },
  exemption_acceptance: {
    title: 'Exemption acceptance',
    numerator: ['exemption_granted'],
    denominator: ['exemption_requested'],
    explanation: 'Of all sessions that asked for an exemption: those to which one was applied.',
  },
  liability_shift: {
    title: 'Liability shift rate',
    numerator: ['liability_shifted'],
    denominator: ['submitted'],
    explanation:
      'Of all sessions whose request went out: those whose verdict says that liability shifted to the issuer.',
  },
  late_settlement: {
    title: 'Late settlement rate',
    numerator: ['recovered_late'],
    denominator: ['sessions'],
    explanation:
      'Of all sessions: those that their deadline ended, by what the upstream then said or without an answer.',
  },
} as const satisfies Record<string, RateDefinition>;

export type RateId = keyof typeof RATES;

export const RATE_IDS = Object.keys(RATES) as RateId[];

/** A rate with what it is made of. */
export interface Rate {
  /** Absent, and not 0, where the denominator is 0. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
  readonly isSmall: boolean;
}

/** A rate of one slice. */
export function rateOf(id: RateId, counts: Counts): Rate {
  const { numerator: above, denominator: below }: RateDefinition = RATES[id];
  const sum = (ids: readonly CountId[]): number => ids.reduce((total, count) => total + counts[count], 0);
  const [numerator, denominator] = [sum(above), sum(below)];
  return {
    value: denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator,
    isSmall: denominator < SMALL,
  };
}

/** All rates of one slice. */
export function ratesOf(counts: Counts): Readonly<Record<RateId, Rate>> {
  return Object.fromEntries(RATE_IDS.map((id) => [id, rateOf(id, counts)])) as Record<RateId, Rate>;
}
