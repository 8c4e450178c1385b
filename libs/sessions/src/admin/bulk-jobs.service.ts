import { encodeId, InvalidRequest, newUuidV7, NotFound, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  CLOCK,
  Database,
  type AdminActor,
  type AuditSink,
  type ListQuery,
  type ListRow,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { BulkJobRepository, type NewItem } from '../persistence/bulk-job.repository';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { ActRequests } from './act-requests.service';
import type { BulkJob, JobFilter, JobProgress, JobSort } from './bulk-job';
import type { SessionAct } from './session-acts';
import type { SessionFilter, SessionSort } from './session-listing';

/** So many sessions a filter may find; those of a whole quarter are no act of an operator. */
export const MAX_MATCHES = 10_000;

/** Which sessions: those with these ids (UUIDs), or all that fulfil conditions at this moment. */
export type Choice =
  { readonly ids: readonly string[] } | { readonly conditions: ListQuery<SessionFilter, SessionSort>['conditions'] };

/** What somebody wants done to many sessions; `content` is all that makes it the same wish again. */
export interface BulkWish {
  readonly act: SessionAct;
  readonly choice: Choice;
  readonly reason: string | null;
  readonly key: string | null;
  readonly content: object;
}

/** A job with how far it is. */
export type ShownJob = BulkJob & JobProgress;

/** Acts over many sessions, made into jobs that go on by themselves. */
@Injectable()
export class BulkJobs {
  constructor(
    private readonly database: Database,
    private readonly jobs: BulkJobRepository,
    private readonly sessions: SessionSearchRepository,
    private readonly requests: ActRequests,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a job of what `wish` finds now within the actor's scope. With the same `key` as before it is made once.
   * @throws InvalidRequest `filter_too_broad`, CountersignError 409 for a key that named another act
   */
  async create(actor: AdminActor, wish: BulkWish): Promise<ShownJob> {
    const items = await this.chosen(actor, wish.choice);
    const keyHash = wish.key === null ? null : ActRequests.hashOf(wish.key);
    const job = await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.requests.isFirst(tx, actor, { key: wish.key, content: wish.content }))) {
        const known = keyHash && (await this.jobs.findByKey(tx, actor.id, keyHash));
        if (!known) throw new Error('A repeated request for a job has none');
        return known;
      }
      const made = this.jobOf(actor, wish, items);
      await this.jobs.insert(tx, made, keyHash, items);
      await this.record(tx, actor, made, 'job.created', { act: made.act, sessions: made.total });
      return made;
    });
    return this.shown(job);
  }

  /** One page, and one row more where more are there. */
  list({ merchants, id }: AdminActor, query: ListQuery<JobFilter, JobSort>): Promise<(BulkJob & ListRow)[]> {
    return this.jobs.list(query, merchants, id);
  }

  /** @throws NotFound when there is none of that id (UUID), or it has sessions outside of the actor's scope */
  async show(actor: AdminActor, id: string): Promise<ShownJob> {
    return this.shown(await this.find(actor, id));
  }

  /** Ends a job: what is not begun is skipped. One that has ended stays as it is. @throws NotFound */
  async cancel(actor: AdminActor, id: string): Promise<ShownJob> {
    const job = await this.find(actor, id);
    await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.jobs.end(tx, id, 'cancelled', null, this.clock.now()))) return;
      await this.record(tx, actor, job, 'job.cancelled', { state: 'cancelled' });
    });
    return this.show(actor, id);
  }

  private async find({ merchants, id: actorId }: AdminActor, id: string): Promise<BulkJob> {
    const job = await this.jobs.find(id, merchants, actorId);
    if (!job) throw new NotFound('job');
    return job;
  }

  private async shown(job: BulkJob): Promise<ShownJob> {
    return { ...job, ...(await this.jobs.progress(job.id)) };
  }

  private async chosen({ merchants }: AdminActor, choice: Choice): Promise<readonly NewItem[]> {
    if ('ids' in choice) {
      const found = await this.sessions.among(choice.ids, merchants);
      const owners = new Map(found.map(({ sessionId, merchantId }) => [sessionId, merchantId]));
      return choice.ids.map((sessionId) => ({ sessionId, merchantId: owners.get(sessionId) ?? null }));
    }
    const matching = await this.sessions.matching(choice.conditions, merchants, MAX_MATCHES + 1);
    if (matching.length > MAX_MATCHES) throw new InvalidRequest(['filter_too_broad']);
    return matching;
  }

  private jobOf({ kind, id, name, origin }: AdminActor, wish: BulkWish, items: readonly NewItem[]): BulkJob {
    const createdAt = this.clock.now();
    const owners = new Set(items.flatMap(({ merchantId }) => merchantId ?? []));
    const isOver = owners.size === 0;
    return {
      id: newUuidV7(createdAt),
      act: wish.act,
      state: isOver ? 'done' : 'running',
      stopCode: null,
      reason: wish.reason,
      actor: { kind, id, name, origin },
      merchantIds: [...owners],
      total: items.length,
      createdAt,
      endedAt: isOver ? createdAt : null,
    };
  }

  private record(
    tx: Queryable,
    by: AdminActor,
    { id, merchantIds, reason }: BulkJob,
    act: string,
    after: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const [only = null, ...others] = merchantIds;
    const merchantId = others.length === 0 ? only : null;
    return this.audit.record(
      { at: this.clock.now(), by, act, subject: encodeId('job', id), merchantId, after, reason },
      tx,
    );
  }
}
