import { decodeId, NotFound, type Clock } from '@app/kernel';
import { Actor, AdminRoute, CLOCK, pageOf, parseListQuery, type AdminActor, type ListPage } from '@app/platform';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { SESSION_LISTING } from '../admin/session-listing';
import { SessionSearch } from '../admin/session-search.service';
import { presentStory, presentSummary } from './admin-session.presenter';

/** Sessions for operators: found by what is known of them, and told from their first line to their last. */
@Controller('admin/api/sessions')
export class AdminSessionsController {
  constructor(
    private readonly search: SessionSearch,
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
    const id = decodeId('session', text);
    if (id === null) throw new NotFound('session');
    const { session, story } = await this.search.show(actor, id);
    return presentStory(session, story, this.clock.now());
  }
}
