import type { LearnedStep, Step } from '@app/authentication-port';
import { MerchantDirectory, type Channel } from '@app/credentials';
import { canonicalJson, encodeId, type Clock } from '@app/kernel';
import { CLOCK, LOG, Metrics, within, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { startedAttempt } from './attempt-builder';
import { ConnectorRegistry } from './connector-registry';
import { note } from './domain/changes';
import type { Session } from './domain/session';
import { isFinal } from './domain/session.machine';
import { SessionRepository } from './persistence/session.repository';
import { SessionWriter } from './session-writer.service';
import { StepStore } from './step-store.service';

/** A merchant that reads is answered within this time, with what is stored. Real time. */
const READ_WITHIN_MS = 4_000;
/** However often a merchant reads, the connector is asked no more often than this, by each process. */
const ASK_EVERY_MS = 1_000;
/** A shutdown waits no longer: what is cut off is due again. Real time. */
const STOP_WITHIN_MS = 13_000;
const ROUNDS = 5;

/**
 * Asks connectors that can be asked what became of a session, and stores what is new. One question about a session is
 * under way at a time, in this process; no transaction is open meanwhile.
 */
@Injectable()
export class Inquiries implements BeforeApplicationShutdown {
  private readonly underWay = new Map<string, Promise<Session | null>>();
  private readonly askedAt = new Map<string, number>();
  private readonly asked;

  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly directory: MerchantDirectory,
    private readonly steps: StepStore,
    private readonly writer: SessionWriter,
    metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.asked = metrics.counter('inquiries_total', 'Questions to connectors about sessions, by what came of them', [
      'connector',
      'outcome',
    ]);
  }

  /** Asks about a session, or tells its upstream that it is over. Gives it as it then stands; null when it is gone. */
  ask(id: string): Promise<Session | null> {
    const present = this.underWay.get(id);
    if (present) return present;
    const work = this.inquire(id).finally(() => this.underWay.delete(id));
    this.underWay.set(id, work);
    return work;
  }

  /**
   * Asks at once about a session that there is news of. Nobody waits for it, and nothing is lost with this process: that
   * it is due is stored.
   */
  kick(id: string): void {
    const work = async (): Promise<void> => {
      // A question that is under way may be older than the news.
      await this.underWay.get(id)?.catch(() => null);
      if (await this.repository.claimInquiry(id, this.clock.now())) await this.ask(id);
    };
    work().catch((error: unknown) => this.failed(id, error));
  }

  /** A session that its merchant reads: asked about first, where it waits for somebody else and can be asked about. */
  async fresh(session: Session): Promise<Session> {
    const waits = session.status === 'processing' || session.status === 'challenged';
    if (!waits || !this.connectors.inquires(session.attempt.connector) || !this.mayAsk(session.id)) return session;
    const answer = this.ask(session.id).catch((error: unknown) => {
      this.failed(session.id, error);
      return null;
    });
    return (await within(READ_WITHIN_MS, answer)) ?? session;
  }

  /** Waits for the questions that are under way. */
  async beforeApplicationShutdown(): Promise<void> {
    await within(STOP_WITHIN_MS, Promise.allSettled(this.underWay.values()));
  }

  private async inquire(id: string): Promise<Session | null> {
    const session = await this.repository.findById(id);
    if (!session || !this.connectors.inquires(session.attempt.connector)) return session;
    const channel = await this.directory.channel(session.merchantId, session.environment, session.channelId);
    if (!channel) return session;
    if (isFinal(session.status)) return this.close(session, channel);
    const step = await this.connectors.get(session.attempt.connector).fetch(startedAttempt(session, channel));
    const found = await this.steps.found(session, channel, step);
    const outcome = step.next === 'unreachable' ? 'unreachable' : found.version > session.version ? 'news' : 'nothing';
    this.asked.inc({ connector: session.attempt.connector, outcome });
    return found;
  }

  /** Best effort, for an hour: only that the upstream's own books are closed depends on it. */
  private async close(session: Session, channel: Channel): Promise<Session> {
    if (session.inquireAt === null) return session;
    const connector = this.connectors.get(session.attempt.connector);
    const step = await connector.advance(startedAttempt(session, channel), { type: 'completed' });
    if (!isClosed(session, step)) return session;
    let current: Session | null = session;
    for (let round = 0; round < ROUNDS && current?.inquireAt != null; round++) {
      const cause = { at: this.clock.now(), actor: 'system' };
      const patch = { inquireAt: null, attempt: { state: step.state } };
      const change = note(current, cause, { type: 'upstream_completed' }, patch, step.exchanges);
      const stored = await this.writer.save(current, change);
      if (stored) return stored;
      current = await this.repository.findById(session.id);
    }
    return current ?? session;
  }

  private mayAsk(id: string): boolean {
    const now = this.clock.now().getTime();
    for (const [known, at] of this.askedAt) {
      if (now - at < ASK_EVERY_MS) break;
      this.askedAt.delete(known);
    }
    if (this.underWay.has(id)) return true;
    if (this.askedAt.has(id)) return false;
    this.askedAt.set(id, now);
    return true;
  }

  private failed(id: string, error: unknown): void {
    this.log.error({ err: error, session: encodeId('session', id) }, 'a connector could not be asked');
  }
}

/** Nothing is left to tell, or the connector remembers that it has told. */
function isClosed({ attempt }: Session, step: Step): step is LearnedStep {
  if (step.next === 'unreachable' || step.next === 'refused') return false;
  return step.next === 'final' || canonicalJson(step.state) !== canonicalJson(attempt.state);
}
