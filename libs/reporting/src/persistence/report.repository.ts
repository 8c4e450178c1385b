import { CountersignError, InvalidRequest } from '@app/kernel';
import {
  bindings,
  Bulkhead,
  Database,
  isCutOff,
  isUnknownValue,
  readInScope,
  type MerchantScope,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { DimensionId } from '../domain/dimensions';
import type { LegFigures, LegId } from '../domain/legs';
import type { CallbackFigures, MoneyFigures } from '../domain/figures';
import type { ReportQuery, TrendUnit } from '../domain/report-listing';
import type { Counts } from '../domain/reported-session';
import { DEMO_MERCHANTS, REPORT_LIMITS, type ReportLimits } from '../reporting.tokens';
import { CALLBACK_COLUMNS } from './callbacks.sql';
import { DIMENSION_SQL } from './dimension.sql';
import { LEG_COLUMNS, LEG_SOURCES } from './legs.sql';
import { countColumns, reportFrom } from './report.sql';

/** Counts of the sessions that have one value of a dimension; null: none known. */
export interface SplitRow {
  readonly value: string | null;
  readonly isTotal: boolean;
  readonly counts: Counts;
}

/** Counts of the sessions created since `at` and before the next one. */
export interface TrendPoint {
  readonly at: Date;
  readonly counts: Counts;
}

/** Exact figures, straight from the sessions and within a scope. Reads and nothing else. */
@Injectable()
export class ReportRepository {
  private readonly bulkhead: Bulkhead;

  constructor(
    private readonly database: Database,
    @Inject(DEMO_MERCHANTS) private readonly demoMerchants: readonly string[],
    @Inject(REPORT_LIMITS) private readonly limits: ReportLimits,
  ) {
    this.bulkhead = new Bulkhead(limits);
  }

  /** Whether there is anything that was made up for a demo. */
  async hasDemo(scope: MerchantScope): Promise<boolean> {
    const [row] = await this.read(scope, (reader) =>
      reader.query<{ has: boolean }>('SELECT EXISTS (SELECT FROM session WHERE merchant_id = ANY($1::uuid[])) AS has', [
        this.demoMerchants,
      ]),
    );
    return row?.has ?? false;
  }

  async counts(query: ReportQuery, scope: MerchantScope): Promise<Counts> {
    const columns = countColumns();
    const [row] = await this.select<Counts>(query, scope, columns, (from) => `SELECT ${columns} ${from}`);
    if (row === undefined) throw new Error('An aggregate always has a row');
    return row;
  }

  /** By currency; sums never cross them. */
  money(query: ReportQuery, scope: MerchantScope): Promise<MoneyFigures[]> {
    const columns = `s.currency, count(*)::int AS sessions, sum(s.amount_minor)::float8 AS "amountMinor",
      coalesce(sum(s.amount_minor) FILTER (WHERE s.status = 'approved'), 0)::float8 AS "approvedMinor"`;
    return this.select(query, scope, columns, (from) => `SELECT ${columns} ${from} GROUP BY 1 ORDER BY 2 DESC, 1`);
  }

  /**
   * Only points with sessions, the oldest first.
   * @throws InvalidRequest `zone_invalid` when Postgres has no such zone: its table need not be that of JavaScript
   */
  async trend(query: ReportQuery, unit: TrendUnit, zone: string, scope: MerchantScope): Promise<TrendPoint[]> {
    const columns = countColumns();
    const rows = await this.select<Counts & { at: Date }>(
      query,
      scope,
      columns,
      (from, bind) =>
        `SELECT date_trunc('${unit}', s.created_at, ${bind(zone)}) AS at, ${columns} ${from} GROUP BY 1 ORDER BY 1`,
    ).catch((error: unknown) => {
      throw isUnknownValue(error) ? new InvalidRequest(['zone_invalid']) : error;
    });
    return rows.map(({ at, ...counts }) => ({ at, counts }));
  }

  /** The values with the most sessions first, at most `limit` of them, and the total of all. */
  async split(query: ReportQuery, by: DimensionId, limit: number, scope: MerchantScope): Promise<SplitRow[]> {
    const columns = `${DIMENSION_SQL[by]} AS value, ${countColumns()}`;
    const rows = await this.select<Counts & Pick<SplitRow, 'value' | 'isTotal'>>(
      query,
      scope,
      columns,
      (from) => `SELECT ${columns}, grouping(${DIMENSION_SQL[by]}) = 1 AS "isTotal" ${from}
        GROUP BY GROUPING SETS ((${DIMENSION_SQL[by]}), ()) ORDER BY "isTotal" DESC, sessions DESC, value LIMIT ${limit + 1}`,
    );
    return rows.map(({ value, isTotal, ...counts }) => ({ value, isTotal, counts }));
  }

  async durations(query: ReportQuery, scope: MerchantScope): Promise<Record<LegId, LegFigures>> {
    const [row] = await this.select<Record<LegId, LegFigures>>(
      query,
      scope,
      '',
      (from) =>
        `WITH own AS MATERIALIZED (SELECT s.id, s.created_at, s.final_at ${from}), ${LEG_SOURCES} SELECT ${LEG_COLUMNS} FROM leg`,
    );
    if (row === undefined) throw new Error('An aggregate always has a row');
    return row;
  }

  /** Of the messages about a report's sessions. */
  async callbacks(query: ReportQuery, scope: MerchantScope): Promise<CallbackFigures> {
    const [row] = await this.select<CallbackFigures>(
      query,
      scope,
      '',
      (from) => `WITH own AS MATERIALIZED (SELECT s.id, s.deadline_at ${from})
        SELECT ${CALLBACK_COLUMNS}, (SELECT count(*)::int FROM own WHERE deadline_at < clock_timestamp() - interval '60 seconds')
          AS "unresolvedPastDeadline"
        FROM callback_message m WHERE m.session_id IN (SELECT id FROM own)`,
    );
    if (row === undefined) throw new Error('An aggregate always has a row');
    return row;
  }

  private select<Row>(
    query: ReportQuery,
    scope: MerchantScope,
    used: string,
    statement: (from: string, bind: (value: unknown) => string) => string,
  ): Promise<Row[]> {
    const { values, bind } = bindings();
    const sql = statement(reportFrom(query, { scope, demoMerchants: this.demoMerchants }, bind, used), bind);
    return this.read(scope, (reader) => reader.query<Row>(sql, values));
  }

  /**
   * @throws CountersignError 503 `reports_busy` when it had to wait too long for its turn, `report_too_large` when it took
   * too long
   */
  private async read<Row>(scope: MerchantScope, work: (reader: Queryable) => Promise<Row[]>): Promise<Row[]> {
    const { patienceMs, withinMs } = this.limits;
    try {
      const rows = await this.bulkhead.run(patienceMs, () => readInScope(this.database, scope, work, withinMs));
      if (rows !== null) return rows;
    } catch (error) {
      if (!isCutOff(error)) throw error;
      throw new CountersignError('unavailable', ['report_too_large'], 'A report took too long', { cause: error });
    }
    throw new CountersignError('unavailable', ['reports_busy'], 'Other reports are being counted');
  }
}
