import { CallbackReplays, type CallbackField } from '@app/callbacks';
import { encodeId, InvalidRequest, newUuidV7, NotAllowed, NotFound, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  CLOCK,
  Database,
  includesScope,
  type AdminActor,
  type AuditEntry,
  type AuditSink,
  type ListCondition,
  type ListQuery,
  type ListRow,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { BulkJobRepository, type NewItem } from '../persistence/bulk-job.repository';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { ActRequests } from './act-requests.service';
import {
  permissionFor,
  type BulkJob,
  type ItemFilter,
  type ItemSort,
  type JobCounts,
  type JobFilter,
  type JobItem,
  type JobProgress,
  type JobSort,
} from './bulk-job';
import type { SessionAct } from './session-acts';
import type { SessionFilter } from './session-listing';

/** So many a filter may find; the sessions of a whole quarter are no act of an operator. */
export const MAX_MATCHES = 10_000;

/** Which ones: those with these ids (UUIDs), or all that fulfil conditions at this moment. */
export type Choice<Filter extends string> =
  { readonly ids: readonly string[] } | { readonly conditions: readonly ListCondition<Filter>[] };

/** What is to be done, and to which sessions or callbacks. */
export type ChosenAct =
  | { readonly act: SessionAct; readonly choice: Choice<SessionFilter> }
  | { readonly act: 'replay_callback'; readonly choice: Choice<CallbackField> };

/** What somebody wants done to many; `content` is all that makes it the same wish again. */
export type BulkWish = ChosenAct & {
  readonly reason: string | null;
  readonly key: string | null;
  readonly content: object;
};

/** A job with how far it is. */
export type ShownJob = BulkJob & JobProgress;

/** How many a job would be about, in all and of each merchant (UUIDs). */
export interface JobPreview {
  readonly total: number;
  readonly merchants: ReadonlyMap<string, number>;
}

/** Acts over many sessions or callbacks, made into jobs that go on by themselves. */
@Injectable()
export class BulkJobs {
  constructor(
    private readonly database: Database,
    private readonly jobs: BulkJobRepository,
    private readonly sessions: SessionSearchRepository,
    private readonly replays: CallbackReplays,
    private readonly requests: ActRequests,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a job of what `wish` finds now within the actor's scope. With the same `key` as before it is made once.
   * @throws InvalidRequest `filter_too_broad`, CountersignError 409 for a key that named another act, NotFound where its job has
   * sessions outside of the actor's scope by now
   */
  async create(actor: AdminActor, wish: BulkWish): Promise<ShownJob> {
    const items = await this.chosen(actor, wish);
    const keyHash = wish.key === null ? null : ActRequests.hashOf(wish.key);
    const job = await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.requests.isFirst(tx, actor, { key: wish.key, content: wish.content }))) {
        const known = keyHash && (await this.jobs.findByKey(tx, actor.id, keyHash));
        if (!known) throw new Error('A repeated request for a job has none');
        // Whoever has lost merchants since is told no more of their sessions.
        if (!includesScope(actor.merchants, known.merchantIds)) throw new NotFound('job');
        return known;
      }
      const made = this.jobOf(actor, wish, items);
      await this.jobs.insert(tx, made, keyHash, items);
      const { act, total, reason } = made;
      await this.record(tx, actor, made, { act: 'job.created', after: { act, [whatOf(made)]: total }, reason });
      return made;
    });
    return this.shown(job);
  }

  /** What `create` would find now; nothing is made. @throws InvalidRequest `filter_too_broad` */
  async preview(actor: AdminActor, chosen: ChosenAct): Promise<JobPreview> {
    const merchants = new Map<string, number>();
    for (const { merchantId } of await this.chosen(actor, chosen)) {
      if (merchantId !== null) merchants.set(merchantId, (merchants.get(merchantId) ?? 0) + 1);
    }
    return { total: [...merchants.values()].reduce((sum, one) => sum + one, 0), merchants };
  }

  /** One page, and one row more where more are there. */
  async list(
    { merchants, id }: AdminActor,
    query: ListQuery<JobFilter, JobSort>,
  ): Promise<(BulkJob & ListRow & { readonly counts: JobCounts })[]> {
    const jobs = await this.jobs.list(query, merchants, id);
    const counts = await this.jobs.counts(jobs.map((job) => job.id));
    return jobs.map((job) => ({ ...job, counts: countsIn(counts, job) }));
  }

  /** One page of what a job is about, and one row more where more are there. @throws NotFound as `show` */
  async items(actor: AdminActor, id: string, query: ListQuery<ItemFilter, ItemSort>): Promise<(JobItem & ListRow)[]> {
    const job = await this.find(actor, id);
    return this.jobs.items(job.id, query);
  }

  /** @throws NotFound when there is none of that id (UUID), or it has sessions outside of the actor's scope */
  async show(actor: AdminActor, id: string): Promise<ShownJob> {
    return this.shown(await this.find(actor, id));
  }

  /**
   * Ends a job: what is not begun is skipped. One that has ended stays as it is.
   * @param reason of who cancels, who need not be who began it
   * @throws NotFound
   */
  async cancel(actor: AdminActor, id: string, reason: string | null): Promise<ShownJob> {
    const job = await this.find(actor, id);
    await this.database.transaction(async (tx: Queryable) => {
      if (!(await this.jobs.end(tx, id, 'cancelled', null, this.clock.now()))) return;
      const [before, after] = [{ state: 'running' }, { state: 'cancelled' }];
      await this.record(tx, actor, job, { act: 'job.cancelled', before, after, reason });
    });
    return this.show(actor, id);
  }

  private async find({ merchants, id: actorId }: AdminActor, id: string): Promise<BulkJob> {
    const job = await this.jobs.find(id, merchants, actorId);
    if (!job) throw new NotFound('job');
    return job;
  }

  private async shown(job: BulkJob): Promise<ShownJob> {
    const [counts, failures] = await Promise.all([this.jobs.counts([job.id]), this.jobs.firstFailures(job.id)]);
    return { ...job, counts: countsIn(counts, job), failures };
  }

  private async chosen(actor: AdminActor, chosen: ChosenAct): Promise<readonly NewItem[]> {
    const permission = permissionFor(chosen.act);
    if (!actor.permissions.has(permission)) throw new NotAllowed('permission_missing', `Needs ${permission}`);
    const items = await (chosen.act === 'replay_callback'
      ? this.chosenCallbacks(actor, chosen.choice)
      : this.chosenSessions(actor, chosen.choice));
    if (items.length > MAX_MATCHES) throw new InvalidRequest(['filter_too_broad']);
    return items;
  }

  private async chosenSessions({ merchants }: AdminActor, choice: Choice<SessionFilter>): Promise<NewItem[]> {
    if ('conditions' in choice) {
      const matching = await this.sessions.matching(choice.conditions, merchants, MAX_MATCHES + 1);
      return matching.map((session) => ({ ...session, messageId: null }));
    }
    const found = await this.sessions.among(choice.ids, merchants);
    const owners = new Map(found.map(({ sessionId, merchantId }) => [sessionId, merchantId]));
    return choice.ids.map((sessionId) => ({ sessionId, messageId: null, merchantId: owners.get(sessionId) ?? null }));
  }

  private async chosenCallbacks({ merchants }: AdminActor, choice: Choice<CallbackField>): Promise<NewItem[]> {
    if ('conditions' in choice) return this.replays.matching(choice.conditions, merchants, MAX_MATCHES + 1);
    const found = await this.replays.among(choice.ids, merchants);
    const messages = new Map(found.map((message) => [message.messageId, message]));
    return choice.ids.map((messageId) => messages.get(messageId) ?? { messageId, sessionId: null, merchantId: null });
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
    { id, merchantIds }: BulkJob,
    what: Pick<AuditEntry, 'act' | 'before' | 'after' | 'reason'>,
  ): Promise<void> {
    const [only = null, ...others] = merchantIds;
    const merchantId = others.length === 0 ? only : null;
    return this.audit.record({ at: this.clock.now(), by, subject: encodeId('job', id), merchantId, ...what }, tx);
  }
}

/** What a job is about, in the words of the audit log. */
const whatOf = ({ act }: BulkJob): string => (act === 'replay_callback' ? 'callbacks' : 'sessions');

function countsIn(counts: ReadonlyMap<string, JobCounts>, { id }: BulkJob): JobCounts {
  const own = counts.get(id);
  if (!own) throw new Error('A job was not counted');
  return own;
}
