/** The parts of an authentication whose lengths are told, in their order. */
import { SESSION_LEGS, type SessionLeg } from '@app/platform';

export const LEGS = {
  method_start: {
    title: 'Created to method started',
    explanation: 'Until our page starts the issuer’s 3DS Method.',
  },
  method: { title: '3DS Method', explanation: 'From its start until it has finished or timed out, on our page.' },
  request: {
    title: 'Until the request',
    explanation: 'From the end of the 3DS Method, or from creation where none was told, until the request is sent.',
  },
  answer: { title: 'Issuer’s answer', explanation: 'From the request until the issuer side’s answer is stored.' },
  challenge_open: {
    title: 'Challenge opened',
    explanation: 'From the answer until our page shows the challenge.',
  },
  first_input: {
    title: 'First input',
    explanation: 'From the challenge’s being shown until the cardholder acts on it.',
  },
  input_to_result: { title: 'Input to result', explanation: 'From the first input until the result is stored.' },
  challenge: { title: 'Whole challenge', explanation: 'From the answer that asks for it until the result is stored.' },
  callback: {
    title: 'Callback acknowledged',
    explanation: 'From the final status until the merchant has taken the callback that tells it.',
  },
  whole: { title: 'Whole session', explanation: 'From creation until the final status.' },
} as const satisfies Record<SessionLeg, { title: string; explanation: string }>;

export type LegId = SessionLeg;

export const LEG_IDS = SESSION_LEGS;

/** How long a leg took, in ms; null where no session has it. */
export interface LegFigures {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}
