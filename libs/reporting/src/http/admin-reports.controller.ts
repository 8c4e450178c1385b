import type { Clock } from '@app/kernel';
import { Actor, AdminRoute, CLOCK, type AdminActor } from '@app/platform';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { LEG_IDS } from '../domain/legs';
import type { ReportQuery } from '../domain/report-listing';
import { Reports } from '../reports.service';
import { CATALOGUE } from './catalogue.presenter';
import { readDimension, readReportQuery, readTrend } from './report-query';
import {
  presentCallbacks,
  presentIdentities,
  presentLeg,
  presentMoney,
  presentQuery,
  presentSlice,
  presentValue,
} from './report.presenter';

type Parameters = Record<string, unknown>;

/** The metric catalogue, and figures by it. */
@Controller('admin/api/reports')
export class AdminReportsController {
  constructor(
    private readonly reports: Reports,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Which sessions there are to report on, beside those of live merchants. */
  @Get()
  @AdminRoute('reports.read')
  async about(@Actor() actor: AdminActor): Promise<object> {
    return { has_demo: await this.reports.hasDemo(actor) };
  }

  /** Every figure with its definition. */
  @Get('catalogue')
  @AdminRoute('reports.read')
  catalogue(): object {
    return CATALOGUE;
  }

  @Get('summary')
  @AdminRoute('reports.read')
  async summary(@Actor() actor: AdminActor, @Query() parameters: Parameters): Promise<object> {
    const query = this.read(parameters);
    const { counts, money } = await this.reports.summary(actor, query);
    return {
      ...presentQuery(query),
      ...presentSlice(counts),
      identities: presentIdentities(counts),
      money: money.map(presentMoney),
    };
  }

  @Get('trend')
  @AdminRoute('reports.read')
  async trend(@Actor() actor: AdminActor, @Query() parameters: Parameters): Promise<object> {
    const query = this.read(parameters, ['unit', 'zone']);
    const { unit, zone } = readTrend(parameters, query);
    const points = await this.reports.trend(actor, query, unit, zone);
    return {
      ...presentQuery(query),
      unit,
      zone,
      points: points.map(({ at, counts }) => ({ at: at.toISOString(), ...presentSlice(counts) })),
    };
  }

  @Get('split')
  @AdminRoute('reports.read')
  async split(@Actor() actor: AdminActor, @Query() parameters: Parameters): Promise<object> {
    const query = this.read(parameters, ['by']);
    const by = readDimension(parameters);
    const { rows, others, total } = await this.reports.split(actor, query, by);
    return {
      ...presentQuery(query),
      by,
      rows: rows.map(({ value, counts }) => ({ value: presentValue(by, value), ...presentSlice(counts) })),
      others: presentSlice(others),
      total: presentSlice(total),
    };
  }

  @Get('durations')
  @AdminRoute('reports.read')
  async durations(@Actor() actor: AdminActor, @Query() parameters: Parameters): Promise<object> {
    const query = this.read(parameters);
    const legs = await this.reports.durations(actor, query);
    return { ...presentQuery(query), legs: LEG_IDS.map((id) => presentLeg(id, legs[id])) };
  }

  @Get('callbacks')
  @AdminRoute('reports.read')
  async callbacks(@Actor() actor: AdminActor, @Query() parameters: Parameters): Promise<object> {
    const query = this.read(parameters);
    return { ...presentQuery(query), ...presentCallbacks(await this.reports.callbacks(actor, query)) };
  }

  private read(parameters: Parameters, also: readonly string[] = []): ReportQuery {
    return readReportQuery(parameters, this.clock.now(), also);
  }
}
