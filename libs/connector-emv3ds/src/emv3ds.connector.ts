import type {
  Attempt,
  AttemptRequest,
  AuthenticationConnector,
  Capability,
  ErrorFacts,
  Exchange,
  LearnedStep,
  MaskedNotice,
  NoticeSecrets,
  Plan,
  Signal,
  StartedAttempt,
  Step,
} from '@app/authentication-port';
import {
  checkARes,
  errorMessage,
  maskMessage,
  parseMessage,
  ProtocolError,
  serializeMessage,
  type AReq,
  type Erro,
  type RReq,
} from '@app/emv3ds';
import { DIRECTORY_SERVER_RID, directoryServerOf, newUuidV4, type Clock } from '@app/kernel';
import { CLOCK, PublicAddress } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { toAReq } from './areq.mapper';
import { aresFailure, aresOutcome, errorFacts, protocolErrorFacts, type Outcome } from './ares.mapper';
import { CardRanges } from './card-ranges/card-ranges';
import { DirectoryServerClient, type DirectoryServerReply } from './directory-server.client';
import { AREQ_BUDGET_MS, CONNECTOR_ID, ERRO_BUDGET_MS, NOTIFICATION_PATH } from './emv3ds.settings';
import { CallTally } from './health/call-tally';
import { ResultAddress } from './result-address';
import { invalidRReqEffect, messageAnswer, rreqEffect, type InvalidRReq } from './rreq.mapper';
import { chooseScheme, type KnownDirectoryServer } from './scheme.choice';

type Answered = Extract<DirectoryServerReply, { outcome: 'answered' }>;

/** What an answer to the AReq meant, and the Erro that it deserves. */
interface Reading {
  outcome: Outcome;
  received: Exchange;
  complaint?: Erro;
}

/**
 * The native 3DS Server: authenticates through the schemes' directory servers (EMV 3DS 2.2.0, browser channel). It keeps
 * nothing about sessions; card ranges and directory servers are its reference data.
 */
@Injectable()
export class Emv3dsConnector implements AuthenticationConnector, BeforeApplicationShutdown {
  readonly id = CONNECTOR_ID;
  readonly supports: ReadonlySet<Capability> = new Set<Capability>(['browser']);
  readonly inquires = false;
  private readonly complaints = new Set<Promise<unknown>>();

  constructor(
    private readonly ranges: CardRanges,
    private readonly client: DirectoryServerClient,
    private readonly address: PublicAddress,
    private readonly results: ResultAddress,
    private readonly tally: CallTally,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  plan(request: AttemptRequest): Plan {
    const choice = chooseScheme(request, (id) => this.ranges.find(request.environment, id));
    if (choice.outcome === 'refused') return choice;
    return {
      outcome: 'planned',
      scheme: choice.scheme,
      protocolVersion: choice.version,
      transactionId: newUuidV4(),
      ...(choice.methodUrl === undefined ? {} : { methodUrl: choice.methodUrl }),
      directoryServer: { id: DIRECTORY_SERVER_RID[choice.server.id] },
      state: {},
    };
  }

  async start(attempt: Attempt): Promise<Step> {
    const { environment } = attempt.request;
    const server = this.ranges.find(environment, directoryServerOf(attempt.scheme));
    if (!server) return unreachable('No directory server is configured', []);
    const areq = toAReq(attempt, {
      serverUrl: this.results.of(attempt.transactionId),
      notificationUrl: `${this.address.url}${NOTIFICATION_PATH}`,
      now: this.clock.now(),
    });
    // The address is what a result is believed by.
    const shown = maskMessage({ ...areq, threeDSServerURL: this.results.masked() });
    const sent: Exchange = { direction: 'sent', messageType: 'AReq', at: this.clock.now(), body: shown };
    const reply = await this.client.send({
      directoryServer: server.id,
      url: server.url,
      verb: 'AReq',
      transactionId: attempt.transactionId,
      body: serializeMessage(areq),
      budgetMs: AREQ_BUDGET_MS,
    });
    if (reply.outcome === 'failed' && !reply.requestSent) {
      this.tally.note(environment, server.id, false, reply.latencyMs);
      return unreachable(reply.reason, [sent, this.nothingReceived(reply)]);
    }
    const reading = reply.outcome === 'failed' ? this.readSilence(reply) : this.read(areq, reply);
    const { messageType, problem } = reading.received;
    this.tally.note(environment, server.id, messageType === 'ARes' && problem === undefined, reply.latencyMs);
    const exchanges = [sent, reading.received];
    if (reading.complaint) {
      this.complain(server, attempt.transactionId, reading.complaint);
      exchanges.push({
        direction: 'sent',
        messageType: 'Erro',
        at: this.clock.now(),
        body: maskMessage(reading.complaint),
      });
    }
    return { ...reading.outcome, state: attempt.state, exchanges };
  }

  async advance(attempt: StartedAttempt, signal: Signal): Promise<Step> {
    switch (signal.type) {
      case 'notice':
        return this.onNotice(attempt, signal.notice, signal.secrets);
      case 'challenge_declined':
        // The ACS gives up after 30 s without a CReq; its RReq is then answered with resultsStatus 02 (section 1.3).
        return { ...waiting(attempt), state: { ...attempt.state, declined: true } };
      // Asked only with device data there, by `start`; and nobody wants to be told of the end.
      case 'channel_data':
      case 'method_completion':
      case 'completed':
      case 'challenge_returned':
      case 'timer':
        return waiting(attempt);
    }
  }

  /** EMV has no status query: after silence there is nothing to ask. */
  async fetch(attempt: StartedAttempt): Promise<Step> {
    return waiting(attempt);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.complaints);
  }

  private onNotice(attempt: StartedAttempt, notice: MaskedNotice, secrets: NoticeSecrets): Step {
    const effect =
      'invalid' in notice
        ? invalidRReqEffect(attempt, notice as unknown as InvalidRReq)
        : rreqEffect(attempt, notice as unknown as RReq, secrets);
    const at = this.clock.now();
    const received: Exchange = {
      direction: 'received',
      messageType: 'RReq',
      at,
      body: notice,
      ...(effect.answer.messageType === 'Erro' ? { problem: problemOf(effect.answer) } : {}),
    };
    const sent: Exchange = {
      direction: 'sent',
      messageType: effect.answer.messageType,
      at,
      body: maskMessage(effect.answer),
    };
    const step = effect.outcome ? { ...effect.outcome, state: effect.state } : waiting(attempt);
    return {
      ...step,
      exchanges: [received, sent],
      answer: messageAnswer(effect.answer),
      effective: effect.outcome !== null,
    };
  }

  /** Reads the answer to an AReq. Whatever is not an ARes of this very transaction ends the attempt, never a success. */
  private read(areq: AReq, reply: Answered): Reading {
    try {
      const message = parseMessage(reply.body, { expect: ['ARes', 'Erro'], receiver: 'S', context: { areq } });
      const received = this.received(message.messageType, reply, maskMessage(message));
      if (message.messageType === 'Erro') return { outcome: aresFailure(errorFacts(message)), received };
      if (reply.status < 200 || reply.status > 299) return this.readNonMessage(reply);
      checkARes(areq, message);
      return { outcome: aresOutcome(areq, message), received };
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return error.messageType === undefined ? this.readNonMessage(reply) : this.readBadMessage(areq, reply, error);
    }
  }

  /** A page of a proxy, an empty body, another status: the link failed, and nobody there understands an Erro. */
  private readNonMessage(reply: Answered): Reading {
    const problem =
      reply.body.length === 0 ? `HTTP ${reply.status}, empty body` : `HTTP ${reply.status}, not an EMV 3DS message`;
    const error = errorMessage({
      code: reply.status === 200 && reply.body.length > 0 ? '101' : '405',
      component: 'S',
      detail: problem,
    });
    return { outcome: aresFailure(errorFacts(error)), received: { ...this.received('unknown', reply, null), problem } };
  }

  private readBadMessage(areq: AReq, reply: Answered, error: ProtocolError): Reading {
    const received = this.received(error.messageType ?? 'unknown', reply, null);
    return {
      outcome: aresFailure(protocolErrorFacts(error)),
      received: { ...received, problem: `${error.code} ${error.description}: ${error.detail}` },
      // An Erro is never answered with an Erro (section 4.2).
      ...(error.messageType === 'Erro' ? {} : { complaint: withId(error.toErro(), areq.threeDSServerTransID) }),
    };
  }

  /** The request may have arrived, the answer did not: EMV knows no way to ask again. */
  private readSilence(reply: Extract<DirectoryServerReply, { outcome: 'failed' }>): Reading {
    const code = reply.reason === 'timeout' ? '402' : '405';
    const error = errorMessage({
      code,
      component: 'S',
      detail: `Directory server: ${reply.reason}`,
      messageType: 'ARes',
    });
    return { outcome: aresFailure(errorFacts(error)), received: this.nothingReceived(reply) };
  }

  private received(messageType: string, reply: Answered, body: Exchange['body']): Exchange {
    return { direction: 'received', messageType, at: this.clock.now(), latencyMs: Math.round(reply.latencyMs), body };
  }

  private nothingReceived(reply: Extract<DirectoryServerReply, { outcome: 'failed' }>): Exchange {
    return {
      direction: 'received',
      messageType: 'none',
      at: this.clock.now(),
      latencyMs: Math.round(reply.latencyMs),
      body: null,
      problem: reply.reason,
    };
  }

  /** Tells the directory server what was wrong with its answer (section 4.3). Nobody waits for it but a shutdown. */
  private complain(server: KnownDirectoryServer, transactionId: string, erro: Erro): void {
    const call = this.client.send({
      directoryServer: server.id,
      url: server.url,
      verb: 'Erro',
      transactionId,
      body: serializeMessage(erro),
      budgetMs: ERRO_BUDGET_MS,
    });
    const tracked: Promise<unknown> = call.finally(() => this.complaints.delete(tracked));
    this.complaints.add(tracked);
  }
}

function waiting(attempt: StartedAttempt): LearnedStep {
  return { next: 'waiting', facts: attempt.facts, state: attempt.state, exchanges: [] };
}

/** Nothing can have reached the issuer side: another connector may be tried. */
function unreachable(reason: string, exchanges: readonly Exchange[]): Step {
  const cause: ErrorFacts = errorFacts(
    errorMessage({ code: '405', component: 'S', detail: reason, messageType: 'AReq' }),
  );
  return { next: 'unreachable', issuerMayHaveSeen: false, cause, exchanges };
}

function problemOf(erro: Erro): string {
  return `${erro.errorCode} ${erro.errorDescription}: ${erro.errorDetail}`;
}

function withId(erro: Erro, threeDSServerTransID: string): Erro {
  return { ...erro, threeDSServerTransID: erro.threeDSServerTransID ?? threeDSServerTransID };
}
