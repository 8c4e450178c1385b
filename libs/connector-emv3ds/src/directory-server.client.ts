import type { DirectoryServerId } from '@app/kernel';
import { LOG, Metrics, OutboundFailure, OutboundHttp, type Logger, type OutboundFailureReason } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { CONNECTOR_ID, MESSAGE_CONTENT_TYPE } from './emv3ds.settings';

/** One message to one directory server. */
export interface DirectoryServerCall {
  directoryServer: DirectoryServerId;
  url: string;
  verb: 'AReq' | 'PReq' | 'Erro';
  /** The 3DS Server transaction id, for the log. */
  transactionId: string;
  body: string;
  /** From the first connection to the last byte of the answer, the second connection included. */
  budgetMs: number;
  maxBytes?: number;
}

/** An answer of any status, or why there is none. `requestSent` is false only when nothing can have arrived. */
export type DirectoryServerReply =
  | { outcome: 'answered'; status: number; body: Buffer; latencyMs: number }
  | { outcome: 'failed'; reason: OutboundFailureReason; requestSent: boolean; latencyMs: number };

/** Whether nobody was found to connect to, who may be found at another try. */
export const isUnreached = (reply: DirectoryServerReply): boolean =>
  reply.outcome === 'failed' && !reply.requestSent && (reply.reason === 'refused' || reply.reason === 'unresolvable');

/** The link to directory servers (emv-3ds.md section 1.2): HTTP only, it does not read what it carries. */
@Injectable()
export class DirectoryServerClient {
  private readonly calls: Counter<'directory_server' | 'verb' | 'outcome'>;
  private readonly seconds: Histogram<'directory_server' | 'verb'>;

  constructor(
    private readonly http: OutboundHttp,
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.calls = metrics.counter('directory_server_calls_total', 'Messages sent to directory servers, by outcome', [
      'directory_server',
      'verb',
      'outcome',
    ]);
    this.seconds = metrics.histogram('directory_server_call_seconds', 'How long directory servers took to answer', [
      'directory_server',
      'verb',
    ]);
  }

  /** Posts the message; connects a second time at once when no connection stood (section 1.8). Never throws. */
  async send(call: DirectoryServerCall): Promise<DirectoryServerReply> {
    const startedAt = performance.now();
    let reply = await this.post(call, startedAt);
    if (isUnreached(reply)) reply = await this.post(call, startedAt);
    const latencyMs = performance.now() - startedAt;
    const outcome = reply.outcome === 'answered' ? String(reply.status) : reply.reason;
    this.calls.inc({ directory_server: call.directoryServer, verb: call.verb, outcome });
    this.seconds.observe({ directory_server: call.directoryServer, verb: call.verb }, latencyMs / 1000);
    this.log.info(
      {
        connector: CONNECTOR_ID,
        verb: call.verb,
        directoryServer: call.directoryServer,
        status: outcome,
        ms: Math.round(latencyMs),
        transactionId: call.transactionId,
      },
      'upstream call',
    );
    return { ...reply, latencyMs };
  }

  private async post(call: DirectoryServerCall, startedAt: number): Promise<DirectoryServerReply> {
    const timeoutMs = call.budgetMs - (performance.now() - startedAt);
    if (timeoutMs <= 0) return { outcome: 'failed', reason: 'refused', requestSent: false, latencyMs: 0 };
    try {
      const { status, body, latencyMs } = await this.http.request({
        method: 'POST',
        url: call.url,
        chosenBy: 'operator',
        headers: { 'content-type': MESSAGE_CONTENT_TYPE, accept: 'application/json' },
        body: call.body,
        timeoutMs,
        ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
      });
      return { outcome: 'answered', status, body, latencyMs };
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      return { outcome: 'failed', reason: error.reason, requestSent: error.requestSent, latencyMs: 0 };
    }
  }
}
