import type { AdminActor } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { DimensionId } from './domain/dimensions';
import type { CallbackFigures, MoneyFigures } from './domain/figures';
import type { LegFigures, LegId } from './domain/legs';
import type { ReportQuery, TrendUnit } from './domain/report-listing';
import { pointsBetween } from './domain/trend-points';
import { addCounts, COUNT_IDS, type Counts } from './domain/reported-session';
import { ReportRepository, type TrendPoint } from './persistence/report.repository';

/** More values than these nobody reads; the others are one row. */
const VALUES = 100;

/** Figures split by a dimension; `others` are the values that are not shown, `total` has them all. */
export interface Split {
  readonly rows: readonly { readonly value: string | null; readonly counts: Counts }[];
  readonly others: Counts;
  readonly total: Counts;
}

/** What operators are told about many sessions, within their scope. */
@Injectable()
export class Reports {
  constructor(private readonly reports: ReportRepository) {}

  hasDemo({ merchants }: AdminActor): Promise<boolean> {
    return this.reports.hasDemo(merchants);
  }

  async summary(
    { merchants }: AdminActor,
    query: ReportQuery,
  ): Promise<{ counts: Counts; money: readonly MoneyFigures[] }> {
    const counts = await this.reports.counts(query, merchants);
    return { counts, money: await this.reports.money(query, merchants) };
  }

  /** Every point of the window, also those without a session. */
  async trend({ merchants }: AdminActor, query: ReportQuery, unit: TrendUnit, zone: string): Promise<TrendPoint[]> {
    const known = await this.reports.trend(query, unit, zone, merchants);
    const byTime = new Map(known.map((point) => [point.at.getTime(), point]));
    const points = pointsBetween(query, unit, zone).map((at) => byTime.get(at.getTime()) ?? { at, counts: NONE });
    // Whatever the database says is there, even if we had expected its point elsewhere.
    const expected = new Set(points.map(({ at }) => at.getTime()));
    return [...points, ...known.filter(({ at }) => !expected.has(at.getTime()))].sort(
      (one, other) => one.at.getTime() - other.at.getTime(),
    );
  }

  async split({ merchants }: AdminActor, query: ReportQuery, by: DimensionId): Promise<Split> {
    const found = await this.reports.split(query, by, VALUES, merchants);
    const total = found.find(({ isTotal }) => isTotal)?.counts ?? NONE;
    const rows = found.filter(({ isTotal }) => !isTotal);
    const shown = addCounts(rows.map(({ counts }) => counts));
    const others = Object.fromEntries(COUNT_IDS.map((id) => [id, total[id] - shown[id]])) as Counts;
    return { rows, others, total };
  }

  durations({ merchants }: AdminActor, query: ReportQuery): Promise<Record<LegId, LegFigures>> {
    return this.reports.durations(query, merchants);
  }

  callbacks({ merchants }: AdminActor, query: ReportQuery): Promise<CallbackFigures> {
    return this.reports.callbacks(query, merchants);
  }
}

const NONE = addCounts([]);
