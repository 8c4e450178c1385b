import { CallbackReplays, type DeliveryOutcome, type OwedMessage } from '@app/callbacks';
import { encodeId, NotFound, type Clock } from '@app/kernel';
import { AUDIT_SINK, CLOCK, Database, type AdminActor, type AuditSink, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ActRequests } from './act-requests.service';
import type { JobStep } from './bulk-job';

/** What operators do to callbacks, one by one or as a step of a job. Each act is in the audit log with its reason. */
@Injectable()
export class CallbackActs {
  constructor(
    private readonly replays: CallbackReplays,
    private readonly requests: ActRequests,
    private readonly database: Database,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends a message (UUID) again now, and tells what came of it. With the same `key` as before it is done once.
   * @throws NotFound, CountersignError 409 where it is about to be sent
   */
  async replay(
    actor: AdminActor,
    id: string,
    { key = null, reason }: { readonly key?: string | null; readonly reason: string | null },
    step?: JobStep,
  ): Promise<DeliveryOutcome> {
    const [message] = await this.replays.among([id], actor.merchants);
    if (!message) throw new NotFound('callback');
    const taken = await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.requests.isFirst(tx, actor, { key, content: { act: 'replay_callback', id, reason } })))
        return null;
      const claimed = await this.replays.take(tx, id, message.merchantId);
      await step?.taken(tx);
      await this.record(tx, actor, message, reason, step);
      return claimed;
    });
    return taken ? this.replays.send(taken) : this.replays.resume(id);
  }

  private record(
    tx: Queryable,
    by: AdminActor,
    { messageId, sessionId, merchantId }: OwedMessage,
    reason: string | null,
    step?: JobStep,
  ): Promise<void> {
    const subject = encodeId('message', messageId);
    const after = { session: encodeId('session', sessionId), ...(step && { job: step.job }) };
    return this.audit.record(
      { at: this.clock.now(), by, act: 'callback.replayed', subject, merchantId, after, reason },
      tx,
    );
  }
}
