import type { Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  CLOCK,
  SESSION_MEASURES,
  type AdminActor,
  type AuditSink,
  type ListQuery,
  type MeasuredSession,
  type MerchantScope,
  type SessionMeasures,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { MEASURED_MEMBERS, type SessionFilter, type SessionSort } from './session-listing';
import type { SessionSummary } from './session-summary';

/** Rows that are read at a time. */
const PAGE = 500;

/** A session with what reports say of it; null where nobody asked, or where it is gone meanwhile. */
export interface ExportedSession {
  readonly session: SessionSummary;
  readonly measured: MeasuredSession | null;
}

/** Whole lists, handed out row by row: memory stays the same however many there are. */
@Injectable()
export class SessionExport {
  constructor(
    private readonly sessions: SessionSearchRepository,
    @Inject(SESSION_MEASURES) private readonly measures: SessionMeasures,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Notes who takes what, and by which filter (as it was asked), before anything is handed out. */
  async note(by: AdminActor, filter: string | null): Promise<void> {
    const [only = null, ...others] = by.merchants === 'all' ? [] : by.merchants;
    await this.audit.record({
      at: this.clock.now(),
      by,
      act: 'session.exported',
      subject: 'sessions',
      merchantId: others.length === 0 ? only : null,
      after: { filter },
    });
  }

  /** All sessions that a query finds within the actor's scope, page after page until nobody listens any more. */
  async *rows(
    { merchants }: AdminActor,
    query: ListQuery<SessionFilter, SessionSort>,
  ): AsyncGenerator<readonly ExportedSession[]> {
    let after: ListQuery['after'] = null;
    do {
      const found = await this.sessions.list({ ...query, limit: PAGE, after }, merchants);
      const page = found.slice(0, PAGE);
      const last = page.at(-1);
      after = found.length > PAGE && last ? { backwards: false, key: last.sortKey, id: last.rowId } : null;
      const measured = await this.measured(page, merchants, query.fields);
      yield page.map((session) => ({ session, measured: measured.get(session.id) ?? null }));
    } while (after !== null);
  }

  /** What reports say of a page, read at once, by the sessions' ids; nothing where nobody asks for any of it. */
  private async measured(
    page: readonly SessionSummary[],
    scope: MerchantScope,
    fields: readonly string[] | null,
  ): Promise<ReadonlyMap<string, MeasuredSession>> {
    const isAsked = fields === null || MEASURED_MEMBERS.some((name) => fields.includes(name));
    const ids = page.map(({ id }) => id);
    return isAsked && ids.length > 0 ? this.measures.of(ids, scope) : new Map();
  }
}
