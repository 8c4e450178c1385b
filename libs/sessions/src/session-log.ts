import { encodeId } from '@app/kernel';
import { LOG, Metrics, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Change } from './domain/changes';
import { isFinal } from './domain/session.machine';

/** One log line per change of a session, and the counters that follow from it. Ids and codes only. */
@Injectable()
export class SessionLog {
  private readonly settled;

  constructor(
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.settled = metrics.counter('sessions_settled_total', 'Sessions that became final', ['status', 'scheme']);
  }

  changed(change: Change): void {
    const { session } = change;
    for (const { type, from, to } of change.events) {
      this.log.info({ session: encodeId('session', session.id), from, to, event: type }, 'session changed');
      if (from !== to && isFinal(to)) this.settled.inc({ status: to, scheme: session.attempt.scheme });
    }
  }
}
