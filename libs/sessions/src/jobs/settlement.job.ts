import { encodeId, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, Leases, LOG, Metrics, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SessionNoticeInbox } from '../notice-inbox.service';
import { NoticeRepository, type LeftNotice } from '../persistence/notice.repository';
import { SessionRepository, type DueSession } from '../persistence/session.repository';
import { Settlement } from '../settlement.service';
import { Patience, patienceMs } from './patience';

const TICK_MS = 5_000;
/** With a tick, half of the 60 s: should the holder die, another one is still in time. */
const LEASE_MS = 25_000;
const PAGE = 200;
/** What connectors may take of a turn. After that deadlines are kept without asking once more. Real time. */
const ASK_WITHIN_MS = 10_000;
/** Sessions settled at a time: the pool is shared with whoever is calling. */
const CONCURRENCY = 4;
/** A notice that nobody acted on for this long was left by a process that died. */
const LEFT_AFTER_MS = 30_000;
/** One that could not be acted upon for a day is left to people: its session has long been settled without it. */
const HOPELESS_AFTER_MS = 86_400_000;

/** Settles what is past its deadline and acts on notices that were stored and left, well within 60 s. */
@Injectable()
export class SettlementJob implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly overdue;
  private readonly hopeless;
  private readonly patience = new Patience();
  private running: Promise<void> | null = null;
  private isStopping = false;

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
      'Non-final sessions over 60 s past their deadline, where this process is the one that looks',
    );
    this.overdue.remove();
    this.hopeless = metrics.counter('notices_given_up_total', 'Notices that could not be acted upon for a day');
  }

  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.isStopping) return;
    this.running ??= this.takeTurn().finally(() => (this.running = null));
    return this.running;
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** A turn that is under way ends its page and gives the lease back, or the next holder would wait for it to run out. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  private async takeTurn(): Promise<void> {
    try {
      const isOurs = await this.leases.withLease('sessions.settlement', LEASE_MS, () => this.run());
      // Whoever has the lease tells; what we said last would stand for ever, and a 0 that nobody counted is no good news.
      if (!isOurs) this.overdue.remove();
    } catch (error) {
      this.overdue.remove();
      this.log.error({ err: error }, 'settlement failed');
    }
  }

  private async run(): Promise<void> {
    const now = this.clock.now();
    const askUntil = performance.now() + ASK_WITHIN_MS;
    const leftBefore = new Date(now.getTime() - LEFT_AFTER_MS);
    await this.pages(
      (after?: LeftNotice) => this.notices.findLeft({ before: leftBefore, due: now }, PAGE, after),
      (left) => this.actOn(left),
    );
    await this.pages(
      (after?: DueSession) => this.sessions.findDue(now, PAGE, after),
      ({ id }) => this.settle(id, askUntil),
    );
    this.patience.tidy(this.clock.now());
    this.overdue.set(await this.sessions.countOverdue(this.clock.now()));
  }

  /** All that is there, page by page: what cannot be settled must not stand in the way of what comes after it. */
  private async pages<T>(find: (after?: T) => Promise<T[]>, work: (item: T) => Promise<void>): Promise<void> {
    const until = performance.now() + LEASE_MS / 2;
    let page = await find();
    for (;;) {
      const waiting = page.values();
      const worker = async (): Promise<void> => {
        for (const item of waiting) await work(item);
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
      if (page.length < PAGE || performance.now() >= until || this.isStopping) return;
      page = await find(page.at(-1));
    }
  }

  /** One that fails must not keep the others waiting; it comes again, each time a little later. */
  private async settle(id: string, askUntil: number): Promise<void> {
    if (this.patience.isWaiting(id, this.clock.now())) return;
    try {
      await this.settlement.settle(id, performance.now() < askUntil);
      this.patience.succeeded(id);
    } catch (error) {
      this.patience.failed(id, this.clock.now());
      this.log.error({ err: error, session: encodeId('session', id) }, 'a session could not be settled');
    }
  }

  private async actOn(left: LeftNotice): Promise<void> {
    try {
      await this.inbox.resume(left);
    } catch (error) {
      const now = this.clock.now();
      const isHopeless = now.getTime() - left.receivedAt.getTime() >= HOPELESS_AFTER_MS;
      const again = isHopeless ? null : new Date(now.getTime() + patienceMs(left.tries + 1));
      if (isHopeless) this.hopeless.inc();
      await this.notices.postpone(left, again);
      this.log.error(
        { err: error, session: encodeId('session', left.sessionId), isHopeless },
        'a notice could not be acted upon',
      );
    }
  }
}
