import { SESSION_FRAME, type FieldRule, type ListCondition } from '@app/platform';

/** What a report can be narrowed by: named as in the list of sessions, so that every figure leads to its rows. */
export const REPORT_FILTERS = {
  merchant_id: { type: 'id', kind: 'merchant' },
  channel_id: { type: 'id', kind: 'channel' },
  ...SESSION_FRAME,
} as const satisfies Readonly<Record<string, FieldRule>>;

export type ReportFilter = keyof typeof REPORT_FILTERS;

/** Sessions of merchants live, sessions of merchants trying things out, and those that were made up for a demo. */
export const TRAFFICS = ['live', 'test', 'demo'] as const;
export type Traffic = (typeof TRAFFICS)[number];

/** Every session, or the last one per merchant, reference and card within 30 minutes. */
export const BASES = ['raw', 'deduplicated'] as const;
export type Basis = (typeof BASES)[number];

/** Which sessions a report is about. Traffics and bases are never mixed in one. */
export interface ReportQuery {
  readonly from: Date;
  readonly to: Date;
  readonly traffic: Traffic;
  readonly basis: Basis;
  readonly conditions: readonly ListCondition<ReportFilter>[];
}

export const TREND_UNITS = ['hour', 'day', 'week'] as const;
export type TrendUnit = (typeof TREND_UNITS)[number];
