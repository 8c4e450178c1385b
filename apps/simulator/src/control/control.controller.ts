/** The handles that tests and demonstrations pull: faults, and what the issuer side saw of a transaction. */
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { RReq } from '@app/emv3ds';
import { NotFound } from '@app/kernel';
import { LISTED_RESULTS } from '../acs/challenge.machine';
import { ChallengeService } from '../acs/challenge.service';
import { listedResult } from '../acs/decision';
import { CHALLENGE_PASSWORD, TEST_CARDS } from '../cards/card-table';
import { ResultDelivery } from '../ds/result-delivery';
import { resultMessage } from '../ds/result-message';
import { readJsonObject } from '../http/body';
import type { RReqRecord, Transaction } from '../transactions/transaction';
import { TransactionStore } from '../transactions/transaction.store';
import { FaultStore } from './fault.store';
import { FieldReader } from './field-reader';
import { readScript, ScriptStore, type Script } from './scripts';
import { NO_FAULTS, parseFaults, type Faults } from './faults';

/** `/control`: JSON in and out. */
@Controller('control')
export class ControlController {
  constructor(
    private readonly faults: FaultStore,
    private readonly transactions: TransactionStore,
    private readonly delivery: ResultDelivery,
    private readonly scripts: ScriptStore,
    private readonly challenges: ChallengeService,
  ) {}

  @Get('faults')
  show(): Faults {
    return this.faults.active;
  }

  @Put('faults')
  replace(@Body() body: Buffer | undefined): Faults {
    this.faults.replace(parseFaults(readJsonObject(body)));
    return this.faults.active;
  }

  @Delete('faults')
  reset(): Faults {
    this.faults.replace(NO_FAULTS);
    return this.faults.active;
  }

  /** The published test cards, and what each leads to. */
  @Get('cards')
  cards(): { challengePassword: string; cards: typeof TEST_CARDS } {
    return { challengePassword: CHALLENGE_PASSWORD, cards: TEST_CARDS };
  }

  /** What a transaction that is still to come is to meet, by the id that its AReq will have. */
  @Put('scripts/:id')
  script(@Param('id') id: string, @Body() body: Buffer | undefined): Script {
    const reader = new FieldReader(readJsonObject(body));
    const script = readScript(reader);
    reader.finish();
    this.scripts.put(id, script);
    return script;
  }

  /** Ends the challenge of a scripted transaction, without a browser; answers when its result was taken. */
  @Post('transactions/:id/play')
  @HttpCode(200)
  async play(@Param('id') id: string): Promise<{ rreqs: readonly RReqRecord[] }> {
    const transaction = this.get(id);
    await this.challenges.play(transaction);
    return { rreqs: transaction.rreqs };
  }

  @Get('transactions/:id')
  transaction(@Param('id') id: string): Record<string, unknown> {
    const { behaviour, challenge, purchase, ...transaction } = this.get(id);
    return {
      threeDSServerTransID: transaction.threeDSServerTransID,
      acsTransID: transaction.acsTransID,
      dsTransID: transaction.dsTransID,
      directoryServer: transaction.directoryServer,
      receivedAt: transaction.receivedAt.toISOString(),
      purchase,
      behaviour,
      challenge: challenge && { phase: challenge.phase, tries: challenge.tries },
      areq: transaction.areq,
      ares: transaction.ares,
      rreqs: transaction.rreqs,
      erros: transaction.erros,
    };
  }

  /** Sends one RReq now, whatever was sent before. The body's members replace those of the message; null removes one. */
  @Post('transactions/:id/rreq')
  @HttpCode(200)
  async sendRReq(@Param('id') id: string, @Body() body: Buffer | undefined): Promise<RReqRecord> {
    const overrides = readJsonObject(body);
    const transaction = this.get(id);
    const listed = transaction.challenge ? listedResult(transaction.behaviour) : LISTED_RESULTS.approved;
    const message: Record<string, unknown> = { ...resultMessage(transaction, listed, 1), ...overrides };
    const kept = Object.fromEntries(Object.entries(message).filter(([, value]) => value !== null));
    return this.delivery.sendOnce(transaction, kept as unknown as RReq);
  }

  private get(id: string): Transaction {
    const transaction = this.transactions.findByServerId(id);
    if (!transaction) throw new NotFound('transaction');
    return transaction;
  }
}
