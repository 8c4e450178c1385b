import type { Scheme } from '@app/kernel';

/** A card that is published to be tried, and what its issuer does. */
export interface SimulatorCard {
  readonly number: string;
  readonly scheme: Scheme;
  readonly flow: 'frictionless' | 'challenge' | 'none';
  readonly status: 'approved' | 'attempted' | 'declined' | 'rejected' | 'unavailable' | 'error';
  /** `status_reason`, or why the card is turned away. */
  readonly reason: string | null;
  readonly methodUrl: boolean;
}

/** The outside world in a box, where this installation has one. The server binds it. */
export interface Simulator {
  /** @throws CountersignError 503 when it does not answer */
  cards(): Promise<readonly SimulatorCard[]>;
}

/** DI token of `Simulator`. */
export const SIMULATOR = Symbol('SIMULATOR');
