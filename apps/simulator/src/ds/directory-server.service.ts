/** A directory server's day: range requests, authentication requests, and the answer to each. */
import { Inject, Injectable } from '@nestjs/common';
import {
  errorMessage,
  maskMessage,
  parseMessage,
  ProtocolError,
  type AReq,
  type ARes,
  type Erro,
  type Message,
  type PReq,
  type PRes,
} from '@app/emv3ds';
import { currencyOfNumeric, newUuidV4, schemeOfDigits, type Clock, type DirectoryServerId } from '@app/kernel';
import { ChallengeService } from '../acs/challenge.service';
import { cardholderInfoOf, decide, decideAsScripted, proofOf, type Decision } from '../acs/decision';
import { SimulatorAddress } from '../address';
import { behaviourOf } from '../cards/card-table';
import { CLOCK, SIMULATOR_CONFIG, type SimulatorConfig } from '../config';
import { FaultStore } from '../control/fault.store';
import { ScriptStore } from '../control/scripts';
import type { Transaction } from '../transactions/transaction';
import { TransactionStore } from '../transactions/transaction.store';
import { checkAReq } from './areq-checks';
import { findRecord, publishedRanges, type PublishedRanges } from './card-ranges';
import { AUTHENTICATION_TYPE } from './result-message';

const REFERENCES = { acs: '3DS_LOA_ACS_CSGN_020200_SIM', ds: '3DS_LOA_DIS_CSGN_020200_SIM' };

/** Plays all six directory servers; the ACS behind them is a call away. */
@Injectable()
export class DirectoryServerService {
  private readonly ranges = new Map<DirectoryServerId, PublishedRanges>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SIMULATOR_CONFIG) private readonly config: SimulatorConfig,
    private readonly address: SimulatorAddress,
    private readonly transactions: TransactionStore,
    private readonly challenges: ChallengeService,
    private readonly faults: FaultStore,
    private readonly scripts: ScriptStore,
  ) {}

  /** Answers one message, bytes in. An Erro from the 3DS Server is noted and answered with null. */
  async handle(directoryServer: DirectoryServerId, body: Uint8Array): Promise<Message | null> {
    try {
      const message = parseMessage(body, {
        expect: ['AReq', 'PReq', 'Erro'],
        receiver: 'D',
        versions: ['2.2.0'],
        context: { leg: '3DSS-DS' },
      });
      switch (message.messageType) {
        case 'AReq':
          return await this.authenticate(directoryServer, message);
        case 'PReq':
          return this.listRanges(directoryServer, message);
        case 'Erro':
          this.note(message);
          return null;
      }
    } catch (error) {
      if (error instanceof ProtocolError) return error.toErro();
      throw error;
    }
  }

  private listRanges(directoryServer: DirectoryServerId, preq: PReq): PRes {
    const { serialNum, records } = this.rangesOf(directoryServer);
    if (preq.serialNum !== undefined && preq.serialNum !== serialNum) {
      throw new ProtocolError({
        code: '307',
        component: 'D',
        detail: 'serialNum',
        messageType: 'PReq',
        messageVersion: preq.messageVersion,
        ids: { threeDSServerTransID: preq.threeDSServerTransID },
      });
    }
    return {
      messageType: 'PRes',
      messageVersion: preq.messageVersion,
      threeDSServerTransID: preq.threeDSServerTransID,
      dsTransID: newUuidV4(),
      dsStartProtocolVersion: '2.1.0',
      dsEndProtocolVersion: '2.2.0',
      serialNum,
      ...(preq.serialNum === undefined ? { cardRangeData: [...records] } : {}),
    };
  }

  private async authenticate(directoryServer: DirectoryServerId, areq: AReq): Promise<ARes | Erro> {
    const range = findRecord(this.rangesOf(directoryServer), areq.acctNumber);
    const now = this.clock.now();
    checkAReq(areq, { range, now, checkPurchaseDate: this.config.timeScale === 1 });

    const transaction = this.remember(directoryServer, areq, now);
    const decision = this.decide(transaction, areq, range !== null);
    if (decision.kind === 'challenge') {
      this.challenges.open(transaction);
      const isEarly = transaction.script === null && this.faults.takeRReq(['before_ares']) !== null;
      if (isEarly) await this.challenges.endAtOnce(transaction);
    }
    const answer = this.answer(transaction, decision, range !== null);
    transaction.ares = maskMessage(answer);
    return answer;
  }

  private decide({ script, behaviour }: Transaction, areq: AReq, isEnrolled: boolean): Decision {
    if (script !== null) return decideAsScripted(script);
    return isEnrolled
      ? decide(behaviour, areq.threeDSRequestorChallengeInd)
      : { kind: 'result', transStatus: 'U', reason: '13' };
  }

  private answer(transaction: Transaction, decision: Decision, isEnrolled: boolean): ARes | Erro {
    const { threeDSServerTransID, dsTransID, messageVersion } = transaction;
    if (decision.kind === 'error') {
      const ids = { threeDSServerTransID, dsTransID };
      const detail = 'The issuer could not be reached';
      const { code = '403', component = 'A' } = decision;
      return errorMessage({ code, component, detail, messageType: 'AReq', messageVersion, ids });
    }
    const ares: ARes = {
      messageType: 'ARes',
      messageVersion,
      threeDSServerTransID,
      // Where no issuer takes part the directory server answers in its own name (emv-3ds.md section 2.3).
      acsTransID: isEnrolled ? transaction.acsTransID : dsTransID,
      dsTransID,
      acsReferenceNumber: isEnrolled ? REFERENCES.acs : REFERENCES.ds,
      dsReferenceNumber: REFERENCES.ds,
      acsOperatorID: 'COUNTERSIGN-SIMULATOR',
    };
    if (decision.kind === 'challenge') {
      return {
        ...ares,
        transStatus: 'C',
        acsChallengeMandated: decision.mandated ? 'Y' : 'N',
        authenticationType: AUTHENTICATION_TYPE,
        acsURL: this.address.to('/acs/challenge'),
      };
    }
    const cardholderInfo = cardholderInfoOf(decision.transStatus);
    return {
      ...ares,
      transStatus: decision.transStatus,
      ...(decision.reason === undefined ? {} : { transStatusReason: decision.reason }),
      ...proofOf(transaction, decision.transStatus),
      ...(cardholderInfo === undefined ? {} : { cardholderInfo }),
    };
  }

  private remember(directoryServer: DirectoryServerId, areq: AReq, receivedAt: Date): Transaction {
    const partner = schemeOfDigits(areq.acctNumber) ?? 'visa';
    const transaction: Transaction = {
      threeDSServerTransID: areq.threeDSServerTransID,
      acsTransID: newUuidV4(),
      dsTransID: newUuidV4(),
      directoryServer,
      messageVersion: areq.messageVersion,
      messageCategory: areq.messageCategory,
      threeDSServerURL: areq.threeDSServerURL,
      notificationURL: areq.notificationURL ?? '',
      receivedAt,
      purchase: {
        merchantName: areq.merchantName ?? areq.threeDSRequestorName,
        lastFour: areq.acctNumber.slice(-4),
        scheme: directoryServer === 'cartes_bancaires' ? 'cartes_bancaires' : partner,
        amount: amountOf(areq),
      },
      behaviour: behaviourOf(areq.acctNumber),
      script: this.scripts.find(areq.threeDSServerTransID),
      eciSeries: partner === 'cartes_bancaires' ? 'visa' : partner,
      areq: maskMessage(areq),
      ares: null,
      challenge: null,
      rreqs: [],
      erros: [],
    };
    this.transactions.add(transaction);
    return transaction;
  }

  private note(erro: Erro): void {
    this.transactions.findByServerId(erro.threeDSServerTransID ?? '')?.erros.push(maskMessage(erro));
  }

  private rangesOf(directoryServer: DirectoryServerId): PublishedRanges {
    const known = this.ranges.get(directoryServer);
    if (known) return known;
    const built = publishedRanges(directoryServer, this.address.to('/acs/method'));
    this.ranges.set(directoryServer, built);
    return built;
  }
}

function amountOf(areq: AReq): Transaction['purchase']['amount'] {
  const currency = currencyOfNumeric(areq.purchaseCurrency ?? '');
  if (areq.messageCategory !== '01' || areq.purchaseAmount === undefined || currency === null) return null;
  const exponent = Number(areq.purchaseExponent ?? currency.exponent);
  return { minor: areq.purchaseAmount, currency: currency.code, exponent };
}
