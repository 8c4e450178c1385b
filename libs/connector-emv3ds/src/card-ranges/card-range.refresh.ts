import {
  applyPRes,
  maskedText,
  parseMessage,
  ProtocolError,
  serializeMessage,
  SUPPORTED_VERSIONS,
  type CardRangeSet,
  type Erro,
  type PReq,
  type PRes,
} from '@app/emv3ds';
import { newUuidV4, type Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DirectoryServerClient, isUnreached, type DirectoryServerReply } from '../directory-server.client';
import {
  CARD_RANGE_TIMES,
  DEMO_PATIENCE_MS,
  ERRO_BUDGET_MS,
  PREQ_BUDGET_MS,
  PRES_MAX_BYTES,
  SERVER_OPERATOR_ID,
  SERVER_REFERENCE_NUMBER,
} from '../emv3ds.settings';
import { DirectoryServerRepository } from '../persistence/directory-server.repository';
import type { DirectoryServer } from './directory-server';
import { rangeChanges } from './range-changes';
import { isDue, nextAttempt, type RefreshResult } from './refresh.schedule';

/** What a directory server answered to a PReq. */
type Answer =
  | { outcome: 'ranges'; set: CardRangeSet }
  | { outcome: 'failed'; result: Exclude<RefreshResult, 'loaded'>; code: string; reason: string };

const VERSION = SUPPORTED_VERSIONS.at(-1) ?? '2.2.0';

/** Asks directory servers for their card ranges and stores them: one updater per server in a cluster. */
@Injectable()
export class CardRangeRefresh {
  private stopped = false;

  constructor(
    private readonly repository: DirectoryServerRepository,
    private readonly client: DirectoryServerClient,
    private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'demo'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** No more waiting for ports to open: the process is going down. */
  stop(): void {
    this.stopped = true;
  }

  /** Asks every directory server that is due; servers do not wait for each other. Returns how many were asked. */
  async refreshDue(options: { atStart: boolean }): Promise<number> {
    const servers = await this.repository.list();
    const due = servers.filter((server) => isDue(server, this.clock.now(), options.atStart));
    const asked = await Promise.all(due.map((server) => this.refreshOnce(server, options)));
    return asked.filter(Boolean).length;
  }

  private async refreshOnce({ environment, id }: DirectoryServer, options: { atStart: boolean }): Promise<boolean> {
    let asked = false;
    await this.leases.withLease(`card-ranges/${environment}/${id}`, CARD_RANGE_TIMES.leaseMs, async () => {
      // Read again under the lease: the former holder may just have asked.
      const server = await this.repository.find({ environment, id });
      if (!server || !isDue(server, this.clock.now(), options.atStart)) return;
      asked = true;
      await this.refresh(server);
    });
    return asked;
  }

  private async refresh(server: DirectoryServer): Promise<void> {
    const known = await this.knownSet(server);
    let answer = await this.ask(server, known);
    if (answer.outcome === 'failed' && answer.code === '307' && known.serialNum !== undefined) {
      await this.repository.clearSerial(server);
      answer = await this.ask(server, { ...known, serialNum: undefined });
    }
    if (answer.outcome === 'failed') return this.keepOld(server, answer);
    await this.store(server, known, answer.set);
  }

  private async knownSet(server: DirectoryServer): Promise<CardRangeSet> {
    return {
      ...(server.serialNum === null ? {} : { serialNum: server.serialNum }),
      ...(server.dsStartVersion === null ? {} : { dsStart: server.dsStartVersion }),
      ...(server.dsEndVersion === null ? {} : { dsEnd: server.dsEndVersion }),
      ranges: await this.repository.findRanges(server),
    };
  }

  private async ask(server: DirectoryServer, current: CardRangeSet): Promise<Answer> {
    const preq: PReq = {
      messageType: 'PReq',
      messageVersion: VERSION,
      threeDSServerTransID: newUuidV4(),
      threeDSServerRefNumber: SERVER_REFERENCE_NUMBER,
      threeDSServerOperatorID: SERVER_OPERATOR_ID,
      ...(current.serialNum === undefined ? {} : { serialNum: current.serialNum }),
    };
    const reply = await this.post(server, preq);
    if (reply.outcome === 'failed')
      return { outcome: 'failed', result: 'unreachable', code: '405', reason: reply.reason };
    try {
      const message = parseMessage(reply.body, { expect: ['PRes', 'Erro'], receiver: 'S' });
      if (message.messageType === 'Erro') return refusedBy(message);
      checkEcho(preq, message);
      return { outcome: 'ranges', set: applyPRes(current, message) };
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (error.messageType === undefined) {
        // Not a message at all: a proxy's page, an empty body. Nobody there to tell.
        return { outcome: 'failed', result: 'unreachable', code: error.code, reason: `status ${reply.status}` };
      }
      if (error.messageType !== 'Erro') await this.complain(server, preq, error);
      // Changes that do not fit what we have never will: the next request asks for everything (section 7).
      if (current.serialNum !== undefined) await this.repository.clearSerial(server);
      return { outcome: 'failed', result: 'refused', code: error.code, reason: error.detail };
    }
  }

  /** A second try where nothing listens comes at once (section 1.8); a demo's simulator may still be starting. */
  private async post(server: DirectoryServer, preq: PReq): Promise<DirectoryServerReply> {
    const patientUntil =
      performance.now() + (this.config.demo && server.rangesLoadedAt === null ? DEMO_PATIENCE_MS : 0);
    for (;;) {
      const reply = await this.client.send({
        directoryServer: server.id,
        url: server.url,
        verb: 'PReq',
        transactionId: preq.threeDSServerTransID,
        body: serializeMessage(preq),
        budgetMs: PREQ_BUDGET_MS,
        maxBytes: PRES_MAX_BYTES,
      });
      if (!isUnreached(reply) || this.stopped || performance.now() >= patientUntil) return reply;
      await sleep(200);
    }
  }

  private async complain(server: DirectoryServer, preq: PReq, error: ProtocolError): Promise<void> {
    await this.client.send({
      directoryServer: server.id,
      url: server.url,
      verb: 'Erro',
      transactionId: preq.threeDSServerTransID,
      body: serializeMessage(error.toErro()),
      budgetMs: ERRO_BUDGET_MS,
    });
  }

  private async store(server: DirectoryServer, known: CardRangeSet, set: CardRangeSet): Promise<void> {
    const changes = rangeChanges(known.ranges, set.ranges);
    const at = this.clock.now();
    const times = { at, nextAttemptAt: nextAttempt(server, 'loaded', at) };
    const stored = await this.repository.saveRanges(server, set, changes, times);
    this.log.info(
      {
        environment: server.environment,
        directoryServer: server.id,
        ranges: set.ranges.length,
        written: changes.written.length,
        removed: changes.removed.length,
        stored,
      },
      'card ranges refreshed',
    );
  }

  private async keepOld(server: DirectoryServer, failure: Extract<Answer, { outcome: 'failed' }>): Promise<void> {
    const { environment, id } = server;
    const at = this.clock.now();
    this.log.warn(
      { environment, directoryServer: id, code: failure.code, reason: failure.reason },
      'card ranges not refreshed',
    );
    await this.repository.saveFailure(server, {
      at,
      nextAttemptAt: nextAttempt(server, failure.result, at),
      error: `${failure.code} ${failure.reason}`.slice(0, 500),
    });
  }
}

function refusedBy(erro: Erro): Answer {
  return { outcome: 'failed', result: 'refused', code: erro.errorCode, reason: maskedText(erro.errorDescription) };
}

/** The answer belongs to the request (section 4.2: response ids differ from the request's). */
function checkEcho(preq: PReq, pres: PRes): void {
  if (pres.threeDSServerTransID.toLowerCase() === preq.threeDSServerTransID.toLowerCase()) return;
  throw new ProtocolError({
    code: '301',
    component: 'S',
    detail: 'threeDSServerTransID',
    messageType: 'PRes',
    messageVersion: pres.messageVersion,
    ids: { threeDSServerTransID: pres.threeDSServerTransID, dsTransID: pres.dsTransID },
  });
}
