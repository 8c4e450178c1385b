import type { MerchantScope } from './actor';

/** What reports count and measure of one session; null where it has none. Lengths are whole milliseconds. */
export interface MeasuredSession {
  /** How long each leg took, by its name. */
  readonly legsMs: Readonly<Record<string, number | null>>;
  /** From the change of which the merchant is told until it took that callback. */
  readonly callbackLagMs: number | null;
  readonly isRecoveredLate: boolean;
  /** By kind. */
  readonly exemptionRequested: string | null;
  readonly exemptionApplied: string | null;
}

/** Sessions one by one in the definitions of reports, for libs that list them. The server binds it. */
export interface SessionMeasures {
  /** The names of the legs, in their order. */
  readonly legs: readonly string[];
  /** Those of `sessionIds` (UUIDs) that are there within `scope`, by their ids. */
  of(sessionIds: readonly string[], scope: MerchantScope): Promise<ReadonlyMap<string, MeasuredSession>>;
}

/** DI token of `SessionMeasures`. */
export const SESSION_MEASURES = Symbol('SESSION_MEASURES');
