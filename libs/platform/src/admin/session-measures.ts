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

/** What a session can count as: the counts of the metric catalogue, which reports define. */
export const SESSION_COUNTS = [
  'sessions',
  'open',
  'awaiting',
  'not_submitted',
  'refused',
  'submitted',
  'submitted_for_authentication',
  'frictionless',
  'frictionless_for_authentication',
  'frictionless_succeeded',
  'failed_before_answer',
  'challenge_requested',
  'challenge_shown',
  'challenge_completed',
  'challenge_succeeded',
  'approved',
  'attempted',
  'data_only',
  'declined',
  'rejected',
  'issuer_declined',
  'unavailable',
  'challenge_abandoned',
  'expired',
  'technical_failure',
  'exemption_requested',
  'exemption_applied',
  'exemption_granted',
  'liability_shifted',
  'failed_over',
  'recovered_late',
] as const;

export type SessionCount = (typeof SESSION_COUNTS)[number];

/** The parts of an authentication whose lengths reports tell, in their order. */
export const SESSION_LEGS = [
  'method_start',
  'method',
  'request',
  'answer',
  'challenge_open',
  'first_input',
  'input_to_result',
  'challenge',
  'callback',
  'whole',
] as const;

export type SessionLeg = (typeof SESSION_LEGS)[number];

/** What reports split sessions by, named as in the list of sessions. */
export type SessionDimension =
  | 'merchant_id'
  | 'channel_id'
  | 'connector'
  | 'scheme'
  | 'bin'
  | 'issuer'
  | 'issuer_country'
  | 'card_type'
  | 'acs'
  | 'acs_operator'
  | 'status'
  | 'trans_status'
  | 'trans_status_reason'
  | 'eci'
  | 'liability_shift'
  | 'currency'
  | 'amount_band'
  | 'flow'
  | 'device_channel'
  | 'authentication_category'
  | 'authentication_type'
  | 'protocol_version'
  | 'challenge_indicator'
  | 'exemption_requested'
  | 'exemption_applied'
  | 'failed_component'
  | 'device_class'
  | 'browser_family';

/** Sessions one by one in the definitions of reports, for libs that list them. The server binds it. */
export interface SessionMeasures {
  /** Whether a session counts as one: SQL over `s`, a row of `session`, and `a`, that of its present attempt, if it has one. */
  countsAs(count: SessionCount): string;
  /** What reports call a session's value: SQL of text over `s`, `a` and `b` (what is known of its BIN); null where not known. */
  valueOf(dimension: SessionDimension): string;
  /** Whether the length of a leg of one is known: SQL over `s`. */
  tookLeg(leg: SessionLeg): string;
  /** Whether no later session of the same purchase stands for one: SQL over `s`. */
  readonly isLastOfPurchase: string;
  /** Whether one is open long enough past its deadline that somebody should have settled it: SQL over `s`. */
  readonly isUnresolved: string;
  /** Those of `sessionIds` (UUIDs) that are there within `scope`, by their ids. */
  of(sessionIds: readonly string[], scope: MerchantScope): Promise<ReadonlyMap<string, MeasuredSession>>;
}

/** DI token of `SessionMeasures`. */
export const SESSION_MEASURES = Symbol('SESSION_MEASURES');
