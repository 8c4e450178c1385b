import { CountersignError, InvalidRequest } from '@app/kernel';
import {
  bindings,
  Bulkhead,
  Database,
  isCutOff,
  isUnknownValue,
  readInScope,
  type Bind,
  type MerchantScope,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { DimensionId } from '../domain/dimensions';
import type { LegFigures, LegId } from '../domain/legs';
import type { CallbackFigures, MoneyFigures } from '../domain/figures';
import type { ReportQuery, TrendUnit } from '../domain/report-listing';
import type { Counts } from '../domain/reported-session';
import { cutAt, HOUR_MS, sliceOf, type Span } from '../domain/rolled';
import { pointsBetween } from '../domain/trend-points';
import { DEMO_MERCHANTS, REPORT_LIMITS, type ReportLimits } from '../reporting.tokens';
import { CALLBACK_COLUMNS } from './callbacks.sql';
import { LEG_COLUMNS, LEG_SOURCES } from './legs.sql';
import { conditionsSql, sessionsFrom, whoseSql } from './report.sql';
import { rowsFrom } from './rollup.sql';
import { RollupRepository } from './rollup.repository';
import { columnsOf, COUNT_FIGURES, keyOf, MONEY_FIGURES, sumSql, type Sum } from './sum.sql';

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

/** Exact figures within a scope: of rolled up hours, and of the sessions of the others. Reads and nothing else. */
@Injectable()
export class ReportRepository {
  private readonly bulkhead: Bulkhead;

  constructor(
    private readonly database: Database,
    private readonly rollups: RollupRepository,
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
    const [row] = await this.addUp<Counts>(query, scope, { figures: COUNT_FIGURES });
    if (row === undefined) throw new Error('An aggregate always has a row');
    return row;
  }

  /** By currency; sums never cross them. */
  async money(query: ReportQuery, scope: MerchantScope): Promise<MoneyFigures[]> {
    const key = { ...keyOf('currency'), order: 'sessions DESC, key' };
    const rows = await this.addUp<Omit<MoneyFigures, 'currency'> & { key: string }>(query, scope, {
      figures: MONEY_FIGURES,
      key,
    });
    return rows.map(({ key: currency, ...money }) => ({ currency, ...money }));
  }

  /**
   * Only points with sessions, the oldest first.
   * @throws InvalidRequest `zone_invalid` when Postgres has no such zone: its table need not be that of JavaScript
   */
  async trend(query: ReportQuery, unit: TrendUnit, zone: string, scope: MerchantScope): Promise<TrendPoint[]> {
    const pointOf = (column: string, bind: Bind): string => `date_trunc('${unit}', ${column}, ${bind(zone)})`;
    const key = {
      by: null,
      counted: (bind: Bind) => pointOf('s.created_at', bind),
      rolled: (bind: Bind) => pointOf('r.hour', bind),
      order: 'key',
    };
    // Where the clock on the wall is half an hour off, an hour of ours is in two of its hours.
    const isWhole = pointsBetween(query, unit, zone).every((at) => at.getTime() % HOUR_MS === 0);
    const rows = await this.addUp<Counts & { key: Date }>(query, scope, {
      figures: COUNT_FIGURES,
      key,
      isLive: !isWhole,
    }).catch((error: unknown) => {
      throw isUnknownValue(error) ? new InvalidRequest(['zone_invalid']) : error;
    });
    return rows.map(({ key: at, ...counts }) => ({ at, counts }));
  }

  /** The values with the most sessions first, at most `limit` of them, and the total of all. */
  async split(query: ReportQuery, by: DimensionId, limit: number, scope: MerchantScope): Promise<SplitRow[]> {
    const rows = await this.addUp<Counts & { key: string | null; isTotal: boolean }>(query, scope, {
      figures: COUNT_FIGURES,
      key: { ...keyOf(by), order: `"isTotal" DESC, sessions DESC, key LIMIT ${limit + 1}`, hasTotal: true },
    });
    return rows.map(({ key, isTotal, ...counts }) => ({ value: key, isTotal, counts }));
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

  /** From the sessions alone. */
  private select<Row>(
    query: ReportQuery,
    scope: MerchantScope,
    used: string,
    statement: (from: string, bind: Bind) => string,
  ): Promise<Row[]> {
    const { values, bind } = bindings();
    const sql = statement(this.sessionsOf(query, [query], scope, bind, used), bind);
    return this.read(scope, (reader) => reader.query<Row>(sql, values));
  }

  /** From whole hours that are rolled up, where their rows can answer, and from the sessions of the rest of the window. */
  private addUp<Row>(query: ReportQuery, scope: MerchantScope, sum: Sum): Promise<Row[]> {
    const filters = query.conditions.map(({ field }) => field);
    const slice = sum.isLive === true || query.traffic === 'demo' ? null : sliceOf(filters, sum.key?.by ?? null);
    return this.inTurn(async () => {
      const { rolled, left } = cutAt(query, slice === null ? [] : await this.rollups.hoursWithin(query));
      const { values, bind } = bindings();
      const parts: string[] = [];
      if (left.length > 0) {
        const columns = columnsOf(sum, 'counted', bind);
        parts.push(`SELECT ${columns} ${this.sessionsOf(query, left, scope, bind, columns)}`);
      }
      if (slice !== null && rolled.length > 0) {
        const whose = whoseSql(query.traffic, { scope, demoMerchants: this.demoMerchants }, bind);
        const rows = rowsFrom({ ...query, slice, spans: rolled, whose }, bind);
        parts.push(`SELECT ${columnsOf(sum, 'rolled', bind)} ${rows}`);
      }
      const sql = sumSql(parts, sum);
      return readInScope(this.database, scope, (reader) => reader.query<Row>(sql, values), this.limits.withinMs);
    });
  }

  private sessionsOf(
    { traffic, basis, conditions }: ReportQuery,
    spans: readonly Span[],
    scope: MerchantScope,
    bind: Bind,
    used: string,
  ): string {
    const whose = whoseSql(traffic, { scope, demoMerchants: this.demoMerchants }, bind);
    return sessionsFrom({ spans, whose, basis, conditions: conditionsSql(conditions, bind) }, bind, used);
  }

  private read<Row>(scope: MerchantScope, work: (reader: Queryable) => Promise<Row[]>): Promise<Row[]> {
    return this.inTurn(() => readInScope(this.database, scope, work, this.limits.withinMs));
  }

  /**
   * @throws CountersignError 503 `reports_busy` when it had to wait too long for its turn, `report_too_large` when it took
   * too long
   */
  private async inTurn<Row>(work: () => Promise<Row[]>): Promise<Row[]> {
    try {
      const rows = await this.bulkhead.run(this.limits.patienceMs, work);
      if (rows !== null) return rows;
    } catch (error) {
      if (!isCutOff(error)) throw error;
      throw new CountersignError('unavailable', ['report_too_large'], 'A report took too long', { cause: error });
    }
    throw new CountersignError('unavailable', ['reports_busy'], 'Other reports are being counted');
  }
}
