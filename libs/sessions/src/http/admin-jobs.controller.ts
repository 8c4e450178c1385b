import { decodeId, NotFound } from '@app/kernel';
import { Actor, AdminRoute, pageOf, parseListQuery, readBody, type AdminActor, type ListPage } from '@app/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ITEM_LISTING, JOB_LISTING } from '../admin/bulk-job';
import { BulkJobs } from '../admin/bulk-jobs.service';
import { presentItem, presentJob, presentPreview, presentShownJob } from './admin-job.presenter';
import { readBulkWish } from './admin-jobs.dto';
import { SessionActDto } from './admin-sessions.dto';

/** Acts over many sessions or callbacks, as jobs. */
@Controller('admin/api/jobs')
export class AdminJobsController {
  constructor(private readonly jobs: BulkJobs) {}

  /** Makes a job; gives it with how far it is. */
  @Post()
  @AdminRoute('sessions.act', { once: 'by_itself' })
  async create(
    @Actor() actor: AdminActor,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
  ): Promise<object> {
    return presentShownJob(await this.jobs.create(actor, readBulkWish(body, key ?? null)));
  }

  /** How many it would be about, were it made now. */
  @Post('preview')
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'harmless' })
  async preview(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    return presentPreview(await this.jobs.preview(actor, readBulkWish(body, null)));
  }

  @Get()
  @AdminRoute('sessions.act')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(JOB_LISTING, parameters);
    return pageOf(query, await this.jobs.list(actor, query), presentJob);
  }

  @Get(':id')
  @AdminRoute('sessions.act')
  async show(@Actor() actor: AdminActor, @Param('id') text: string): Promise<object> {
    return presentShownJob(await this.jobs.show(actor, jobIdOf(text)));
  }

  /** Every session or callback of it, with what came of it. */
  @Get(':id/items')
  @AdminRoute('sessions.act')
  async items(
    @Actor() actor: AdminActor,
    @Param('id') text: string,
    @Query() parameters: Record<string, unknown>,
  ): Promise<ListPage> {
    const query = parseListQuery(ITEM_LISTING, parameters);
    return pageOf(query, await this.jobs.items(actor, jobIdOf(text), query), presentItem);
  }

  /** Skips what is not begun; gives the job as it then stands, one that has ended as it was. */
  @Post(':id/cancel')
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'answered' })
  async cancel(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const { reason = null } = readBody(SessionActDto, body ?? {});
    return presentShownJob(await this.jobs.cancel(actor, jobIdOf(text), reason));
  }
}

function jobIdOf(text: string): string {
  const id = decodeId('job', text);
  if (id === null) throw new NotFound('job');
  return id;
}
