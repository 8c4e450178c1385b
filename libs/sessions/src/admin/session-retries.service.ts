import { Callbacks } from '@app/callbacks';
import { DuplicateRequest, encodeId, type Clock, type Secret } from '@app/kernel';
import { AUDIT_SINK, CLOCK, Database, type AdminActor, type AuditSink, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '../connector-registry';
import { retriedPayload } from '../domain/callback-payload';
import { note } from '../domain/changes';
import type { Session } from '../domain/session';
import { HostedLinks } from '../hosted/hosted-links.service';
import { Inquiries } from '../inquiries.service';
import { SessionNoticeInbox } from '../notice-inbox.service';
import { NoticeRepository } from '../persistence/notice.repository';
import { SessionRetryRepository } from '../persistence/session-retry.repository';
import { SessionRepository } from '../persistence/session.repository';
import { SessionReader } from '../session-reader.service';
import { SessionWriter } from '../session-writer.service';
import { ActRequests } from './act-requests.service';
import { alreadyRetried, notRetriable } from './retry.errors';
import { RetryPlanner, type PlannedRetry } from './retry-planner.service';
import { Successors, type Successor } from './successor.service';

/** What an operator wants: how long a new link lives, why, and the key by which the same wish is known again. */
export interface RetryWish {
  readonly linkHours: number;
  readonly reason: string | null;
  readonly key: string | null;
}

/** What came of it: the session that goes on, and the token of its link while that waits for its cardholder. */
export interface Retried {
  readonly kind: 'drive_on' | 'new_session';
  readonly session: Session;
  readonly linkToken: Secret | null;
}

/**
 * Trying a session again. One that is not final is driven on: what came is acted upon, the connector is asked, and nothing is
 * asked of an issuer twice. One that is final gets a successor, once.
 */
@Injectable()
export class SessionRetries {
  constructor(
    private readonly planner: RetryPlanner,
    private readonly successors: Successors,
    private readonly retries: SessionRetryRepository,
    private readonly repository: SessionRepository,
    private readonly notices: NoticeRepository,
    private readonly inbox: SessionNoticeInbox,
    private readonly inquiries: Inquiries,
    private readonly connectors: ConnectorRegistry,
    private readonly reader: SessionReader,
    private readonly links: HostedLinks,
    private readonly writer: SessionWriter,
    private readonly callbacks: Callbacks,
    private readonly requests: ActRequests,
    private readonly database: Database,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What `retry` would do now. @throws NotFound */
  explain(actor: AdminActor, id: string): Promise<PlannedRetry> {
    return this.planner.plan(actor, id);
  }

  /**
   * Tries a session again.
   * @throws NotFound; NotAllowed with the reason why it cannot be; CountersignError 409 `session_already_retried`, or
   * DuplicateRequest, when another one was faster
   */
  async retry(actor: AdminActor, id: string, wish: RetryWish): Promise<Retried> {
    const { session, plan, chain } = await this.planner.plan(actor, id);
    if (plan.kind === 'drive_on' && session) return this.driveOn(actor, session, wish);
    if (plan.kind === 'new_session' && session) return this.succeed(actor, session, wish);
    // The same wish once more, because its answer was lost: what came of it is told again.
    const known = session && chain.retriedAs !== null && (await this.isRepeated(actor, session, wish));
    if (known) return this.successorOf(session);
    throw notRetriable(plan.kind === 'not_possible' ? plan.code : 'session_refused');
  }

  private async driveOn(actor: AdminActor, session: Session, wish: RetryWish): Promise<Retried> {
    const channel = await this.reader.channelOf(session);
    const change = note(session, { at: this.clock.now(), actor: actor.wireId }, { type: 'driven_on' });
    const isFirst = await this.database.transaction(async (tx) => {
      if (!(await this.requests.isFirst(tx, actor, named(session, wish)))) return false;
      if (!(await this.writer.save(session, change, { tx, channel }))) throw new DuplicateRequest();
      await this.record(tx, actor, session, wish, { kind: 'drive_on' });
      return true;
    });
    if (isFirst) {
      this.writer.committed(change);
      await this.goOn(session);
    }
    const now = (await this.repository.findById(session.id)) ?? session;
    return { kind: 'drive_on', session: now, linkToken: await this.linkOf(now) };
  }

  /** What came and was left lying counts first, then what the connector knows. */
  private async goOn({ id, attempt }: Session): Promise<void> {
    for (const left of await this.notices.findLeftOf(id)) await this.inbox.resume(left);
    if (this.connectors.inquires(attempt.connector) && attempt.progress !== 'planned') await this.inquiries.ask(id);
  }

  private async succeed(actor: AdminActor, session: Session, wish: RetryWish): Promise<Retried> {
    const made = await this.successors.make(session, actor.wireId, wish.linkHours * 60);
    const { created } = made;
    const wireId = encodeId('session', created.session.id);
    const retried = note(
      session,
      { at: this.clock.now(), actor: actor.wireId },
      { type: 'retried', data: { session: wireId } },
    );
    const isFirst = await this.database.transaction(async (tx) => {
      if (!(await this.requests.isFirst(tx, actor, named(session, wish)))) return false;
      await this.store(tx, session, made);
      // Whoever changed it in between has changed what this was decided on.
      if (!(await this.writer.save(session, retried, { tx, channel: made.channel }))) throw new DuplicateRequest();
      await this.record(tx, actor, session, wish, {
        kind: 'new_session',
        session: wireId,
        link_hours: wish.linkHours,
      });
      return true;
    });
    if (!isFirst) return this.successorOf(session);
    for (const change of [created, retried]) this.writer.committed(change);
    return { kind: 'new_session', session: created.session, linkToken: made.linkToken };
  }

  /** The session, that it stands in for another one, and that its merchant is told: all of it or nothing. */
  private async store(tx: Queryable, session: Session, { created, card, link }: Successor): Promise<void> {
    const successor = created.session;
    const { id: sessionId, merchantId, environment, channelId, callbackUrl: url } = successor;
    if (!(await this.retries.insert(tx, { retryOf: session.id, sessionId, merchantId }))) throw alreadyRetried();
    await this.repository.insert(created, card, link, tx);
    if (url === null) return;
    const payload = retriedPayload(successor);
    const about = { kind: 'session_retried', sessionId, merchantId, environment, channelId } as const;
    await this.callbacks.enqueue(tx, { ...about, url, payload, dueAt: successor.createdAt });
  }

  /** Whether this very wish was granted before. @throws CountersignError 409 when its key named something else */
  private async isRepeated(actor: AdminActor, session: Session, wish: RetryWish): Promise<boolean> {
    if (wish.key === null) return false;
    const repeated = new Error('repeated');
    const isFirst = this.database.transaction(async (tx) => {
      // Only looked at: a wish that comes too late does not take its key.
      if (await this.requests.isFirst(tx, actor, named(session, wish))) throw repeated;
      return false;
    });
    return isFirst.then(
      () => true,
      (error: unknown) => {
        if (error !== repeated) throw error;
        return false;
      },
    );
  }

  private async successorOf({ id, merchantId }: Session): Promise<Retried> {
    const { retriedAs } = await this.retries.chainOf(id, merchantId);
    const session = retriedAs && (await this.repository.findById(retriedAs));
    if (!session) throw new Error('A session that was retried has no successor');
    return { kind: 'new_session', session, linkToken: await this.linkOf(session) };
  }

  private linkOf(session: Session): Promise<Secret | null> {
    return session.status === 'pending' ? this.links.tokenOf(session) : Promise.resolve(null);
  }

  private record(
    tx: Queryable,
    by: AdminActor,
    { id, merchantId }: Session,
    { reason }: RetryWish,
    after: Record<string, unknown>,
  ): Promise<void> {
    const subject = encodeId('session', id);
    return this.audit.record(
      { at: this.clock.now(), by, act: 'session.retried', subject, merchantId, after, reason },
      tx,
    );
  }
}

const named = ({ id }: Session, { key, linkHours, reason }: RetryWish) => ({
  key,
  content: { act: 'retry', id, linkHours, reason },
});
