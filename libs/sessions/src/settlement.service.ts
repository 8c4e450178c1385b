import { MerchantDirectory } from '@app/credentials';
import type { Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { startedAttempt } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { ConnectorRegistry } from './connector-registry';
import { applyStep, move, type Change } from './domain/changes';
import type { Session } from './domain/session';
import { SessionRepository } from './persistence/session.repository';
import { SessionWriter } from './session-writer.service';

/** Ends sessions whose deadline has passed: the connector is asked once more, then the table decides. */
@Injectable()
export class Settlement {
  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly directory: MerchantDirectory,
    private readonly values: AuthenticationValues,
    private readonly writer: SessionWriter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Settles the session if it is still due. Loses every race on purpose: whoever was faster knew more. */
  async settle(id: string): Promise<void> {
    const session = await this.repository.findById(id);
    if (!session?.deadlineAt || session.deadlineAt > this.clock.now()) return;
    const change = (await this.askOnceMore(session)) ?? this.passDeadline(session);
    await this.writer.save(session, change);
  }

  private async askOnceMore(session: Session): Promise<Change | null> {
    if (session.status === 'pending') return null;
    const channel = await this.directory.channel(session.merchantId, session.environment, session.channelId);
    if (!channel) return null;
    const attempt = startedAttempt(session, channel);
    const step = await this.connectors.get(session.attempt.connector).fetch(attempt);
    if (step.next !== 'final') return null;
    return applyStep(session, step, { at: this.clock.now(), actor: 'issuer' }, this.values.seal(session, step.facts));
  }

  private passDeadline(session: Session): Change {
    const cause = { at: this.clock.now(), actor: 'system' };
    const line = { type: 'deadline_passed' };
    // Asked, and no answer: unavailable with a reason.
    const patch = session.status === 'processing' ? { statusReason: 'ares_error' as const } : {};
    return move(session, 'deadlinePassed', cause, line, patch);
  }
}
