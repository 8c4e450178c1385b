import { InvalidRequest, type Clock } from '@app/kernel';
import {
  Actor,
  AdminRoute,
  CLOCK,
  parseListQuery,
  safeToShow,
  SESSION_LEGS,
  type AdminActor,
  type ListQuery,
} from '@app/platform';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { SessionExport } from '../admin/session-export.service';
import { SESSION_EXPORT, type SessionFilter, type SessionSort } from '../admin/session-listing';
import { presentRow } from './admin-session.presenter';
import { csvLine, type Cell } from './csv';

type Item = Readonly<Record<string, unknown>>;

/** What is in a file: members, and the columns that they are where it has no objects. */
interface Layout {
  readonly members: readonly string[];
  readonly columns: readonly { readonly name: string; readonly part: string | null }[];
}

/** A kind of file: its type, its beginning, and a line for each session. */
interface Format {
  readonly type: string;
  readonly head: (layout: Layout) => string;
  readonly line: (item: Item, layout: Layout) => string;
}

/** Members that are objects, with the parts that are columns of their own. */
const NESTED: Readonly<Record<string, readonly string[]>> = {
  verdict: ['decided_by', 'liability_shift', 'advice'],
  acs: ['reference_number', 'operator_id'],
  error: ['code', 'component', 'description'],
  legs_ms: SESSION_LEGS,
};

const FORMATS: Readonly<Record<string, Format>> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: ({ columns }) => csvLine(columns.map(({ name, part }) => (part === null ? name : `${name}_${part}`))),
    line: (item, { columns }) => csvLine(columns.map((column) => cellOf(item, column))),
  },
  ndjson: {
    type: 'application/x-ndjson; charset=utf-8',
    head: () => '',
    line: (item, { members }) => `${JSON.stringify(Object.fromEntries(members.map((name) => [name, item[name]])))}\n`,
  },
};

/** The list of sessions as a file. */
@Controller('admin/api/sessions/export')
export class AdminExportController {
  constructor(
    private readonly sessions: SessionExport,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All that a filter finds, streamed; `fields` chooses the columns, as for the list, and `format` the kind of file. */
  @Get()
  @AdminRoute('sessions.read')
  async file(
    @Actor() actor: AdminActor,
    @Query() { format: kind = 'csv', ...parameters }: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // A file has no pages.
    if ('limit' in parameters || 'after' in parameters) throw new InvalidRequest(['query_invalid']);
    const format = typeof kind === 'string' && Object.hasOwn(FORMATS, kind) ? FORMATS[kind] : undefined;
    if (format === undefined) throw new InvalidRequest(['format_invalid']);
    const query = parseListQuery(SESSION_EXPORT, parameters);
    const { filter } = parameters;
    await this.sessions.note(actor, typeof filter === 'string' ? filter : null);
    await reply
      .header('content-disposition', `attachment; filename="sessions.${String(kind)}"`)
      .type(format.type)
      .send(Readable.from(this.lines(actor, query, format)));
  }

  private async *lines(
    actor: AdminActor,
    query: ListQuery<SessionFilter, SessionSort>,
    format: Format,
  ): AsyncGenerator<string> {
    const layout = layoutOf(query.fields ?? SESSION_EXPORT.members);
    yield format.head(layout);
    for await (const page of this.sessions.rows(actor, query)) {
      const now = this.clock.now();
      yield page.map((session) => format.line(safeToShow(presentRow(session, now)) as Item, layout)).join('');
    }
  }
}

function layoutOf(fields: readonly string[]): Layout {
  const members = ['id', ...fields.filter((name) => name !== 'id')];
  return {
    members,
    columns: members.flatMap((name) => (NESTED[name] ?? [null]).map((part) => ({ name, part }))),
  };
}

function cellOf(item: Item, { name, part }: Layout['columns'][number]): Cell {
  const value = item[name] as Record<string, Cell> | Cell;
  return typeof value === 'object' && value !== null ? value[part ?? ''] : value;
}
