import {
  NOTICE_INBOX,
  type MaskedNotice,
  type NoticeAnswer,
  type NoticeInbox,
  type NoticeSecrets,
} from '@app/authentication-port';
import { errorMessage, maskMessage, parseMessage, ProtocolError, type Erro, type RReq } from '@app/emv3ds';
import { canonicalJson, Secret } from '@app/kernel';
import { LOG, Metrics, within, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { createHash } from 'node:crypto';
import type { Counter } from 'prom-client';
import { CONNECTOR_ID, RREQ_ANSWER_WITHIN_MS } from './emv3ds.settings';
import { ResultAddress } from './result-address';
import { messageAnswer, type InvalidRReq } from './rreq.mapper';

/** A notice as the inbox takes it, and what to answer when no attempt has its id. */
interface Delivery {
  noticeId: string;
  transactionId: string;
  notice: MaskedNotice;
  secrets: NoticeSecrets;
  unknown: Erro;
}

/**
 * Takes RReqs from directory servers to the attempts they name (emv-3ds.md sections 4.3 and 5.2). Answers within the
 * directory server's patience whatever happens: what could not be settled in time is answered 403 and comes again.
 */
@Injectable()
export class ResultRequests {
  private readonly answered: Counter<'answer'>;

  constructor(
    // Looked up when the first message comes: the inbox lives in a module that may itself import this one.
    private readonly modules: ModuleRef,
    private readonly address: ResultAddress,
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.answered = metrics.counter('result_requests_total', 'Messages that came as results, by our answer', [
      'answer',
    ]);
  }

  /**
   * `body` as it came, at the address that ends in `proof`. Never throws. A result that came to another address than its
   * own is one of nobody. An Erro is answered with an empty 200: it is never answered with an Erro.
   */
  async receive(body: Uint8Array, proof = ''): Promise<NoticeAnswer> {
    const startedAt = performance.now();
    const { answer, transactionId } = await this.answer(body, proof);
    this.answered.inc({ answer: answer.label ?? answer.messageType });
    this.log.info(
      {
        connector: CONNECTOR_ID,
        verb: 'RReq',
        status: answer.messageType,
        ms: Math.round(performance.now() - startedAt),
        transactionId,
      },
      'notice answered',
    );
    return answer.answer;
  }

  /** The answer to a message that was not even read, because too much is going on: it comes again. */
  tooBusy(): NoticeAnswer {
    return messageAnswer(
      errorMessage({ code: '403', component: 'S', detail: 'Transient failure', messageType: 'RReq', ids: {} }),
    );
  }

  private async answer(body: Uint8Array, proof: string): Promise<Receipt> {
    let delivery: Delivery;
    try {
      const message = parseMessage(body, { expect: ['RReq', 'Erro'], receiver: 'S' });
      if (message.messageType === 'Erro') {
        this.log.warn(
          { code: message.errorCode, component: message.errorComponent },
          'a directory server sent an Erro',
        );
        return { answer: ACKNOWLEDGED, transactionId: message.threeDSServerTransID };
      }
      delivery = validDelivery(message);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.log.warn({ code: error.code, detail: error.detail, messageType: error.messageType }, 'a bad message came');
      if (error.messageType === 'Erro') return { answer: ACKNOWLEDGED, transactionId: undefined };
      const invalid = invalidDelivery(body, error);
      if (!invalid) return { answer: erroAnswer(error.toErro()), transactionId: error.ids.threeDSServerTransID };
      delivery = invalid;
    }
    const { transactionId, unknown } = delivery;
    if (!this.address.isOf(transactionId, proof)) {
      this.log.warn({ transactionId, hasProof: proof !== '' }, 'a result came to an address that is not its own');
      return { answer: { ...erroAnswer(unknown), label: 'misdirected' }, transactionId };
    }
    return { answer: await this.deliver(delivery), transactionId };
  }

  private async deliver(delivery: Delivery): Promise<Labelled> {
    const { noticeId, transactionId, notice, secrets, unknown } = delivery;
    try {
      const inbox = this.modules.get<NoticeInbox>(NOTICE_INBOX, { strict: false });
      const ack = await within(
        RREQ_ANSWER_WITHIN_MS,
        inbox.accept(CONNECTOR_ID, noticeId, transactionId, notice, secrets),
      );
      if (ack === null) throw new Error(`Not settled within ${RREQ_ANSWER_WITHIN_MS} ms`);
      if (ack.outcome === 'unknown') return erroAnswer(unknown);
      return { messageType: ack.answer.body.includes('"RRes"') ? 'RRes' : 'Erro', answer: ack.answer };
    } catch (error) {
      this.log.error({ err: error, transactionId }, 'a result request could not be settled');
      return erroAnswer(
        errorMessage({
          code: '403',
          component: 'S',
          detail: 'Transient failure',
          messageType: 'RReq',
          ids: { threeDSServerTransID: transactionId },
        }),
      );
    }
  }
}

/** An answer and its message type, for the log. */
interface Labelled {
  messageType: 'RRes' | 'Erro' | 'none';
  /** For the metric, where the message type does not say it all. */
  label?: string;
  answer: NoticeAnswer;
}

interface Receipt {
  answer: Labelled;
  transactionId: string | undefined;
}

const ACKNOWLEDGED: Labelled = {
  messageType: 'none',
  answer: { status: 200, contentType: 'text/plain; charset=utf-8', body: '' },
};

function erroAnswer(erro: Erro): Labelled {
  return { messageType: 'Erro', answer: messageAnswer(erro) };
}

/** The proof travels beside the notice, so that the notice can be kept. */
function validDelivery(rreq: RReq): Delivery {
  const { threeDSServerTransID, acsTransID, dsTransID } = rreq;
  return {
    noticeId: sha256(canonicalJson(rreq)),
    transactionId: threeDSServerTransID.toLowerCase(),
    notice: maskMessage(rreq),
    secrets:
      rreq.authenticationValue === undefined ? {} : { authenticationValue: new Secret(rreq.authenticationValue) },
    unknown: errorMessage({
      code: '301',
      component: 'S',
      detail: 'threeDSServerTransID',
      messageType: 'RReq',
      messageVersion: rreq.messageVersion,
      ids: { threeDSServerTransID, acsTransID, dsTransID },
    }),
  };
}

/** An RReq that cannot be read may still end the attempt it names; any other message only gets its Erro. */
function invalidDelivery(body: Uint8Array, error: ProtocolError): Delivery | null {
  const { threeDSServerTransID } = error.ids;
  if (error.messageType !== 'RReq' || threeDSServerTransID === undefined) return null;
  const notice: InvalidRReq = {
    messageType: 'RReq',
    invalid: { code: error.code, description: error.description, detail: error.detail },
    ids: error.ids,
  };
  return {
    noticeId: sha256(body),
    transactionId: threeDSServerTransID.toLowerCase(),
    notice: { ...notice },
    secrets: {},
    unknown: error.toErro(),
  };
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
