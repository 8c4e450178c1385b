import type {
  Ack,
  ChallengeReturn,
  LearnedStep,
  MaskedNotice,
  NoticeAnswer,
  NoticeInbox,
  NoticeOwner,
  NoticeSecrets,
  TransStatus,
} from '@app/authentication-port';
import { DataKeyring } from '@app/cards';
import { MerchantDirectory, type Channel } from '@app/credentials';
import { encodeId, Secret, type Clock } from '@app/kernel';
import { CLOCK, Database, LOG, type Logger, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { startedAttempt } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { ConnectorRegistry } from './connector-registry';
import { applyStep, note, type Change } from './domain/changes';
import { noticeSecretsContext } from './domain/sealing-contexts';
import type { Session } from './domain/session';
import { isFinal } from './domain/session.machine';
import { HostedReturns } from './hosted/hosted-returns';
import { Inquiries } from './inquiries.service';
import { NoticeRepository, type LeftNotice, type StoredNotice } from './persistence/notice.repository';
import { SessionRepository } from './persistence/session.repository';
import { SessionWriter } from './session-writer.service';
import { causeOf, StepStore } from './step-store.service';

const ROUNDS = 20;
/** Different notices that a session may have: one is the rule, and each is kept, with what it said. */
const NOTICES_PER_SESSION = 20;

const RETURNED = 'challenge_returned';

/** What came of a notice; `change` null: it was acted upon before. */
interface Acted {
  answer: NoticeAnswer;
  change: Change | null;
}

/**
 * The one way in for what upstreams tell us: stored first, then acted upon once, then answered. The same notice again
 * waits for the first one's answer and gets it.
 */
@Injectable()
export class SessionNoticeInbox implements NoticeInbox {
  constructor(
    private readonly notices: NoticeRepository,
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly directory: MerchantDirectory,
    private readonly values: AuthenticationValues,
    private readonly keyring: DataKeyring,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly writer: SessionWriter,
    private readonly steps: StepStore,
    private readonly inquiries: Inquiries,
    private readonly returns: HostedReturns,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** See `NoticeInbox.accept`. A session that has had too many is one that nobody knows any more. */
  async accept(
    connector: string,
    noticeId: string,
    correlationKey: string,
    notice: MaskedNotice,
    secrets: NoticeSecrets,
    owner?: NoticeOwner,
  ): Promise<Ack> {
    const correlation = await this.repository.findByCorrelation(connector, correlationKey);
    if (!correlation || !(await this.isOf(correlation.sessionId, owner))) return { outcome: 'unknown' };
    const received = {
      connector,
      noticeId,
      sessionId: correlation.sessionId,
      body: notice,
      secretsSealed: this.sealSecrets(noticeId, secrets),
      receivedAt: this.clock.now(),
    };
    if (!(await this.notices.insert(received, NOTICES_PER_SESSION))) {
      this.log.warn(
        { session: encodeId('session', correlation.sessionId), connector },
        'too many notices for a session',
      );
      return { outcome: 'unknown' };
    }
    return { outcome: 'answered', answer: await this.act(connector, noticeId, correlation.sessionId, secrets) };
  }

  /** Acts on a notice that was stored and then left, because the process that took it died. */
  async resume(left: LeftNotice): Promise<void> {
    await this.act(left.connector, left.noticeId, left.sessionId, await this.openSecrets(left));
  }

  /** See `NoticeInbox.challengeReturned`. */
  async challengeReturned(
    connector: string,
    correlationKey: string | null,
    sessionData?: string,
    claim?: TransStatus,
  ): Promise<ChallengeReturn> {
    const named = correlationKey === null ? null : await this.repository.findByCorrelation(connector, correlationKey);
    const sessionId = named?.sessionId ?? this.returns.sessionOf(sessionData);
    if (sessionId === null) return { known: false };
    for (let round = 0; round < ROUNDS; round++) {
      const session = await this.repository.findById(sessionId);
      if (!session) return { known: false };
      const known = {
        known: true,
        notificationUrl: session.challengeNotificationUrl,
        returnUrl: await this.returns.pageOf(session, sessionData, claim),
      } as const;
      // Anybody may post there: it is worth one line, and only while somebody might wait for it.
      if (session.status !== 'challenged' || (await this.repository.hasEvent(session.id, RETURNED))) return known;
      const returned = note(session, { at: this.clock.now(), actor: 'cardholder' }, { type: RETURNED });
      const change = { ...returned, inquire: true as const };
      if (!(await this.writer.save(session, change))) continue;
      this.askSoon(change);
      return known;
    }
    throw new Error('A return lost every race for its session');
  }

  // The notice's row is locked while it is acted upon: a twin waits here, then finds the answer. Everything that could
  // want a second connection (channel, keys) is fetched before, or fifty twins would starve the one they wait for.
  private async act(
    connector: string,
    noticeId: string,
    sessionId: string,
    secrets: NoticeSecrets,
  ): Promise<NoticeAnswer> {
    const channel = await this.channelOf(sessionId);
    const { answer, change } = await this.database.transaction(async (tx): Promise<Acted> => {
      const stored = await this.notices.lock(connector, noticeId, tx);
      if (stored.answer) return { answer: stored.answer, change: null };
      for (let round = 0; round < ROUNDS; round++) {
        const session = await this.repository.findById(sessionId, tx);
        if (!session) throw new Error('A correlation points to no session');
        const acted = await this.actOn(session, channel, stored, secrets, tx);
        if (acted) {
          await this.notices.answered(connector, noticeId, acted.answer, this.clock.now(), tx);
          return acted;
        }
      }
      throw new Error('A notice lost every race for its session');
    });
    if (change) {
      this.writer.committed(change);
      this.askSoon(change);
    }
    return answer;
  }

  /** The answer to the notice does not wait for it. */
  private askSoon({ session, inquire }: Change): void {
    if (inquire === true && this.connectors.inquires(session.attempt.connector)) this.inquiries.kick(session.id);
  }

  /** A sender that proved who it is knows its own sessions only. */
  private async isOf(sessionId: string, owner: NoticeOwner | undefined): Promise<boolean> {
    if (owner === undefined) return true;
    const session = await this.repository.findById(sessionId);
    return session?.merchantId === owner.merchantId && session.environment === owner.environment;
  }

  /** One round: null when somebody else changed the session in between. The connector makes no network call here. */
  private async actOn(
    session: Session,
    channel: Channel,
    stored: StoredNotice,
    secrets: NoticeSecrets,
    tx: Queryable,
  ): Promise<Acted | null> {
    // A connector that was left for another one still answers, with the attempt that was its own.
    const isPresent = session.attempt.connector === stored.connector;
    const known = isPresent ? session : await this.repository.findAtConnector(session.id, stored.connector, tx);
    const attempt = startedAttempt(known ?? session, channel);
    const signal = { type: 'notice', notice: stored.body, secrets } as const;
    const step = await this.connectors.get(stored.connector).advance(attempt, signal);
    if (step.next === 'unreachable' || step.next === 'refused' || step.answer === undefined) {
      throw new Error('A connector gave no answer to a notice');
    }
    const isOurs = isPresent && (await this.steps.namesAreOwn(session, step, tx));
    const change = this.changeBy(session, channel, step, isOurs);
    if (!(await this.writer.save(session, change, { tx, channel }))) return null;
    return { answer: step.answer, change };
  }

  private async channelOf(sessionId: string): Promise<Channel> {
    const session = await this.repository.findById(sessionId);
    const channel =
      session && (await this.directory.channel(session.merchantId, session.environment, session.channelId));
    if (!channel) throw new Error('The channel of a session is gone');
    return channel;
  }

  private changeBy(session: Session, channel: Channel, step: LearnedStep, isOurs: boolean): Change {
    const cause = causeOf(session, channel, this.clock.now());
    if (!isOurs || step.effective === false || isFinal(session.status)) {
      return note(session, cause, { type: 'notice_without_effect' }, {}, step.exchanges);
    }
    return applyStep(session, step, cause, this.values.seal(session, step.facts));
  }

  private sealSecrets(noticeId: string, secrets: NoticeSecrets): Buffer | null {
    const value = secrets.authenticationValue;
    if (value === undefined) return null;
    return this.keyring.seal('authentication_value', Buffer.from(value.expose()), noticeSecretsContext(noticeId));
  }

  private async openSecrets(stored: LeftNotice): Promise<NoticeSecrets> {
    if (stored.secretsSealed === null) return {};
    const opened = await this.keyring.open(stored.secretsSealed, noticeSecretsContext(stored.noticeId));
    return opened === null ? {} : { authenticationValue: new Secret(opened.toString()) };
  }
}
