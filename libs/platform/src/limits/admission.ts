import { CountersignError } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app-config';
import { Database } from '../database/database';
import { waitingQueries } from '../database/waiting-line';
import { Metrics } from '../metrics/metrics';
import { EventLoop } from './event-loop';

/**
 * `call`: what merchants start, refused first. `notice`: what finishes work that we have begun (an issuer's result, the
 * cardholder coming back), refused only when there is twice as much.
 */
export type Urgency = 'call' | 'notice';

/** As many times the pool's connections may wait for one before new work is refused. */
const WAITING_PER_CONNECTION = 16;
const HEADROOM: Record<Urgency, number> = { call: 1, notice: 2 };
const RETRY_AFTER_SECONDS = 1;

/**
 * Says no early: a request that would only wait in line is refused at once, so that those taken on are answered in good
 * time. Looks at the requests in progress, the event loop's delay and the line for a database connection.
 */
@Injectable()
export class Admission {
  private inProgress = 0;
  private readonly maxRequests: number;
  private readonly maxDelayMs: number;
  private readonly maxWaiting: number;
  private readonly shed;
  private readonly gauge;

  constructor(
    @Inject(APP_CONFIG) config: AppConfig,
    metrics: Metrics,
    private readonly eventLoop: EventLoop,
    private readonly database: Database,
  ) {
    this.maxRequests = config.limits.maxRequests;
    this.maxDelayMs = config.limits.maxEventLoopDelayMs;
    this.maxWaiting = config.database.poolSize * WAITING_PER_CONNECTION;
    this.shed = metrics.counter('requests_shed_total', 'Requests refused with 503 because too much was going on', [
      'reason',
    ]);
    this.gauge = metrics.gauge('requests_in_progress', 'Requests that were read and are not answered yet');
  }

  /** @throws unavailable `service_not_available` when one more would only wait */
  assertRoom(urgency: Urgency): void {
    const reason = this.reasonAgainst(HEADROOM[urgency]);
    if (reason === null) return;
    this.shed.inc({ reason });
    throw new CountersignError('unavailable', ['service_not_available'], `Too busy: ${reason}`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  /** One more is being worked on. Every call is followed by one of `left`. */
  entered(): void {
    this.gauge.set(++this.inProgress);
  }

  left(): void {
    this.gauge.set(--this.inProgress);
  }

  private reasonAgainst(headroom: number): string | null {
    if (this.inProgress >= this.maxRequests * headroom) return 'in_progress';
    if (this.eventLoop.delayMs > this.maxDelayMs * headroom) return 'event_loop';
    if (waitingQueries(this.database) > this.maxWaiting * headroom) return 'database';
    return null;
  }
}
