import type { LearnedStep, Step } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import { encodeId, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, LOG, outlast, type AppConfig, type Logger, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AuthenticationValues } from './authentication-values';
import { turnAway, turnBack } from './domain/attempt-changes';
import {
  applyStep,
  noteLateAnswer,
  type Cause,
  type Change,
  type RefusedStep,
  type UnreachableStep,
} from './domain/changes';
import { minutesAfter } from './domain/deadlines';
import { CALL_MS, isNews } from './domain/inquiries';
import type { Session } from './domain/session';
import { isFinal } from './domain/session.machine';
import { SessionRepository } from './persistence/session.repository';
import { isForeignName } from './persistence/session.save';
import { SessionLog } from './session-log';
import { SessionWriter } from './session-writer.service';
import { isDuplicate } from './sessions.errors';

/** A call that was made to a connector for a session, as it was then. */
export interface Call {
  session: Session;
  channel: Channel;
  /** What a refusal leaves: a session that the merchant never sees, one that failed, or one that waits again as it was. */
  whenRefused: 'turned_away' | 'unavailable' | { backTo: Session };
}

/** What came of a call; `refused` where the merchant is to be told why. */
export interface Answer {
  session: Session;
  refused: RefusedStep | null;
}

type Made = Change & { contradicts?: boolean; refused?: RefusedStep };

const ROUNDS = 10;
/** So long is an answer held on to while the database is away: EMV has no way to ask for it again. Real time. */
const HOLD_MS = 60_000;

/** Stores what connectors say, whoever else was faster: each step is applied to the session as it is by then. */
@Injectable()
export class StepStore {
  constructor(
    private readonly repository: SessionRepository,
    private readonly values: AuthenticationValues,
    private readonly writer: SessionWriter,
    private readonly sessionLog: SessionLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'timeScale'>,
  ) {}

  /**
   * The answer to a call. What comes too late for the status, because a result or another call was faster, is kept in
   * the story and changes nothing.
   */
  answer(call: Call, step: Step): Promise<Answer> {
    // A refusal can be had again, and its merchant waits for it.
    if (step.next === 'refused') return this.store(call, step, []);
    const tried: Made[] = [];
    return outlast(HOLD_MS, () => this.store(call, step, tried));
  }

  /** `tried` are the changes of earlier tries, of which nobody knows whether they were stored. */
  private async store(call: Call, given: Step, tried: Made[]): Promise<Answer> {
    let step = given;
    let current: Session | null = tried.length === 0 ? call.session : await this.repository.findById(call.session.id);
    for (let round = 0; round < ROUNDS && current; round++) {
      const earlier = tried.find(isStoredAs(current));
      if (earlier) {
        this.writer.committed(earlier);
        return this.answerOf(current, earlier);
      }
      // A name that is another session's keeps a step from being stored; what comes too late is stored without its names.
      if (isLate(call, current)) step = await this.ofThisSession(call.session, step);
      const made = this.answered(call, current, step);
      try {
        const stored = await this.writer.save(current, made);
        if (stored) return this.answerOf(stored, made);
        current = await this.repository.findById(call.session.id);
      } catch (error) {
        if (!isForeignName(error)) {
          tried.push(made);
          throw error;
        }
        step = await this.ofThisSession(call.session, step);
      }
    }
    throw new Error('The session could not be stored');
  }

  private answerOf(session: Session, made: Made): Answer {
    if (made.contradicts) this.sessionLog.contradicted(session);
    return { session, refused: made.refused ?? null };
  }

  /** What a connector found when it was asked; gives the session as it then stands. Nothing new is not stored. */
  async found(asked: Session, channel: Channel, given: Step): Promise<Session> {
    const step = await this.ofThisSession(asked, given);
    if (step.next === 'unreachable' || step.next === 'refused') return asked;
    let current: Session | null = asked;
    for (let round = 0; round < ROUNDS && current; round++) {
      if (isFinal(current.status) || current.attempt.number !== asked.attempt.number) return current;
      const at = this.clock.now();
      if (!isNews(current, step, at, CALL_MS * Math.max(1, this.config.timeScale))) return current;
      const change = applyStep(current, step, causeOf(current, channel, at), this.values.seal(current, step.facts));
      const stored = await this.writer.save(current, change);
      if (stored) return stored;
      current = await this.repository.findById(asked.id);
    }
    throw new Error('The session could not be stored');
  }

  /**
   * Whether the names that a step gives an attempt are its own: with another session's name it would take over that
   * session's result.
   */
  async namesAreOwn(session: Session, step: Step, tx?: Queryable): Promise<boolean> {
    if (step.next === 'unreachable' || step.next === 'refused') return true;
    const keys = step.correlationKeys ?? [];
    if (keys.length === 0) return true;
    const { sessionId } = step.facts.upstream ?? {};
    // Looked at when that upstream session was first heard of.
    if (sessionId !== undefined && sessionId === session.attempt.facts.upstream?.sessionId) return true;
    const foreign = await this.repository.foreignKeys(session, keys, tx);
    if (foreign.length === 0) return true;
    this.log.error({ session: encodeId('session', session.id), keys: foreign }, 'an upstream names two sessions alike');
    return false;
  }

  private async ofThisSession(session: Session, step: Step): Promise<Step> {
    if (await this.namesAreOwn(session, step)) return step;
    const detail = 'The upstream named another session';
    const cause = { code: '203', component: 'S', description: 'The answer was not understood', detail };
    return { next: 'unreachable', issuerMayHaveSeen: true, cause, exchanges: step.exchanges };
  }

  private answered(call: Call, current: Session, step: Step): Made {
    const cause = causeOf(current, call.channel, this.clock.now());
    if (isLate(call, current)) return noteLateAnswer(current, step, cause);
    if (step.next === 'refused') return this.refused(call, current, step, cause);
    const sealed = step.next === 'unreachable' ? null : this.values.seal(current, step.facts);
    return applyStep(current, besideNotices(call.session, current, step), cause, sealed);
  }

  private refused(call: Call, current: Session, step: RefusedStep, cause: Cause): Made {
    if (call.whenRefused === 'turned_away') return { ...turnAway(current, step, cause), refused: step };
    // Another call does it: what comes of that is asked for.
    if (isDuplicate(step)) return { ...noteLateAnswer(current, step, cause), inquire: true, refused: step };
    if (call.whenRefused === 'unavailable') return applyStep(current, step, cause, null);
    return { ...turnBack(current, step, cause, call.whenRefused.backTo), refused: step };
  }
}

/** Tells which change a session bears, by what the clock and the version make it alone in. */
function isStoredAs({ version, updatedAt, status, attempt }: Session): (made: Made) => boolean {
  return ({ session }) =>
    session.version === version &&
    session.updatedAt.getTime() === updatedAt.getTime() &&
    session.status === status &&
    session.attempt.progress === attempt.progress;
}

/** Whether a call's answer is no longer waited for: a result or another call was faster. */
function isLate({ session: { attempt } }: Call, current: Session): boolean {
  const isAwaited = current.attempt.number === attempt.number && current.attempt.progress === attempt.progress;
  return isFinal(current.status) || !isAwaited;
}

/** What a connector says, at this time; a session that waits for its merchant again has its first life. */
export function causeOf(session: Session, channel: Channel, at: Date): Cause {
  const minutes = session.lifeMinutes ?? channel.sessionMinutes;
  return { at, actor: 'issuer', pendingUntil: minutesAfter(session.createdAt, minutes) };
}

/** A call that learned nothing knows the attempt as it was before: what a notice told of it meanwhile stays. */
function besideNotices(asked: Session, current: Session, step: UnreachableStep | LearnedStep): Step {
  if (step.next !== 'waiting' || current.version === asked.version) return step;
  return { ...step, state: { ...current.attempt.state, ...step.state } };
}
