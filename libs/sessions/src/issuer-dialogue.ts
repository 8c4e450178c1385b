import type { Attempt, Signal, Step } from '@app/authentication-port';
import { decodeId, encodeId } from '@app/kernel';
import { LOG, within, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { fullAttempt, startedAttempt, type StoredCard } from './attempt-builder';
import { ConnectorRegistry } from './connector-registry';
import type { Session } from './domain/session';
import { SessionRepository } from './persistence/session.repository';
import { StepStore, type Answer, type Call } from './step-store.service';

/** Merchants are answered within 8 s, because their SDKs give up after 10. Real time. */
export const ANSWER_WITHIN_MS = 7_000;
/** A shutdown waits no longer. What is cut off is asked about again where that can be, else its deadline ends it. Real time. */
const STOP_WITHIN_MS = 13_000;

type Unreachable = Extract<Step, { next: 'unreachable' }>;

/**
 * Takes the next connector where one could not be reached and no issuer can have seen anything: gives the session with
 * its new attempt stored, and whether that one is to be started now; null when there is none to take.
 */
export type FailOver = (session: Session, step: Unreachable) => Promise<{ session: Session; starts: boolean } | null>;

/** A dialogue that its caller may have stopped waiting for. */
interface Waiting {
  /** Nothing may begin any more that only an unanswered merchant may see. */
  isTold: boolean;
  /** What of that has begun: gives the answer, or null where the dialogue goes on. */
  deciding: Promise<Answer | null>;
}

/**
 * Talks to the issuer side through a connector and stores what came of it, whoever else was faster. Where that takes
 * longer than a caller can wait, the caller goes on with the session as it stands, and the work goes on by itself.
 */
@Injectable()
export class IssuerDialogue implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<Answer>>();
  private stopping = false;

  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly steps: StepStore,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Starts the attempt of a session, stored as asked where device data is there; gives the session as it then stands:
   * with the answer, or without when there is none in time. `failOver` counts only while nobody was answered.
   */
  start(call: Call, card: StoredCard | null, failOver?: FailOver): Promise<Answer> {
    return this.withinTime(call.session, async (waiting) => {
      let { session } = call;
      for (;;) {
        const attempt = await this.withInitial(session, fullAttempt(session, call.channel, card));
        const step = await this.connectors.get(session.attempt.connector).start(attempt);
        const isUnseen = step.next === 'unreachable' && !step.issuerMayHaveSeen;
        const next =
          isUnseen && failOver && !waiting.isTold ? await decided(waiting, failOver(session, step), () => null) : null;
        if (next === null) return this.answer(waiting, { ...call, session }, step);
        session = next.session;
        if (!next.starts) return { session, refused: null };
      }
    });
  }

  /** Tells a started attempt what the merchant said, in the same time and with the same care. */
  tell(call: Call, signal: Signal): Promise<Answer> {
    return this.withinTime(call.session, async () => {
      const connector = this.connectors.get(call.session.attempt.connector);
      return this.steps.answer(call, await connector.advance(startedAttempt(call.session, call.channel), signal));
    });
  }

  /** Waits for the issuer side's answers that are still to come. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await within(STOP_WITHIN_MS, Promise.allSettled(this.underWay));
  }

  /** A session that the merchant was told of cannot be unmade: it ends unavailable, for all to see. */
  private answer(waiting: Waiting, call: Call, step: Step): Promise<Answer> {
    const whenRefused = waiting.isTold && call.whenRefused === 'turned_away' ? 'unavailable' : call.whenRefused;
    const answer = this.steps.answer({ ...call, whenRefused }, step);
    return step.next === 'refused' ? decided(waiting, answer, (refusal) => refusal) : answer;
  }

  /** With the earlier session that the request names, where it is one of this merchant's. */
  private async withInitial({ merchantId, environment }: Session, attempt: Attempt): Promise<Attempt> {
    const named = attempt.request.purchase.initialTransaction?.['initial_session_id'];
    const id = typeof named === 'string' ? decodeId('session', named) : null;
    const initial = id === null ? null : await this.repository.findOfMerchant(id, merchantId, environment);
    if (initial === null) return attempt;
    const { connector, state } = initial.attempt;
    return { ...attempt, request: { ...attempt.request, initialSession: { connector, state } } };
  }

  private async withinTime(session: Session, talk: (waiting: Waiting) => Promise<Answer>): Promise<Answer> {
    const waiting: Waiting = { isTold: false, deciding: Promise.resolve(null) };
    const work = talk(waiting);
    this.underWay.add(work);
    const ended = (): void => void this.underWay.delete(work);
    work.then(ended, ended);
    // Once the process goes down nobody would wait for work that no request waits for.
    if (this.stopping) return work;
    const answered = await within(ANSWER_WITHIN_MS, work);
    if (answered) return answered;
    waiting.isTold = true;
    const decision = await waiting.deciding;
    if (decision) return decision;
    const id = encodeId('session', session.id);
    this.log.info({ session: id }, 'answered before the issuer');
    work.catch((error: unknown) => this.log.error({ err: error, session: id }, 'an answer could not be stored'));
    // A result request can have been here meanwhile.
    return { session: (await this.repository.findById(session.id)) ?? session, refused: null };
  }
}

/** Until `work` is done its caller is not told how things stand: they are being decided. */
function decided<T>(waiting: Waiting, work: Promise<T>, answerOf: (done: T) => Answer | null): Promise<T> {
  waiting.deciding = work.then(answerOf);
  // Whoever waits for the work hears of its failure.
  waiting.deciding.catch(() => undefined);
  return work;
}
