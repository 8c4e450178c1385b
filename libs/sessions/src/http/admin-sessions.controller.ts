import type { Clock } from '@app/kernel';
import {
  Actor,
  AdminRoute,
  CLOCK,
  pageOf,
  parseListQuery,
  readBody,
  type AdminActor,
  type ListPage,
} from '@app/platform';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { SessionActs } from '../admin/session-acts.service';
import { SESSION_LISTING } from '../admin/session-listing';
import { SessionSearch } from '../admin/session-search.service';
import { SessionActDto } from './admin-sessions.dto';
import { sessionIdOf } from './session-id';
import { presentStory, presentSummary } from './admin-session.presenter';

/** Sessions for operators: found by what is known of them, and told from their first line to their last. */
@Controller('admin/api/sessions')
export class AdminSessionsController {
  constructor(
    private readonly search: SessionSearch,
    private readonly acts: SessionActs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @AdminRoute('sessions.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(SESSION_LISTING, parameters);
    const rows = await this.search.list(actor, query);
    const now = this.clock.now();
    return pageOf(query, rows, (row) => presentSummary(row, now));
  }

  @Get(':id')
  @AdminRoute('sessions.read')
  async show(@Actor() actor: AdminActor, @Param('id') text: string): Promise<object> {
    return this.shown(actor, sessionIdOf(text));
  }

  /** Asks the connector; gives the session as it then stands. */
  @Post(':id/re-sync')
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'answered' })
  async reSync(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = sessionIdOf(text);
    await this.acts.reSync(actor, id, reasonIn(body));
    return this.shown(actor, id);
  }

  /** Has its merchant sent the last callback again; gives the session, in which that is yet to come. */
  @Post(':id/resend-callback')
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'by_itself' })
  async resendCallback(
    @Actor() actor: AdminActor,
    @Param('id') text: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
  ): Promise<object> {
    const id = sessionIdOf(text);
    await this.acts.resendCallback(actor, id, key ?? null, reasonIn(body));
    return this.shown(actor, id);
  }

  /** Ends it as its deadline would; gives the session as it then stands. */
  @Post(':id/expire')
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'answered' })
  async expire(@Actor() actor: AdminActor, @Param('id') text: string, @Body() body: unknown): Promise<object> {
    const id = sessionIdOf(text);
    await this.acts.expire(actor, id, reasonIn(body));
    return this.shown(actor, id);
  }

  private async shown(actor: AdminActor, id: string): Promise<object> {
    const { session, story, obstacles } = await this.search.show(actor, id);
    return presentStory(session, story, obstacles, this.clock.now());
  }
}

/** Why it is done, in the operator's words; a body is not needed for it. */
function reasonIn(body: unknown): string | null {
  return readBody(SessionActDto, body ?? {}).reason ?? null;
}
