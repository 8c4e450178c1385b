import { encodeId, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Inquiries } from '../inquiries.service';
import { SessionRepository } from '../persistence/session.repository';

const TICK_MS = 1_000;
/** Questions that one process asks at a time. */
const CONCURRENCY = 32;

/**
 * Asks connectors about sessions that are due to be asked about. Each claim moves a session's next turn on (SKIP LOCKED),
 * so any number of workers share the work, and what dies with one is asked again a while later.
 */
@Injectable()
export class InquiryJob implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly inFlight = new Set<Promise<void>>();
  private claiming: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    private readonly sessions: SessionRepository,
    private readonly inquiries: Inquiries,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Never throws: the database may be away for a while. */
  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.isStopping) return;
    try {
      this.claiming ??= this.claim().finally(() => (this.claiming = null));
      await this.claiming;
    } catch (error) {
      this.log.error({ err: error }, 'due inquiries could not be claimed');
    }
  }

  /** Resolves when no question is under way any more. */
  async settled(): Promise<void> {
    while (this.claiming !== null || this.inFlight.size > 0) {
      await Promise.allSettled([this.claiming, ...this.inFlight]);
    }
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async claim(): Promise<void> {
    const room = CONCURRENCY - this.inFlight.size;
    if (room <= 0) return;
    for (const id of await this.sessions.claimInquiries(this.clock.now(), room)) {
      const done: Promise<void> = this.ask(id).finally(() => this.inFlight.delete(done));
      this.inFlight.add(done);
    }
  }

  private async ask(id: string): Promise<void> {
    try {
      await this.inquiries.ask(id);
    } catch (error) {
      this.log.error({ err: error, session: encodeId('session', id) }, 'a connector could not be asked');
    }
  }
}
