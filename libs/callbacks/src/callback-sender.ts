import { encodeId, SystemClock } from '@app/kernel';
import { MerchantDirectory } from '@app/credentials';
import { LOG, OutboundFailure, OutboundHttp, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CallbackSecrets, CallbackSubject } from './callback-subject';
import type { CallbackPayload, ClaimedCallback, TryResult } from './domain/callback-message';
import { problemOfStatus, type DeliveryProblem } from './domain/delivery-problem';
import { webhookHeaders } from './standard-webhook';

/** Longest answer that is read; only its status counts. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Receivers compare `webhook-timestamp` with the time of their own machine, so it is the true time even where ours is
 * scaled.
 */
const outsideTime = new SystemClock();

/** Makes one try: body, signature, request. It stores nothing and never throws: what went wrong is in the result. */
@Injectable()
export class CallbackSender {
  constructor(
    private readonly directory: MerchantDirectory,
    private readonly http: OutboundHttp,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Sends once; any 2xx within `timeoutMs` is an acknowledgement. */
  async send(message: ClaimedCallback, subject: CallbackSubject, timeoutMs: number): Promise<TryResult> {
    const startedAt = performance.now();
    const failed = (problem: DeliveryProblem): TryResult => ({
      status: null,
      problem,
      latencyMs: performance.now() - startedAt,
    });
    try {
      const channel = await this.directory.channel(message.merchantId, message.environment, message.channelId);
      // Without the channel we cannot know whether to sign, and an unsigned message must not stand in for a signed one.
      if (!channel) return failed('channel_missing');
      const body = bodyOf(message.payload, await secretsOf(message, subject));
      const headers = webhookHeaders(encodeId('message', message.id), outsideTime.now(), body, channel.webhookSecret);
      const response = await this.http.request({
        method: 'POST',
        url: message.url,
        headers,
        body,
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      });
      return { status: response.status, problem: problemOfStatus(response.status), latencyMs: response.latencyMs };
    } catch (error) {
      if (error instanceof OutboundFailure) return failed(error.reason);
      this.log.error({ err: error, message: encodeId('message', message.id) }, 'callback could not be prepared');
      return failed('not_prepared');
    }
  }
}

/** Other messages are about a session that has no result when they are written, and stay as they are. */
async function secretsOf(message: ClaimedCallback, subject: CallbackSubject): Promise<CallbackSecrets> {
  return message.kind === 'session_completed' ? subject.secrets(message.sessionId, message.merchantId) : {};
}

function bodyOf(payload: CallbackPayload, secrets: CallbackSecrets): string {
  return JSON.stringify({
    ...payload,
    cryptogram: secrets.cryptogram?.expose(),
    eci: secrets.eci ?? payload['eci'],
    xid: secrets.xid,
  });
}
