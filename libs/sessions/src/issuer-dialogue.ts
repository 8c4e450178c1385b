import type { AttemptRequest, Step } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import { type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { fullAttempt } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { ConnectorRegistry } from './connector-registry';
import { applyStep, note, type Change } from './domain/changes';
import type { Session } from './domain/session';
import { isFinal } from './domain/session.machine';
import { SessionRepository } from './persistence/session.repository';
import { SessionWriter } from './session-writer.service';

/** Asks the issuer side through a connector and stores what came of it, whoever else was faster. */
@Injectable()
export class IssuerDialogue {
  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly values: AuthenticationValues,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly writer: SessionWriter,
  ) {}

  /** Sends the request of a session that was stored as asked; gives the session as it then stands. */
  async ask(
    session: Session,
    channel: Channel,
    card: Pick<AttemptRequest['source'], 'number' | 'expiryMonth' | 'expiryYear'>,
  ): Promise<Session> {
    const connector = this.connectors.get(session.attempt.connector);
    const step = await connector.start(fullAttempt(session, channel, card));
    return this.store(session, step);
  }

  /**
   * Applies a step to the session, as it is by now: a result request can overtake the answer. What comes too late for
   * the status is kept in the story and changes nothing.
   */
  private async store(asked: Session, step: Step): Promise<Session> {
    let current: Session | null = asked;
    for (let round = 0; round < 10 && current; round++) {
      const change = this.changeBy(current, step);
      if (await this.writer.save(current, change)) {
        return change.session;
      }
      current = await this.repository.findById(asked.id);
    }
    throw new Error('The session could not be stored');
  }

  private changeBy(current: Session, step: Step): Change {
    const cause = { at: this.clock.now(), actor: 'issuer' };
    if (isFinal(current.status) || current.attempt.progress !== 'asked') {
      return note(current, cause, { type: 'late_answer' }, {}, step.exchanges);
    }
    const sealed = step.next === 'unreachable' ? null : this.values.seal(current, step.facts);
    return applyStep(current, step, cause, sealed);
  }
}
