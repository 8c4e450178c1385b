import { CallbackReplays, Callbacks, type DeliveryOutcome } from '@app/callbacks';
import { MerchantDirectory } from '@app/credentials';
import { DuplicateRequest, encodeId, NotFound, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  CLOCK,
  Database,
  isInScope,
  type AdminActor,
  type AuditEntry,
  type AuditSink,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '../connector-registry';
import type { Session } from '../domain/session';
import { endByOperator } from '../domain/unanswered';
import { Inquiries } from '../inquiries.service';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { SessionRepository } from '../persistence/session.repository';
import { SessionWriter } from '../session-writer.service';
import { ActRequests } from './act-requests.service';
import type { JobStep } from './bulk-job';
import { assertActs, sessionRefused, type StateAct } from './session-acts';

/**
 * What operators do to sessions, one by one or as a step of a job. Each act is in the audit log with its reason; two at
 * once: one wins, the other is told.
 */
@Injectable()
export class SessionActs {
  constructor(
    private readonly repository: SessionRepository,
    private readonly search: SessionSearchRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly inquiries: Inquiries,
    private readonly callbacks: Callbacks,
    private readonly replays: CallbackReplays,
    private readonly requests: ActRequests,
    private readonly directory: MerchantDirectory,
    private readonly writer: SessionWriter,
    private readonly database: Database,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Asks the connector what became of a session that is not final, and stores what is new.
   * @throws NotFound, CountersignError 409 where it was turned away at creation, NotAllowed where it is final or its
   * connector cannot be asked
   */
  async reSync(actor: AdminActor, id: string, reason: string | null, step?: JobStep): Promise<void> {
    const session = await this.read(actor, id, 're_sync');
    // Noted before it is done: whoever asks has asked, whatever comes of it.
    await this.database.transaction(async (tx: Queryable) => {
      await step?.taken(tx);
      await this.audit.record(this.entry(actor, session, 'session.re_synced', { reason }, step), tx);
    });
    await this.inquiries.ask(id);
  }

  /**
   * Ends a session that is not final as its deadline would, now.
   * @throws NotFound, NotAllowed where the session is final, DuplicateRequest when somebody else was faster
   */
  async expire(actor: AdminActor, id: string, reason: string | null, step?: JobStep): Promise<void> {
    const session = await this.read(actor, id, 'expire');
    const channel = await this.directory.channel(session.merchantId, session.environment, session.channelId);
    if (!channel) throw new Error('The channel of a session is gone');
    const change = endByOperator(session, { at: this.clock.now(), actor: actor.wireId });
    const [before, after] = [{ status: session.status }, { status: change.session.status }];
    await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.writer.save(session, change, { tx, channel }))) throw new DuplicateRequest();
      await step?.taken(tx);
      await this.audit.record(this.entry(actor, session, 'session.expired', { reason, before, after }, step), tx);
    });
    this.writer.committed(change);
  }

  /**
   * Has the merchant sent the session's last callback again. With the same `key` as before it is done once.
   * @throws NotFound, CountersignError 409 where there is nothing to send, or it is about to be sent
   */
  async resendCallback(actor: AdminActor, id: string, key: string | null, reason: string | null): Promise<void> {
    const session = await this.find(actor, id);
    const named = { key, content: { act: 'resend_callback', id, reason } };
    await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.requests.isFirst(tx, actor, named))) return;
      const message = await this.callbacks.resend(tx, session.id, session.merchantId);
      await this.noteResent(tx, actor, session, { message, reason });
    });
  }

  /**
   * The same as a step of a job, at once; tells what came of it.
   * @throws NotFound, CountersignError 409 as `resendCallback`
   */
  async resendForJob(actor: AdminActor, id: string, reason: string | null, step: JobStep): Promise<DeliveryOutcome> {
    const session = await this.find(actor, id);
    const taken = await this.database.transaction(async (tx: Queryable) => {
      const claimed = await this.replays.takeLast(tx, session.id, session.merchantId);
      await step.taken(tx);
      await this.noteResent(tx, actor, session, { message: claimed.id, reason }, step);
      return claimed;
    });
    return this.replays.send(taken);
  }

  private noteResent(
    tx: Queryable,
    actor: AdminActor,
    session: Session,
    { message, reason }: { readonly message: string; readonly reason: string | null },
    step?: JobStep,
  ): Promise<void> {
    const after = { message: encodeId('message', message) };
    return this.audit.record(this.entry(actor, session, 'session.callback_resent', { reason, after }, step), tx);
  }

  private async find(actor: AdminActor, id: string): Promise<Session> {
    const session = await this.repository.findById(id);
    if (session && isInScope(actor.merchants, session.merchantId)) return session;
    // One that was turned away has no attempt, but operators see it.
    if (!session && (await this.search.find(id, actor.merchants))) throw sessionRefused();
    throw new NotFound('session');
  }

  private async read(actor: AdminActor, id: string, act: StateAct): Promise<Session> {
    const session = await this.find(actor, id);
    assertActs(act, {
      status: session.status,
      inquires: this.connectors.inquires(session.attempt.connector),
    });
    return session;
  }

  private entry(
    by: AdminActor,
    { id, merchantId }: Session,
    act: string,
    what: Pick<AuditEntry, 'before' | 'after' | 'reason'>,
    step?: JobStep,
  ): AuditEntry {
    const after = step ? { after: { ...what.after, job: step.job } } : {};
    return { at: this.clock.now(), by, act, subject: encodeId('session', id), merchantId, ...what, ...after };
  }
}
