import { encodeId, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, FairClaims, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Inquiries } from '../inquiries.service';
import { SessionRepository } from '../persistence/session.repository';

const TICK_MS = 1_000;
/** Questions that one process asks at a time, and how many of them may be one merchant's: its upstream may be slow. */
const CONCURRENCY = 32;
const SHARE = 8;

/**
 * Asks connectors about sessions that are due to be asked about. Each claim moves a session's next turn on (SKIP LOCKED),
 * so any number of workers share the work, and what dies with one is asked again a while later.
 */
@Injectable()
export class InquiryJob implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly claims = new FairClaims(
    { concurrency: CONCURRENCY, share: SHARE },
    async (limit, busy, begin) => {
      const due = await this.sessions.claimInquiries(this.clock.now(), { limit, share: SHARE, busy });
      for (const { id, merchantId } of due) begin(this.ask(id), merchantId);
    },
    (error) => this.log.error({ err: error }, 'due inquiries could not be claimed'),
  );

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
    if (this.config.role === 'api') return;
    try {
      await this.claims.fill();
    } catch (error) {
      this.log.error({ err: error }, 'due inquiries could not be claimed');
    }
  }

  /** Resolves when no question is under way any more. */
  settled(): Promise<void> {
    return this.claims.settled();
  }

  onModuleDestroy(): void {
    this.claims.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async ask(id: string): Promise<void> {
    try {
      await this.inquiries.ask(id);
    } catch (error) {
      this.log.error({ err: error, session: encodeId('session', id) }, 'a connector could not be asked');
    }
  }
}
