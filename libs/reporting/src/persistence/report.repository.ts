import { CountersignError, InvalidRequest, uuidV7Floor } from '@app/kernel';
import {
  bindings,
  Bulkhead,
  Database,
  isCutOff,
  isUnknownValue,
  listConditionsSql,
  readInScope,
  type Bind,
  type MerchantScope,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { DimensionId } from '../domain/dimensions';
import { LEG_IDS, type LegFigures, type LegId } from '../domain/legs';
import { callbackFigures, histogramsOf, legFigures, type Entry, type Undelivered } from '../domain/measures';
import type { CallbackFigures, MoneyFigures } from '../domain/figures';
import type { ReportQuery, TrendUnit } from '../domain/report-listing';
import type { Counts } from '../domain/reported-session';
import { cutAt, HOUR_MS, sliceOf, type Cut, type SliceName, type Span } from '../domain/rolled';
import { pointsBetween } from '../domain/trend-points';
import { DEMO_MERCHANTS, REPORT_LIMITS, type ReportLimits } from '../reporting.tokens';
import { lateMessages, wantedMessages } from './callbacks.sql';
import { callbacksSql, durationsSql, type MeasuredParts } from './measures.sql';
import { createdWithin, FILTER_SQL, isShortFor, sessionsFrom, whoseSql, type Sessions } from './report.sql';
import { rowsFrom, type RolledTable } from './rollup.sql';
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
    const { entries } = await this.measure<{ entries: Entry[] }>(query, scope, durationsSql);
    const histograms = histogramsOf(entries);
    return Object.fromEntries(LEG_IDS.map((leg) => [leg, legFigures(histograms[leg])])) as Record<LegId, LegFigures>;
  }

  /** Of the messages about a report's sessions. */
  async callbacks(query: ReportQuery, scope: MerchantScope): Promise<CallbackFigures> {
    const { entries, ...rest } = await this.measure<Undelivered & { entries: Entry[] }>(query, scope, callbacksSql);
    return callbackFigures(histogramsOf(entries), rest);
  }

  /** From the histograms of whole hours that are rolled up, and from the sessions and callbacks that they do not have. */
  private async measure<Row>(
    query: ReportQuery,
    scope: MerchantScope,
    statement: (parts: MeasuredParts) => string,
  ): Promise<Row> {
    const slice = sliceFor(query, null);
    const [row] = await this.inTurn(async () => {
      const { rolled, left } = await this.cut(query, slice);
      const { values, bind } = bindings();
      const sql = statement({
        within: isShortFor(left) ? null : (id) => createdWithin(id, left, bind),
        wanted: () =>
          wantedMessages(
            bind(uuidV7Floor(query.from)),
            bind(uuidV7Floor(query.to)),
            `SELECT s.id ${this.sessionsOf(query, 'm.session_id', scope, bind, '')}`,
          ),
        left: left.length === 0 ? null : this.sessionsOf(query, left, scope, bind, ''),
        ...(slice === null || rolled.length === 0
          ? { stored: null, late: null }
          : {
              stored: this.rowsOf('report_histogram', query, slice, rolled, scope, bind),
              late: lateMessages(
                `${bind(rolled.map(({ from }) => uuidV7Floor(from)))}::uuid[], ${bind(rolled.map(({ to }) => uuidV7Floor(to)))}::uuid[]`,
                `SELECT s.final_at ${this.sessionsOf(query, 'm.session_id', scope, bind, '')}`,
              ),
            }),
      });
      return readInScope(this.database, scope, (reader) => reader.query<Row>(sql, values), this.limits.withinMs);
    });
    if (row === undefined) throw new Error('An aggregate always has a row');
    return row;
  }

  /** From whole hours that are rolled up, where their rows can answer, and from the sessions of the rest of the window. */
  private addUp<Row>(query: ReportQuery, scope: MerchantScope, sum: Sum): Promise<Row[]> {
    const slice = sum.isLive === true ? null : sliceFor(query, sum.key?.by ?? null);
    return this.inTurn(async () => {
      const { rolled, left } = await this.cut(query, slice);
      const { values, bind } = bindings();
      const parts: string[] = [];
      if (left.length > 0) {
        const columns = columnsOf(sum, 'counted', bind);
        parts.push(`SELECT ${columns} ${this.sessionsOf(query, left, scope, bind, columns)}`);
      }
      if (slice !== null && rolled.length > 0) {
        const rows = this.rowsOf('report_slice', query, slice, rolled, scope, bind);
        parts.push(`SELECT ${columnsOf(sum, 'rolled', bind)} ${rows}`);
      }
      const sql = sumSql(parts, sum);
      return readInScope(this.database, scope, (reader) => reader.query<Row>(sql, values), this.limits.withinMs);
    });
  }

  /** What of a window is rolled up, if there are rows that can answer. */
  private async cut(window: Span, slice: SliceName | null): Promise<Cut> {
    return cutAt(window, slice === null ? [] : await this.rollups.hoursWithin(window));
  }

  private rowsOf(
    table: RolledTable,
    query: ReportQuery,
    slice: SliceName,
    spans: readonly Span[],
    scope: MerchantScope,
    bind: Bind,
  ): string {
    const whose = whoseSql(query.traffic, { scope, demoMerchants: this.demoMerchants }, bind);
    return rowsFrom(table, { ...query, slice, spans, whose }, bind);
  }

  private sessionsOf(
    { traffic, basis, conditions }: ReportQuery,
    of: Sessions['of'],
    scope: MerchantScope,
    bind: Bind,
    used: string,
  ): string {
    const whose = whoseSql(traffic, { scope, demoMerchants: this.demoMerchants }, bind);
    return sessionsFrom({ of, whose, basis, conditions: listConditionsSql(conditions, FILTER_SQL, bind) }, bind, used);
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

/** The slice whose rows can answer; what was made up for a demo has none. */
const sliceFor = ({ traffic, conditions }: ReportQuery, by: DimensionId | null): SliceName | null =>
  traffic === 'demo'
    ? null
    : sliceOf(
        conditions.map(({ field }) => field),
        by,
      );
