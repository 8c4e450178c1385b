import { encodeId, type Clock } from '@app/kernel';
import { CLOCK, DOMAIN_EVENTS, LOG, Metrics, RateLimiter, type DomainEvents, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '../domain/session';

/**
 * What somebody should look at. `framing_refused`: a page that the channel does not name shows ours in a frame.
 * `origin_refused`: a page of another origin calls. `return_refused`: a browser came back from an issuer with something that
 * our page at this session never gave it. `cres_contradicted`: it brought a CRes that says otherwise than the issuer's result, or
 * of success before there is one. `link_unknown`: a link that we never gave out, or long ago. `body_too_large`: more was
 * posted than a page of ours ever posts.
 */
export type HostedAlert =
  'framing_refused' | 'origin_refused' | 'return_refused' | 'cres_contradicted' | 'link_unknown' | 'body_too_large';

/** What is told of where there is no session. */
const NOBODYS = 'hosted';

/** Of one kind and session: whoever tries it again and again is told of once. */
const ONCE_IN = { perSecond: 1 / 600, burst: 1 };

/** Tells operators of what was refused around a hosted page: an event, seldom; a number, always. */
@Injectable()
export class HostedAlerts {
  private readonly seldom = new RateLimiter(ONCE_IN);
  private readonly refused;

  constructor(
    @Inject(DOMAIN_EVENTS) private readonly events: DomainEvents,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.refused = metrics.counter('hosted_refused_total', 'What was refused around cardholders’ pages', ['reason']);
  }

  /**
   * `session`: null where nobody knows whose page it was to be. `data` says more: origins and the like, never the link. Does not
   * wait, and never throws.
   */
  raise(
    alert: HostedAlert,
    session: Pick<Session, 'id' | 'merchantId'> | null,
    data: Record<string, string> = {},
  ): void {
    this.refused.inc({ reason: alert });
    const subject = session === null ? NOBODYS : encodeId('session', session.id);
    if (this.seldom.take(`${alert} ${subject}`) > 0) return;
    const merchantId = session?.merchantId ?? null;
    const event = { type: `hosted.${alert}`, at: this.clock.now(), merchantId, subject, data };
    this.events
      .publish(event)
      .catch((error: unknown) => this.log.error({ err: error }, 'an alert could not be raised'));
  }
}
