import type { Step } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import { encodeId, type Clock } from '@app/kernel';
import { CLOCK, LOG, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { fullAttempt, type StoredCard } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { ConnectorRegistry } from './connector-registry';
import { applyStep, noteLateAnswer, type Change } from './domain/changes';
import type { Session } from './domain/session';
import { isFinal } from './domain/session.machine';
import { SessionRepository } from './persistence/session.repository';
import { SessionLog } from './session-log';
import { SessionWriter } from './session-writer.service';

/** Merchants are answered within 8 s, because their SDKs give up after 10. Real time. */
const ANSWER_WITHIN_MS = 7_000;
/** No connector waits longer for its issuer side. Real time. */
const STOP_WITHIN_MS = 13_000;

/**
 * Asks the issuer side through a connector and stores what came of it, whoever else was faster. Where that takes longer
 * than a caller can wait, the caller goes on with the session as it stands, and the work goes on by itself.
 */
@Injectable()
export class IssuerDialogue implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<Session>>();
  private stopping = false;

  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly values: AuthenticationValues,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly writer: SessionWriter,
    private readonly sessionLog: SessionLog,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Sends the request of a session that was stored as asked; gives the session as it then stands: with the answer, or
   * still `processing` when there is none in time.
   */
  async ask(session: Session, channel: Channel, card: StoredCard | null): Promise<Session> {
    const work = this.askAndStore(session, channel, card);
    this.underWay.add(work);
    const ended = (): void => void this.underWay.delete(work);
    work.then(ended, ended);
    // Once the process goes down nobody would wait for work that no request waits for.
    if (this.stopping) return work;
    const answered = await within(ANSWER_WITHIN_MS, work);
    if (answered) return answered;
    const id = encodeId('session', session.id);
    this.log.info({ session: id }, 'answered before the issuer');
    work.catch((error: unknown) => this.log.error({ err: error, session: id }, 'an answer could not be stored'));
    // A result request can have been here meanwhile.
    return (await this.repository.findById(session.id)) ?? session;
  }

  /** Waits for the issuer side's answers that are still to come. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await within(STOP_WITHIN_MS, Promise.allSettled(this.underWay));
  }

  private async askAndStore(session: Session, channel: Channel, card: StoredCard | null): Promise<Session> {
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
        if (change.contradicts) this.sessionLog.contradicted(current);
        return change.session;
      }
      current = await this.repository.findById(asked.id);
    }
    throw new Error('The session could not be stored');
  }

  private changeBy(current: Session, step: Step): Change & { contradicts?: boolean } {
    const cause = { at: this.clock.now(), actor: 'issuer' };
    if (isFinal(current.status) || current.attempt.progress !== 'asked') {
      return noteLateAnswer(current, step, cause);
    }
    const sealed =
      step.next === 'unreachable' || step.next === 'refused' ? null : this.values.seal(current, step.facts);
    return applyStep(current, step, cause, sealed);
  }
}

/** What `work` gives, or null when that takes longer than `ms`; the work itself goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((done) => (timer = setTimeout(done, ms, null)));
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
