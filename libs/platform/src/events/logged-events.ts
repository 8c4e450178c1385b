import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '../logging/logger';
import type { DomainEvent, DomainEvents } from './domain-events';

/** Domain events as log lines, at warn level: for people, as long as nobody else listens. */
@Injectable()
export class LoggedEvents implements DomainEvents {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  publish({ type, merchantId, subject, data }: DomainEvent): Promise<void> {
    this.log.warn({ event: type, merchantId, subject, ...data }, 'domain event');
    return Promise.resolve();
  }
}
