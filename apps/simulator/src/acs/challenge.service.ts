/** The ACS's side of a challenge: reads CReqs and answers, keeps the timers, reports the result before the CRes. */
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { decodeMessage, encodeMessage, ProtocolError, type CReq, type CRes, type Erro } from '@app/emv3ds';
import { pino } from 'pino';
import { SIMULATOR_CONFIG, type SimulatorConfig } from '../config';
import { FaultStore } from '../control/fault.store';
import { ResultDelivery } from '../ds/result-delivery';
import { resultMessage } from '../ds/result-message';
import type { Transaction } from '../transactions/transaction';
import { TransactionStore } from '../transactions/transaction.store';
import { OTHER_RESULTS, stepChallenge, type ChallengeInput, type ChallengeResult } from './challenge.machine';
import { listedResult } from './decision';

/** What the browser gets to see next. */
export type ChallengeView =
  | { readonly kind: 'page'; readonly transaction: Transaction; readonly triesLeft: number | null }
  | { readonly kind: 'final'; readonly notificationURL: string; readonly cres: string }
  | { readonly kind: 'refused'; readonly erro: Erro };

/** Emv-3ds.md section 1.8: 30 s until the first CReq, 10 min between the cardholder's steps. */
const FIRST_CREQ_MS = 30_000;
const IDLE_MS = 10 * 60_000;

/** One challenge per transaction; every way out of it passes through `end`, once. */
@Injectable()
export class ChallengeService implements OnModuleDestroy {
  private readonly logger = pino({ name: 'simulator.acs' });
  private readonly timers = new Map<Transaction, NodeJS.Timeout>();
  private readonly endings = new WeakMap<Transaction, Promise<CRes>>();

  constructor(
    @Inject(SIMULATOR_CONFIG) private readonly config: SimulatorConfig,
    private readonly transactions: TransactionStore,
    private readonly delivery: ResultDelivery,
    private readonly faults: FaultStore,
  ) {}

  /** Waits for the browser from now on; of a scripted one for whoever plays it. */
  open(transaction: Transaction): void {
    transaction.challenge = { phase: 'awaiting_creq', tries: 0, creq: null };
    if (transaction.script !== null) return;
    this.endLater(transaction, OTHER_RESULTS.noCReq, FIRST_CREQ_MS);
  }

  /** Reports the card's result without waiting for a browser. */
  async endAtOnce(transaction: Transaction): Promise<void> {
    await this.end(transaction, 1, listedResult(transaction.behaviour));
  }

  /** Ends a challenge as its script says; once the result is reported. Nothing where there is none, or none is to come. */
  async play(transaction: Transaction): Promise<void> {
    const { script, challenge } = transaction;
    if (challenge === null || script === null || script.result === null) return;
    await this.end(transaction, script.result.tries, script.result);
  }

  /** The browser's CReq, as the form field has it. The same one again shows the page again. */
  async receiveCReq(creq: string): Promise<ChallengeView> {
    try {
      return await this.show(decodeMessage(creq, { expect: ['CReq'], receiver: 'A', versions: ['2.2.0'] }), creq);
    } catch (error) {
      if (error instanceof ProtocolError) return this.refuse(error);
      throw error;
    }
  }

  /** What the cardholder did on the page. */
  async receiveAnswer(acsTransID: string, input: ChallengeInput): Promise<ChallengeView> {
    const transaction = this.transactions.findByAcsId(acsTransID);
    if (!transaction?.challenge) return this.refuse(unknownId('acsTransID'));
    const ended = this.endings.get(transaction);
    if (ended) return final(transaction, await ended);
    if (transaction.challenge.phase !== 'open') return this.refuse(refusal('305', 'acsTransID'));

    const step = stepChallenge(transaction.challenge.tries, input, listedResult(transaction.behaviour));
    if (step.kind === 'end') return final(transaction, await this.end(transaction, step.tries, step.result));
    transaction.challenge = { ...transaction.challenge, tries: step.tries };
    this.endLater(transaction, OTHER_RESULTS.idle, IDLE_MS);
    return { kind: 'page', transaction, triesLeft: step.triesLeft };
  }

  onModuleDestroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private async show(creq: CReq, text: string): Promise<ChallengeView> {
    const transaction = this.transactions.findByAcsId(creq.acsTransID);
    if (!transaction?.challenge) throw unknownId('acsTransID', creq);
    if (creq.threeDSServerTransID !== transaction.threeDSServerTransID) {
      await this.end(transaction, transaction.challenge.tries, OTHER_RESULTS.badCReq);
      throw unknownId('threeDSServerTransID', creq);
    }
    const { phase, creq: first, tries } = transaction.challenge;
    if (phase === 'ended') throw tooLate(transaction, creq);
    if (first !== null && first !== text) {
      await this.end(transaction, tries, OTHER_RESULTS.badCReq);
      throw refusal('305', 'CReq', creq);
    }
    transaction.challenge = { phase: 'open', tries, creq: text };
    this.endLater(transaction, OTHER_RESULTS.idle, IDLE_MS);
    return { kind: 'page', transaction, triesLeft: null };
  }

  /** The RReq goes first; only then the browser carries the CRes (emv-3ds.md section 1.3). */
  private end(transaction: Transaction, tries: number, result: ChallengeResult): Promise<CRes> {
    const known = this.endings.get(transaction);
    if (known) return known;
    clearTimeout(this.timers.get(transaction));
    this.timers.delete(transaction);
    const creq = transaction.challenge?.creq ?? null;
    const timedOut = result.transStatusReason === '14';
    transaction.challenge = { phase: 'ended', tries, creq, timedOut };
    const ending = this.report(transaction, result, tries).then((accepted): CRes => ({
      messageType: 'CRes',
      messageVersion: transaction.messageVersion,
      threeDSServerTransID: transaction.threeDSServerTransID,
      acsTransID: transaction.acsTransID,
      // Without an RRes the result reverts to U, which a browser hears as N (emv-3ds.md section 4.3).
      transStatus: accepted && result.transStatus === 'Y' ? 'Y' : 'N',
    }));
    this.endings.set(transaction, ending);
    return ending;
  }

  private async report(transaction: Transaction, result: ChallengeResult, tries: number): Promise<boolean> {
    const rreq = resultMessage(transaction, result, tries);
    const late = transaction.script === null ? this.faults.takeRReq(['late']) : null;
    if (!late) return this.delivery.deliver(transaction, rreq);
    const timer = setTimeout(() => this.inBackground(this.delivery.deliver(transaction, rreq)), late.delayMs);
    timer.unref();
    return true;
  }

  private endLater(transaction: Transaction, result: ChallengeResult, delayMs: number): void {
    clearTimeout(this.timers.get(transaction));
    const timer = setTimeout(() => {
      this.inBackground(this.end(transaction, transaction.challenge?.tries ?? 0, result));
    }, delayMs / this.config.timeScale);
    timer.unref();
    this.timers.set(transaction, timer);
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.logger.warn({ err: error }, 'a result could not be reported'));
  }

  /** An Erro goes to the requestor's notification address where the transaction is known, and is shown otherwise. */
  private refuse(error: ProtocolError): ChallengeView {
    const erro = error.toErro();
    const transaction =
      this.transactions.findByAcsId(error.ids.acsTransID ?? '') ??
      this.transactions.findByServerId(error.ids.threeDSServerTransID ?? '');
    return transaction?.notificationURL
      ? { kind: 'final', notificationURL: transaction.notificationURL, cres: encodeMessage(erro) }
      : { kind: 'refused', erro };
  }
}

function final(transaction: Transaction, cres: CRes): ChallengeView {
  return { kind: 'final', notificationURL: transaction.notificationURL, cres: encodeMessage(cres) };
}

function refusal(code: string, detail: string, creq?: CReq): ProtocolError {
  const ids = creq && { threeDSServerTransID: creq.threeDSServerTransID, acsTransID: creq.acsTransID };
  return new ProtocolError({ code, component: 'A', detail, messageType: 'CReq', ...(ids ? { ids } : {}) });
}

function unknownId(name: string, creq?: CReq): ProtocolError {
  return refusal('301', name, creq);
}

/** After a timeout 402; after any other end the transaction takes no more (305 before 2.3.1). */
function tooLate(transaction: Transaction, creq: CReq): ProtocolError {
  return refusal(transaction.challenge?.timedOut ? '402' : '305', 'acsTransID', creq);
}
