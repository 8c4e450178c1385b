import { encodeId, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, Leases, LOG, Metrics, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SessionNoticeInbox } from '../notice-inbox.service';
import { NoticeRepository, type LeftNotice } from '../persistence/notice.repository';
import { SessionRepository, type DueSession } from '../persistence/session.repository';
import { Settlement } from '../settlement.service';

const TICK_MS = 5_000;
/** With a tick, half of the 60 s: should the holder die, another one is still in time. */
const LEASE_MS = 25_000;
const PAGE = 200;
/** Sessions settled at a time: the pool is shared with whoever is calling. */
const CONCURRENCY = 4;
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
    const leftBefore = new Date(now.getTime() - LEFT_AFTER_MS);
    await this.pages(
      (after?: LeftNotice) => this.notices.findLeft(leftBefore, PAGE, after),
      (left) => this.each(left.sessionId, () => this.inbox.resume(left)),
    );
    await this.pages(
      (after?: DueSession) => this.sessions.findDue(now, PAGE, after),
      ({ id }) => this.each(id, () => this.settlement.settle(id)),
    );
    this.overdue.set(await this.sessions.countOverdue(this.clock.now()));
  }

  /** All that is there, page by page: what cannot be settled must not stand in the way of what comes after it. */
  private async pages<T>(find: (after?: T) => Promise<T[]>, work: (item: T) => Promise<void>): Promise<void> {
    const until = this.clock.now().getTime() + LEASE_MS / 2;
    let page = await find();
    for (;;) {
      const waiting = page.values();
      const worker = async (): Promise<void> => {
        for (const item of waiting) await work(item);
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
      if (page.length < PAGE || this.clock.now().getTime() >= until) return;
      page = await find(page.at(-1));
    }
  }

  /** One that fails must not keep the others waiting; it comes again with the next tick. */
  private async each(sessionId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ err: error, session: encodeId('session', sessionId) }, 'a session could not be settled');
    }
  }
}
