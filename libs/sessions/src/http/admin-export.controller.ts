import { InvalidRequest, type Clock } from '@app/kernel';
import { Actor, AdminRoute, CLOCK, parseListQuery, type AdminActor, type ListQuery } from '@app/platform';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { SessionExport } from '../admin/session-export.service';
import { SESSION_LISTING, type SessionFilter, type SessionSort } from '../admin/session-listing';
import { presentSummary } from './admin-session.presenter';
import { csvLine, type Cell } from './csv';

/** The list of sessions as a file. */
@Controller('admin/api/sessions/export')
export class AdminExportController {
  constructor(
    private readonly sessions: SessionExport,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All that a filter finds, streamed; `fields` chooses the columns, as for the list. */
  @Get()
  @AdminRoute('sessions.read')
  async csv(
    @Actor() actor: AdminActor,
    @Query() parameters: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // A file has no pages.
    if ('limit' in parameters || 'after' in parameters) throw new InvalidRequest(['query_invalid']);
    const query = parseListQuery(SESSION_LISTING, parameters);
    const { filter } = parameters;
    await this.sessions.note(actor, typeof filter === 'string' ? filter : null);
    await reply
      .header('content-disposition', 'attachment; filename="sessions.csv"')
      .type('text/csv; charset=utf-8')
      .send(Readable.from(this.lines(actor, query)));
  }

  private async *lines(actor: AdminActor, query: ListQuery<SessionFilter, SessionSort>): AsyncGenerator<string> {
    const members = ['id', ...(query.fields ?? SESSION_LISTING.members).filter((name) => name !== 'id')];
    const columns = members.flatMap((name) => (NESTED[name] ?? [null]).map((part) => ({ name, part })));
    yield csvLine(columns.map(({ name, part }) => (part === null ? name : `${name}_${part}`)));
    for await (const page of this.sessions.rows(actor, query)) {
      const now = this.clock.now();
      const items = page.map((session) => presentSummary(session, now));
      yield items.map((item) => csvLine(columns.map((column) => cellOf(item, column)))).join('');
    }
  }
}

/** Members that are objects, with the parts that are columns of their own. */
const NESTED: Readonly<Record<string, readonly string[]>> = {
  verdict: ['decided_by', 'liability_shift', 'advice'],
  acs: ['reference_number', 'operator_id'],
};

function cellOf(item: Record<string, unknown>, { name, part }: { name: string; part: string | null }): Cell {
  const value = item[name] as Record<string, Cell> | Cell;
  return typeof value === 'object' && value !== null ? value[part ?? ''] : value;
}
