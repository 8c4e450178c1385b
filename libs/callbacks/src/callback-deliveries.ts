import { encodeId, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, LOG, Metrics, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CallbackSender } from './callback-sender';
import type { CallbackSubject } from './callback-subject';
import type { ClaimedCallback, TryResult } from './domain/callback-message';
import { nextTryAt } from './domain/retry-schedule';
import { CallbackReplayRepository } from './persistence/callback-replay.repository';
import { CallbackRepository, type UntoldCallback } from './persistence/callback.repository';

/** How long one try may take, in real milliseconds: leaves `complete` a second of its 8 s budget. */
export const TRY_TIMEOUT_MS = 7_000;

/** What a claim lasts beyond its try, in real milliseconds: time to prepare and to write the result down. */
const CLAIM_MARGIN_MS = 10_000;

const LAG_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 36_000, 86_400, 345_600];

/** The engine under `Callbacks` and the sweeper: claim, one try outside any transaction, write down, tell the subject. */
@Injectable()
export class CallbackDeliveries {
  private subject: CallbackSubject | null = null;
  private readonly outcomes;
  private readonly lag;
  private readonly backlogSize;
  private readonly oldestDue;

  constructor(
    private readonly messages: CallbackRepository,
    private readonly replays: CallbackReplayRepository,
    private readonly sender: CallbackSender,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'>,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter('callback_tries_total', 'Callback tries by outcome', ['outcome']);
    this.lag = metrics.histogram(
      'callback_lag_seconds',
      'From the change that a callback reports to its acknowledgement',
      [],
      LAG_BUCKETS_SECONDS,
    );
    this.backlogSize = metrics.gauge('callback_backlog', 'Callbacks that are due now');
    this.oldestDue = metrics.gauge('callback_oldest_due_seconds', 'Age of the callback that is longest due');
  }

  bind(subject: CallbackSubject): void {
    this.subject = subject;
  }

  /** False until the subject is there: nothing can be sent before. */
  get isBound(): boolean {
    return this.subject !== null;
  }

  claim(id: string, timeoutMs: number): Promise<ClaimedCallback | null> {
    return this.messages.claim(id, this.clock.now(), this.claimEnd(timeoutMs));
  }

  /** At most `limit`, and of one merchant at most `share` together with what is under way (`busy`, by merchant). */
  claimDue(limit: number, share: number, busy: ReadonlyMap<string, number>): Promise<ClaimedCallback[]> {
    return this.messages.claimDue(this.clock.now(), this.claimEnd(TRY_TIMEOUT_MS), { limit, share, busy });
  }

  /** Of those that are wanted once more; `limit`, `share` and `busy` as above. */
  claimResends(limit: number, share: number, busy: ReadonlyMap<string, number>): Promise<ClaimedCallback[]> {
    return this.replays.claimResends(this.clock.now(), this.claimEnd(TRY_TIMEOUT_MS), { limit, share, busy });
  }

  claimUntold(limit: number): Promise<UntoldCallback[]> {
    return this.messages.claimUntold(this.clock.now(), this.claimEnd(0), limit);
  }

  /** One try at a message that was claimed. Throws only when the result could not be written down. */
  async attempt(message: ClaimedCallback, timeoutMs: number): Promise<TryResult> {
    const at = this.clock.now();
    const result = await this.sender.send(message, this.boundSubject(), timeoutMs);
    const outcome = await this.recorded(message, result, at);
    this.outcomes.inc({ outcome });
    this.log.info(
      {
        message: encodeId('message', message.id),
        session: encodeId('session', message.sessionId),
        try: message.try,
        status: result.status,
        problem: result.problem,
        outcome,
        ms: Math.round(result.latencyMs),
      },
      'callback try',
    );
    return result;
  }

  /** Lets the subject take note of a delivery; when it cannot, the sweeper comes back after the claim has run out. */
  async tell(message: UntoldCallback): Promise<void> {
    try {
      // Only its result is something that a session waits for its merchant to have.
      if (message.kind === 'session_completed') {
        await this.boundSubject().delivered(message.sessionId, message.merchantId);
      }
      await this.messages.recordTold(message, this.clock.now());
    } catch (error) {
      this.log.error(
        { err: error, message: encodeId('message', message.id) },
        'the subject of a delivered callback did not take note',
      );
    }
  }

  /** Brings the gauges up to date. */
  async measure(): Promise<void> {
    const now = this.clock.now();
    const { due, oldestDueAt } = await this.messages.backlog(now);
    this.backlogSize.set(due);
    this.oldestDue.set(oldestDueAt ? (now.getTime() - oldestDueAt.getTime()) / 1000 : 0);
  }

  private async recorded(message: ClaimedCallback, result: TryResult, at: Date): Promise<string> {
    if (message.isResend) return this.resent(message, result, at);
    return result.problem === null ? this.delivered(message, result, at) : this.failed(message, result, at);
  }

  /** The merchant had it before: there is nobody to tell, and no schedule that it belongs to. */
  private async resent(message: ClaimedCallback, result: TryResult, at: Date): Promise<'resent' | 'resend_failed'> {
    await this.replays.recordResent(message, result, at);
    return result.problem === null ? 'resent' : 'resend_failed';
  }

  private async delivered(message: ClaimedCallback, result: TryResult, at: Date): Promise<'delivered'> {
    const now = this.clock.now();
    await this.messages.recordDelivered(message, result, at, now, this.claimEnd(0));
    this.lag.observe((now.getTime() - message.createdAt.getTime()) / 1000);
    await this.tell(message);
    return 'delivered';
  }

  private async failed(message: ClaimedCallback, result: TryResult, at: Date): Promise<'failed' | 'dead'> {
    // A try that a merchant asked for ahead of time does not use the schedule up, and cannot revive a dead message.
    const isScheduled = message.nextTryAt !== null && message.nextTryAt <= at;
    const step = isScheduled ? message.step + 1 : message.step;
    const next = isScheduled ? nextTryAt(step, this.clock.now(), Math.random()) : message.nextTryAt;
    await this.messages.recordFailed(message, result, at, step, next);
    return next === null ? 'dead' : 'failed';
  }

  /** When a claim for a try of `timeoutMs` ends: tries last real time while claims end by the clock, which may run faster. */
  claimEnd(timeoutMs: number): Date {
    const lastsMs = (timeoutMs + CLAIM_MARGIN_MS) * Math.max(1, this.config.timeScale);
    return new Date(this.clock.now().getTime() + lastsMs);
  }

  private boundSubject(): CallbackSubject {
    if (!this.subject) throw new Error('Callbacks have no subject: bind() was not called');
    return this.subject;
  }
}
