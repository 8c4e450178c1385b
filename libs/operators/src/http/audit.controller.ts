import {
  Actor,
  AdminRoute,
  assertNone,
  pageOf,
  parseListQuery,
  readBody,
  type AdminActor,
  type ListPage,
} from '@app/platform';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { AuditLog } from '../audit-log.service';
import { parseChainEnd, type ChainVerdict } from '../domain/audit-chain';
import { AUDIT_LISTING } from '../domain/listings';
import { VerifyAuditDto } from './operator.dto';
import { presentAuditLine } from './presenters';

/** What operators did. */
@Controller('admin/api/audit')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @AdminRoute('audit.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(AUDIT_LISTING, parameters);
    return pageOf(query, await this.audit.list(query, actor), presentAuditLine);
  }

  /** Looks at the whole chain. */
  @Post('verify')
  @HttpCode(200)
  @AdminRoute('audit.verify', { ofAllMerchants: true, once: 'harmless' })
  async verify(@Body() body: unknown): Promise<object> {
    const { anchor } = readBody(VerifyAuditDto, body ?? {});
    const end = anchor === undefined ? null : parseChainEnd(anchor);
    if (anchor !== undefined && end === null) assertNone(['anchor_invalid']);
    return presentVerdict(await this.audit.verify(end));
  }
}

function presentVerdict(verdict: ChainVerdict): object {
  return verdict.intact
    ? { intact: true, entries: verdict.entries, end: verdict.end, problem: null, broken_at: null }
    : { intact: false, entries: null, end: null, problem: verdict.problem, broken_at: verdict.brokenAt };
}
