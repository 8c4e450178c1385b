import type { Clock } from '@app/kernel';
import { DOMAIN_EVENTS, LOG, Metrics, RateLimiter, type DomainEvents, type Logger, type Origin } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { OidcRefused } from '../domain/oidc-problems';
import { OPERATORS_CLOCK } from '../operators.clock';

/** Of one kind and reason: anybody can come back from nowhere, again and again. */
const ONCE_IN = { perSecond: 1 / 600, burst: 1 };

/** Tells operators of returns that led to no session: an event, seldom; a number, always. */
@Injectable()
export class OidcAlerts {
  private readonly seldom = new RateLimiter(ONCE_IN);
  private readonly refused;

  constructor(
    @Inject(DOMAIN_EVENTS) private readonly events: DomainEvents,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.refused = metrics.counter('operator_oidc_refused_total', 'Sign-ins by the identity provider that failed', [
      'problem',
    ]);
  }

  /** Does not wait, and never throws. */
  raise({ problem, why }: Pick<OidcRefused, 'problem' | 'why'>, { address, requestId }: Origin): void {
    this.refused.inc({ problem });
    if (this.seldom.take(`${problem} ${why}`) > 0) return;
    const data = { problem, why, address, request_id: requestId };
    const event = { type: 'operator.oidc_refused', at: this.clock.now(), merchantId: null, subject: 'oidc', data };
    this.events
      .publish(event)
      .catch((error: unknown) => this.log.error({ err: error }, 'an alert could not be raised'));
  }
}
