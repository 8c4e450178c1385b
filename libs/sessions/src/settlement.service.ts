import { MerchantDirectory } from '@app/credentials';
import { encodeId, type Clock } from '@app/kernel';
import { CLOCK, LOG, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { startedAttempt } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { ConnectorRegistry } from './connector-registry';
import { applyStep, type Cause, type Change } from './domain/changes';
import { endUnanswered } from './domain/unanswered';
import type { Session } from './domain/session';
import { SessionNoticeInbox } from './notice-inbox.service';
import { NoticeRepository } from './persistence/notice.repository';
import { SessionRepository } from './persistence/session.repository';
import { SessionWriter } from './session-writer.service';
import { causeOf, StepStore } from './step-store.service';

/** Ends sessions whose deadline has passed: the connector is asked once more, then the table decides. */
@Injectable()
export class Settlement {
  constructor(
    private readonly repository: SessionRepository,
    private readonly notices: NoticeRepository,
    private readonly inbox: SessionNoticeInbox,
    private readonly connectors: ConnectorRegistry,
    private readonly directory: MerchantDirectory,
    private readonly values: AuthenticationValues,
    private readonly writer: SessionWriter,
    private readonly steps: StepStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Settles the session if it is still due. Loses every race on purpose: whoever was faster knew more. What came before
   * the deadline and was left by a process that died counts first. `asks` false: the connector is not asked once more.
   */
  async settle(id: string, asks = true): Promise<void> {
    if (!this.isDue(await this.repository.findById(id))) return;
    for (const left of await this.notices.findLeftOf(id)) {
      await this.orElse(id, undefined, () => this.inbox.resume(left));
    }
    const session = await this.repository.findById(id);
    if (!this.isDue(session)) return;
    const learned = asks ? await this.orElse(id, null, () => this.askOnceMore(session)) : null;
    const cause = { at: this.clock.now(), actor: 'system' };
    await this.writer.save(session, learned ?? endUnanswered(session, cause, { type: 'deadline_passed' }));
  }

  private isDue(session: Session | null): session is Session {
    return session?.deadlineAt != null && session.deadlineAt <= this.clock.now();
  }

  // A deadline is a deadline: what goes wrong while asking must not keep a session open for ever.
  private async orElse<T>(id: string, otherwise: T, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.log.error({ err: error, session: encodeId('session', id) }, 'nothing could be learned at a deadline');
      return otherwise;
    }
  }

  private async askOnceMore(session: Session): Promise<Change | null> {
    if (session.status === 'pending') return null;
    const channel = await this.directory.channel(session.merchantId, session.environment, session.channelId);
    if (!channel) return null;
    const attempt = startedAttempt(session, channel);
    const step = await this.connectors.get(session.attempt.connector).fetch(attempt);
    const tells = step.next === 'final' || (step.next === 'challenge' && session.status === 'processing');
    if (!tells || !(await this.steps.namesAreOwn(session, step))) return null;
    const cause: Cause = { ...causeOf(session, channel, this.clock.now()), via: 'deadline' };
    return applyStep(session, step, cause, this.values.seal(session, step.facts));
  }
}
