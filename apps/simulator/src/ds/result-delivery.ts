/** The leg from directory server to 3DS Server: posts RReqs, tries again when told to, keeps what came back. */
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { maskMessage, parseMessage, ProtocolError, serializeMessage, type RReq } from '@app/emv3ds';
import { newUuidV4, type Clock } from '@app/kernel';
import { Agent, request } from 'undici';
import { CLOCK, SIMULATOR_CONFIG, type SimulatorConfig } from '../config';
import { FaultStore } from '../control/fault.store';
import type { RReqAnswer, RReqRecord, Transaction } from '../transactions/transaction';
import { TransactionStore } from '../transactions/transaction.store';

/** An RRes is awaited 5 s; after a failure the RReq goes again at once and then after 10 s (emv-3ds.md section 1.8). */
const TIMEOUT_MS = 5000;
const PAUSES_MS = [0, 10_000];
const PARALLEL = 50;

/** Sends results and says whether the 3DS Server took them. */
@Injectable()
export class ResultDelivery implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly agent = new Agent({
    connections: PARALLEL,
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SIMULATOR_CONFIG) private readonly config: SimulatorConfig,
    private readonly faults: FaultStore,
    private readonly transactions: TransactionStore,
  ) {}

  /** Delivers a result, faults included. True when an RRes came, false when an Erro or nothing did. */
  async deliver(transaction: Transaction, rreq: RReq): Promise<boolean> {
    // What is scripted meets what its script says, and nothing else.
    const isScripted = transaction.script !== null;
    const fault = isScripted ? null : this.faults.takeRReq(['duplicate', 'parallel', 'foreign_ids', 'never']);
    switch (fault?.mode) {
      case 'never':
        return true;
      case 'parallel': {
        const records = await Promise.all(Array.from({ length: PARALLEL }, () => this.sendOnce(transaction, rreq)));
        return records.some(isAccepted);
      }
      case 'foreign_ids':
        await this.sendOnce(transaction, this.withForeignIds(transaction, rreq));
        return this.sendUntilAnswered(transaction, rreq);
      case 'duplicate': {
        const accepted = await this.sendUntilAnswered(transaction, rreq);
        await this.sendOnce(transaction, rreq);
        return accepted;
      }
      default:
        return this.sendUntilAnswered(transaction, rreq);
    }
  }

  /** Posts one RReq once, remembers it with its answer, and never throws for what the other side does. */
  async sendOnce(transaction: Transaction, rreq: RReq): Promise<RReqRecord> {
    const sentAt = this.clock.now().toISOString();
    const answer = await this.post(transaction.threeDSServerURL, serializeMessage(rreq));
    const record = { sentAt, rreq: maskMessage(rreq), answer };
    transaction.rreqs.push(record);
    return record;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.agent.destroy();
  }

  private async sendUntilAnswered(transaction: Transaction, rreq: RReq): Promise<boolean> {
    let record = await this.sendOnce(transaction, rreq);
    for (const pauseMs of PAUSES_MS) {
      if (!isWorthRepeating(record.answer)) break;
      await sleep(pauseMs / this.config.timeScale, undefined, { signal: this.stopping.signal, ref: false });
      record = await this.sendOnce(transaction, rreq);
    }
    return isAccepted(record);
  }

  private async post(url: string, body: string): Promise<RReqAnswer> {
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return readAnswer(response.statusCode, await response.body.text());
    } catch (error) {
      return { status: null, messageType: null, error: error instanceof Error ? error.message : String(error) };
    }
  }

  private withForeignIds(transaction: Transaction, rreq: RReq): RReq {
    const stranger = this.transactions.findAnother(transaction);
    return {
      ...rreq,
      acsTransID: stranger?.acsTransID ?? newUuidV4(),
      dsTransID: stranger?.dsTransID ?? newUuidV4(),
    };
  }
}

function readAnswer(status: number, body: string): RReqAnswer {
  try {
    const message = parseMessage(body, { expect: ['RRes', 'Erro'], receiver: 'D' });
    return { status, messageType: message.messageType, body: maskMessage(message) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { status, messageType: 'unreadable', body: { code: error.code, detail: error.detail } };
  }
}

function isAccepted(record: RReqRecord): boolean {
  return record.answer.messageType === 'RRes';
}

/** No answer, an unreadable one, or an Erro that says "try later" (403). */
function isWorthRepeating(answer: RReqAnswer): boolean {
  if (answer.messageType === 'RRes') return false;
  if (answer.messageType !== 'Erro') return true;
  return (answer.body as { errorCode?: unknown }).errorCode === '403';
}
