import { setTimeout as sleep } from 'node:timers/promises';
import { CallbackReplays, type DeliveryOutcome } from '@app/callbacks';
import { CountersignError, encodeId, type Clock } from '@app/kernel';
import {
  ADMIN_ACTORS,
  APP_CONFIG,
  CLOCK,
  Database,
  FairClaims,
  isDatabaseGone,
  isInScope,
  LOG,
  type AdminActor,
  type AdminActors,
  type AppConfig,
  type Logger,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  permissionFor,
  type BulkJob,
  type ClaimedItem,
  type JobAct,
  type JobStep,
  type StopCode,
} from '../admin/bulk-job';
import { CallbackActs } from '../admin/callback-acts.service';
import { SessionActs } from '../admin/session-acts.service';
import { Inquiries } from '../inquiries.service';
import { BulkJobRepository } from '../persistence/bulk-job.repository';

const TICK_MS = 1_000;
/** What one process works on at a time, and how many of it may be one merchant's. */
const CONCURRENCY = 16;
const SHARE = 4;
/** A place that sent a callback again is kept for so long: a merchant gets ten a second of them at most, of each process. */
const PACE_MS = SHARE * 100;
/** What a process has claimed and not finished by then is somebody else's: longer than any call to an upstream. */
const CLAIM_MS = 60_000;

/** How a callback is sent: for the first time, or where whoever noted it may not have come to the end. */
interface Sending {
  readonly first: (step: JobStep) => Promise<DeliveryOutcome>;
  readonly again: () => Promise<DeliveryOutcome>;
}

/** The item is somebody else's by now, or its job has ended: nothing of the act remains. */
class ItemLost extends Error {}

/**
 * Does what jobs want, one by one. Items are claimed one by one (SKIP LOCKED), so any number of workers share a job,
 * and what dies with one is claimed again. An act and that its item is done are one transaction, so neither happens twice;
 * asking a connector again harms nothing. That a callback is wanted again is noted with the want itself; it is then sent under
 * a claim of its own, and by the sweeper where this process dies.
 */
@Injectable()
export class BulkJobRunner implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly claims = new FairClaims(
    { concurrency: CONCURRENCY, share: SHARE },
    async (limit, busy, begin) => {
      const now = this.clock.now();
      const until = new Date(now.getTime() + CLAIM_MS);
      for (const item of await this.jobs.claim(now, { limit, share: SHARE, busy, until })) {
        begin(this.run(item), item.merchantId);
      }
    },
    (error) => this.log.error({ err: error }, 'a job could not go on'),
  );

  private readonly doers: Record<JobAct, (actor: AdminActor, job: BulkJob, item: ClaimedItem) => Promise<void>> = {
    re_sync: (actor, job, item) => this.reSync(actor, job, item),
    replay_callback: (actor, job, item) => this.replay(actor, job, item),
    resend_callback: (actor, job, item) =>
      this.send(job, item, {
        first: (step) => this.acts.resendForJob(actor, item.sessionId, job.reason, step),
        again: () => this.replays.resumeLast(item.sessionId, item.merchantId),
      }),
    expire: (actor, { id, reason }, item) =>
      this.acts.expire(
        actor,
        item.sessionId,
        reason,
        this.step(id, (tx) => this.jobs.finish(item, null, tx)),
      ),
  };

  constructor(
    private readonly jobs: BulkJobRepository,
    private readonly acts: SessionActs,
    private readonly callbackActs: CallbackActs,
    private readonly inquiries: Inquiries,
    private readonly replays: CallbackReplays,
    private readonly database: Database,
    @Inject(ADMIN_ACTORS) private readonly actors: AdminActors,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Never throws: the database may be away for a while. */
  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.claims.fill();
      await this.jobs.closeFinished(this.clock.now());
    } catch (error) {
      this.log.error({ err: error }, 'jobs could not be looked at');
    }
  }

  /** Resolves when nothing that was claimed is under way any more. */
  settled(): Promise<void> {
    return this.claims.settled();
  }

  onModuleDestroy(): void {
    this.claims.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async run(item: ClaimedItem): Promise<void> {
    const job = await this.jobs.findById(item.jobId);
    if (!job) return;
    const { kind, id, origin } = job.actor;
    const actor = await this.actors.find(kind, id, origin);
    const code = obstacleFor(actor, job, item);
    if (actor === null || code !== null) return this.stop(job, item, code ?? 'actor_not_active');
    try {
      await this.doers[job.act](actor, job, item);
    } catch (error) {
      await this.failed(item, error);
    }
  }

  /** Asks once more where whoever noted it has not come to the end: the audit log has it already. */
  private async reSync(actor: AdminActor, job: BulkJob, item: ClaimedItem): Promise<void> {
    const step = this.step(job.id, (tx) => this.jobs.note(item, this.clock.now(), tx));
    if (item.isNoted) await this.inquiries.ask(item.sessionId);
    else await this.acts.reSync(actor, item.sessionId, job.reason, step);
    await this.jobs.finish(item, null);
  }

  private async replay(actor: AdminActor, job: BulkJob, item: ClaimedItem): Promise<void> {
    const { messageId } = item;
    if (messageId === null) throw new Error('There is a session where a callback should be');
    await this.send(job, item, {
      first: (step) => this.callbackActs.replay(actor, messageId, { reason: job.reason }, step),
      again: () => this.replays.resume(messageId),
    });
  }

  /** That a callback is wanted is noted once; whoever comes back to it only sees to it that it was sent. */
  private async send(job: BulkJob, item: ClaimedItem, { first, again }: Sending): Promise<void> {
    const startedAt = performance.now();
    const step = this.step(job.id, (tx) => this.jobs.note(item, this.clock.now(), tx));
    const outcome = await (item.isNoted ? again() : first(step));
    await this.jobs.finish(item, failureOf(outcome));
    await sleep(Math.max(0, PACE_MS - (performance.now() - startedAt)));
  }

  private step(jobId: string, take: (tx: Queryable) => Promise<boolean>): JobStep {
    const taken = async (tx: Queryable): Promise<void> => {
      if (!(await take(tx))) throw new ItemLost();
    };
    return { job: encodeId('job', jobId), taken };
  }

  /** What cannot be done to a session is its outcome. Where the database is away, the item is claimed again. */
  private async failed(item: ClaimedItem, error: unknown): Promise<void> {
    if (error instanceof ItemLost) return;
    if (isDatabaseGone(error)) throw error;
    const session = encodeId('session', item.sessionId);
    const code = error instanceof CountersignError ? error.codes[0] : undefined;
    if (code === undefined) this.log.error({ err: error, session }, 'an act of a job went wrong');
    await this.jobs.finish(item, code ?? 'internal_error');
  }

  private async stop(job: BulkJob, item: ClaimedItem, code: StopCode): Promise<void> {
    const at = this.clock.now();
    const isStopped = await this.database.transaction((tx) => this.jobs.end(tx, job.id, 'stopped', code, at));
    if (isStopped) this.log.warn({ job: encodeId('job', job.id), code }, 'a job was stopped: its actor may not go on');
    // One that is noted is not skipped with the others.
    await this.jobs.finish(item, code);
  }
}

/** What a merchant did instead of acknowledging; null where it has the message. */
function failureOf({ delivered, problem }: DeliveryOutcome): string | null {
  return delivered ? null : (problem ?? 'not_acknowledged');
}

/** What keeps whoever wanted a job from having one of its sessions acted on now. */
function obstacleFor(actor: AdminActor | null, { act }: BulkJob, { merchantId }: ClaimedItem): StopCode | null {
  if (!actor) return 'actor_not_active';
  if (!actor.permissions.has(permissionFor(act))) return 'permission_missing';
  return isInScope(actor.merchants, merchantId) ? null : 'merchant_scope_insufficient';
}
