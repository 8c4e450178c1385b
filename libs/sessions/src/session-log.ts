import { encodeId } from '@app/kernel';
import { LOG, Metrics, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Change } from './domain/changes';
import type { Session } from './domain/session';
import { isFinal } from './domain/session.machine';

/** What the cardholder ended on our page, by the line that tells of it. */
const CANCELS: Partial<Record<string, string>> = {
  cancelled: 'before_request',
  challenge_declined: 'before_challenge',
};

/** One log line per change of a session, and the counters that follow from it. Ids and codes only. */
@Injectable()
export class SessionLog {
  private readonly settled;
  private readonly contradictions;
  private readonly failovers;
  private readonly cancelled;

  constructor(
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.settled = metrics.counter('sessions_settled_total', 'Sessions that became final', ['status', 'scheme']);
    this.contradictions = metrics.counter(
      'results_contradicted_total',
      'Answers that do not fit the result which came before them',
      ['scheme'],
    );
    this.cancelled = metrics.counter(
      'sessions_cancelled_total',
      'Sessions that their cardholders ended on our page, by how far they were',
      ['when'],
    );
    this.failovers = metrics.counter(
      'attempts_failed_over_total',
      'Attempts that another connector took on, by the one that could not be reached',
      ['connector'],
    );
  }

  /** An issuer's answer does not fit the result that settled the session: one of the two is not the issuer's. */
  contradicted({ id, attempt }: Session): void {
    this.contradictions.inc({ scheme: attempt.scheme });
    this.log.warn({ session: encodeId('session', id) }, 'a late answer contradicts the result');
  }

  changed(change: Change): void {
    const { session } = change;
    for (const { type, from, to } of change.events) {
      // A creation changes no status yet: the line for it is there for who looks closer.
      const level = from === null ? 'debug' : 'info';
      this.log[level]({ session: encodeId('session', session.id), from, to, event: type }, 'session changed');
      if (type === 'attempt_failed') this.failovers.inc({ connector: session.attempt.connector });
      const when = CANCELS[type];
      if (when !== undefined) this.cancelled.inc({ when });
      // What was turned away was no session to anybody.
      if (from !== to && isFinal(to) && session.refusalCode === null)
        this.settled.inc({ status: to, scheme: session.attempt.scheme });
    }
  }
}
