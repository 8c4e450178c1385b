import type { Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, Leases, LOG, Metrics, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SessionNoticeInbox } from '../notice-inbox.service';
import { NoticeRepository } from '../persistence/notice.repository';
import { SessionRepository } from '../persistence/session.repository';
import { Settlement } from '../settlement.service';

const TICK_MS = 5_000;
const LEASE_MS = 60_000;
const BATCH = 200;
/** A notice that nobody acted on for this long was left by a process that died. */
const LEFT_AFTER_MS = 30_000;

/** Settles what is past its deadline and acts on notices that were stored and left, well within 60 s. */
@Injectable()
export class SettlementJob {
  private readonly overdue;

  constructor(
    private readonly sessions: SessionRepository,
    private readonly notices: NoticeRepository,
    private readonly settlement: Settlement,
    private readonly inbox: SessionNoticeInbox,
    private readonly leases: Leases,
    metrics: Metrics,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.overdue = metrics.gauge(
      'sessions_unresolved_past_deadline',
      'Non-final sessions over 60 s past their deadline',
    );
  }

  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.leases.withLease('sessions.settlement', LEASE_MS, () => this.run());
    } catch (error) {
      this.log.error({ err: error }, 'settlement failed');
    }
  }

  private async run(): Promise<void> {
    const now = this.clock.now();
    for (const left of await this.notices.findLeft(new Date(now.getTime() - LEFT_AFTER_MS), BATCH)) {
      await this.each(left.sessionId, () => this.inbox.resume(left));
    }
    for (const id of await this.sessions.findDue(now, BATCH)) {
      await this.each(id, () => this.settlement.settle(id));
    }
    this.overdue.set(await this.sessions.countOverdue(now));
  }

  /** One that fails must not keep the others waiting; it comes again with the next tick. */
  private async each(sessionId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ err: error, sessionId }, 'a session could not be settled');
    }
  }
}
