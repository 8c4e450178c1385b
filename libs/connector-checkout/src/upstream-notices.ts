import {
  NOTICE_INBOX,
  type MaskedNotice,
  type NoticeAnswer,
  type NoticeInbox,
  type NoticeOwner,
} from '@app/authentication-port';
import { ConnectorAccounts } from '@app/credentials';
import { encodeId } from '@app/kernel';
import { LOG, Metrics, within, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { createHash } from 'node:crypto';
import { CONNECTOR_ID, NOTICE_ANSWER_WITHIN_MS } from './checkout.settings';
import { InboundAddress } from './inbound-address';
import { masked } from './masking';
import { ACKNOWLEDGED, type CheckoutNotice } from './notice.mapper';
import { referenceKey } from './reference';
import { sessionKey } from './response.mapper';
import { isSigned, readWebhook } from './webhook';

/** A notice on its way to the inbox. */
interface Delivery {
  noticeId: string;
  key: string;
  notice: CheckoutNotice;
  owner?: NoticeOwner;
}

type Outcome = 'taken' | 'ignored' | 'unreadable' | 'unknown_address' | 'not_signed' | 'failed';

const empty = (status: number): NoticeAnswer => ({ ...ACKNOWLEDGED, status });

/**
 * Takes what the upstream tells to the attempts that it concerns. A webhook is believed to be the account's when it is
 * signed; a callback when it comes to the address that the session gave. Neither says how a session ended: they make us ask.
 */
@Injectable()
export class UpstreamNotices {
  private readonly came;

  constructor(
    // Looked up when the first notice comes: the inbox lives in a module that may itself import this one.
    private readonly modules: ModuleRef,
    private readonly accounts: ConnectorAccounts,
    private readonly addresses: InboundAddress,
    metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.came = metrics.counter(
      'upstream_notices_total',
      'Webhooks and callbacks of upstreams, by what became of them',
      ['kind', 'outcome'],
    );
  }

  /** `body` as it came at the address that ends in `token`, with its `Cko-Signature`. Never throws. */
  async webhook(token: string, body: Uint8Array, signature: string): Promise<NoticeAnswer> {
    return this.answered('webhook', async () => {
      const account = await this.accounts.byWebhookAddress(token);
      if (!account) return ['unknown_address', empty(404)];
      if (!isSigned(body, signature, account.webhookKeys)) {
        this.log.warn({ accountId: account.id, keys: account.webhookKeys.length }, 'a webhook is not signed as agreed');
        return ['not_signed', empty(401)];
      }
      const reading = readWebhook(body);
      if (reading.is !== 'event') {
        // It would never get better: a refusal would only make it come again.
        if (reading.is === 'unreadable') this.log.warn({ accountId: account.id }, 'a webhook cannot be read');
        return [reading.is === 'unreadable' ? 'unreadable' : 'ignored', ACKNOWLEDGED];
      }
      const { eventId, upstreamId, sessionId } = reading;
      return this.deliver({
        noticeId: `webhook:${account.id}:${eventId}`,
        key: sessionId === undefined ? sessionKey(upstreamId ?? '') : referenceKey(sessionId),
        notice: { kind: 'webhook', ...(upstreamId === undefined ? {} : { upstreamId }), body: masked(reading.body) },
        owner: { merchantId: account.merchantId, environment: account.environment },
      });
    });
  }

  /** What came at the callback address that ends in `lastPart`. Never throws. */
  async callback(lastPart: string, body: Uint8Array): Promise<NoticeAnswer> {
    return this.answered('callback', async () => {
      const sessionId = this.addresses.sessionOf('callback', lastPart);
      if (sessionId === null) return ['unknown_address', empty(404)];
      const json = objectIn(body);
      const told = json['session_id'];
      return this.deliver({
        noticeId: `callback:${encodeId('session', sessionId)}:${createHash('sha256').update(body).digest('hex')}`,
        key: referenceKey(sessionId),
        notice: {
          kind: 'callback',
          ...(typeof told === 'string' && /^sid_\w{26}$/.test(told) ? { upstreamId: told } : {}),
          body: masked(json),
        },
      });
    });
  }

  private async deliver({ noticeId, key, notice, owner }: Delivery): Promise<[Outcome, NoticeAnswer]> {
    const inbox = this.modules.get<NoticeInbox>(NOTICE_INBOX, { strict: false });
    const ack = await within(
      NOTICE_ANSWER_WITHIN_MS,
      inbox.accept(CONNECTOR_ID, noticeId, key, notice as unknown as MaskedNotice, {}, owner),
    );
    if (ack === null) throw new Error(`Not settled within ${NOTICE_ANSWER_WITHIN_MS} ms`);
    // A session that is not ours: the account has a life of its own beside us.
    return ack.outcome === 'unknown' ? ['ignored', ACKNOWLEDGED] : ['taken', ack.answer];
  }

  private async answered(
    kind: CheckoutNotice['kind'],
    act: () => Promise<[Outcome, NoticeAnswer]>,
  ): Promise<NoticeAnswer> {
    const startedAt = performance.now();
    let outcome: Outcome = 'failed';
    let answer = empty(503);
    try {
      [outcome, answer] = await act();
    } catch (error) {
      // The upstream sends it again.
      this.log.error({ err: error, kind }, 'an upstream notice could not be taken');
    }
    this.came.inc({ kind, outcome });
    const ms = Math.round(performance.now() - startedAt);
    this.log.info({ connector: CONNECTOR_ID, verb: kind, status: outcome, ms }, 'notice answered');
    return answer;
  }
}

function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
