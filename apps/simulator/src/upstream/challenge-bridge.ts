/** Hands a challenged session to the simulator's bank, whose result comes back as an RReq to `/upstream/3ds-server`. */
import { Injectable } from '@nestjs/common';
import { currencyOf, directoryServerOf } from '@app/kernel';
import { ChallengeService } from '../acs/challenge.service';
import type { Transaction } from '../transactions/transaction';
import { TransactionStore } from '../transactions/transaction.store';
import type { Json, UpstreamSession } from './session';

/** Opens challenges; everything after that is the bank's. */
@Injectable()
export class ChallengeBridge {
  constructor(
    private readonly transactions: TransactionStore,
    private readonly challenges: ChallengeService,
  ) {}

  /** `base` is the address of `/upstream`. */
  open(session: UpstreamSession, base: string): void {
    const { request } = session;
    const currency = currencyOf(String(request['currency']));
    const amount = request['amount'];
    const transaction: Transaction = {
      threeDSServerTransID: session.transactionId,
      acsTransID: session.acsTransactionId,
      dsTransID: session.dsTransactionId,
      directoryServer: directoryServerOf(session.scheme),
      messageVersion: '2.2.0',
      messageCategory: amount === undefined ? '02' : '01',
      threeDSServerURL: `${base}/3ds-server`,
      notificationURL: notificationUrlOf(session, base),
      receivedAt: new Date(session.createdAt),
      purchase: {
        merchantName: merchantNameOf(request),
        lastFour: session.lastFour,
        scheme: session.scheme,
        amount:
          typeof amount !== 'number' || currency === null
            ? null
            : { minor: String(amount), currency: currency.code, exponent: currency.exponent },
      },
      behaviour: session.behaviour,
      script: null,
      eciSeries: session.eciSeries,
      areq: { upstreamSession: session.id },
      ares: null,
      challenge: null,
      rreqs: [],
      erros: [],
    };
    this.transactions.add(transaction);
    this.challenges.open(transaction);
  }
}

/** The merchant's own page, or the upstream's where it has none (sessions-api.md section 7.3). */
function notificationUrlOf(session: UpstreamSession, base: string): string {
  const own = (session.request['completion'] as Json)['challenge_notification_url'];
  return typeof own === 'string' && !session.hosted ? own : `${base}/challenge-return/${session.id}`;
}

function merchantNameOf(request: Json): string {
  const descriptor = request['billing_descriptor'];
  const name = typeof descriptor === 'object' && descriptor !== null ? (descriptor as Json)['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : 'A merchant of the upstream';
}
