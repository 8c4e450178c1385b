import { encodeId } from '@app/kernel';
import { Actor, AdminRoute, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { Finding } from '../domain/report-check';
import { ReportChecks, type LatestCheck } from '../report-checks.service';
import { AskCheckDto } from './report-check.dto';

/** Whether reports add up to the sessions: what the last check found, and asking for one. */
@Controller('admin/api/reports/check')
export class AdminReportChecksController {
  constructor(private readonly checks: ReportChecks) {}

  @Get()
  @AdminRoute('reports.read')
  async show(@Actor() actor: AdminActor): Promise<object> {
    return present(await this.checks.latest(actor));
  }

  /** A worker begins with it within seconds; it takes minutes where there are millions of sessions. */
  @Post()
  @HttpCode(200)
  @AdminRoute('reports.check', { ofAllMerchants: true, once: 'answered' })
  async ask(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const { reason = null } = readBody(AskCheckDto, body ?? {});
    return present(await this.checks.ask(actor, reason));
  }
}

const present = ({ ended, isUnderWay }: LatestCheck): object => ({
  is_under_way: isUnderWay,
  last: ended && {
    began_at: ended.begunAt?.toISOString() ?? null,
    ended_at: ended.endedAt?.toISOString() ?? null,
    hours: ended.hours,
    holds: ended.findings.length === 0,
    findings: ended.findings.map(presentFinding),
  },
});

const presentFinding = ({ hour, merchantId, what, excess, isMended }: Finding): object => ({
  hour,
  merchant_id: encodeId('merchant', merchantId),
  what,
  excess,
  is_mended: isMended,
});
