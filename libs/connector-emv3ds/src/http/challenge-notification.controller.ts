import { NOTICE_INBOX, type NoticeInbox } from '@app/authentication-port';
import { decodeMessage, ProtocolError } from '@app/emv3ds';
import { LOG, type Logger } from '@app/platform';
import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CONNECTOR_ID, NOTIFICATION_PATH } from '../emv3ds.settings';
import { NOTIFICATION_POLICY, notificationPage } from './notification-page';

const PAGE = notificationPage('challenge-returned');

/**
 * Our own notificationURL, for merchants without one: the issuer's challenge page posts its end here. It tells that the
 * cardholder came back and nothing else; the result is the RReq's, never the browser's (emv-3ds.md section 5.2).
 */
@Controller()
export class ChallengeNotificationController {
  constructor(
    private readonly modules: ModuleRef,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Answers the same neutral page to everything, so that a stranger learns nothing. */
  @Post(NOTIFICATION_PATH)
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', NOTIFICATION_POLICY)
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async receive(@Body() form: unknown): Promise<string> {
    const transactionId = transactionIdOf(form);
    if (transactionId !== null) await this.tell(transactionId);
    return PAGE;
  }

  private async tell(transactionId: string): Promise<void> {
    try {
      const inbox = this.modules.get<NoticeInbox>(NOTICE_INBOX, { strict: false });
      const { known } = await inbox.challengeReturned(CONNECTOR_ID, transactionId);
      this.log.info({ connector: CONNECTOR_ID, verb: 'CRes', transactionId, known }, 'challenge returned');
    } catch (error) {
      // The page must not break for the cardholder; the deadline settles what this call did not.
      this.log.error({ err: error, transactionId }, 'challenge return could not be told');
    }
  }
}

/** The transaction that a `cres` (or an Erro in its place) names, as far as it can be read. */
function transactionIdOf(form: unknown): string | null {
  const { cres, erro } = (form ?? {}) as { cres?: unknown; erro?: unknown };
  const text = cres ?? erro;
  if (typeof text !== 'string') return null;
  try {
    const message = decodeMessage(text, { expect: ['CRes', 'Erro'], receiver: 'S' });
    return message.threeDSServerTransID?.toLowerCase() ?? null;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.ids.threeDSServerTransID?.toLowerCase() ?? null;
  }
}
