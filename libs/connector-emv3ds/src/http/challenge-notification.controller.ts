import { NOTICE_INBOX, type NoticeInbox } from '@app/authentication-port';
import { decodeMessage, NOTIFICATION_POLICY, notificationPage, ProtocolError } from '@app/emv3ds';
import { LOG, type Logger } from '@app/platform';
import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CONNECTOR_ID, NOTIFICATION_PATH } from '../emv3ds.settings';

/** As the protocol bounds it. */
const MAX_SESSION_DATA = 1_024;

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

  /**
   * Answers the same neutral page to everything, so that a stranger learns nothing. A browser that brings back what our own
   * page gave to the issuer is taken back to that page.
   */
  @Post(NOTIFICATION_PATH)
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', NOTIFICATION_POLICY)
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async receive(@Body() form: unknown): Promise<string> {
    const transactionId = transactionIdOf(form);
    const sessionData = sessionDataIn(form);
    const isSilent = transactionId === null && sessionData === undefined;
    const returnUrl = isSilent ? null : await this.tell(transactionId, sessionData);
    return notificationPage('challenge-returned', { returnUrl });
  }

  private async tell(transactionId: string | null, sessionData: string | undefined): Promise<string | null> {
    try {
      const inbox = this.modules.get<NoticeInbox>(NOTICE_INBOX, { strict: false });
      const told = await inbox.challengeReturned(CONNECTOR_ID, transactionId, sessionData);
      this.log.info({ connector: CONNECTOR_ID, verb: 'CRes', transactionId, known: told.known }, 'challenge returned');
      return told.known ? told.returnUrl : null;
    } catch (error) {
      // The page must not break for the cardholder; the deadline settles what this call did not.
      this.log.error({ err: error, transactionId }, 'challenge return could not be told');
      return null;
    }
  }
}

/** What was given to the issuer beside the CReq (emv-3ds.md section 5.5). */
function sessionDataIn(form: unknown): string | undefined {
  const { threeDSSessionData: text } = (form ?? {}) as { threeDSSessionData?: unknown };
  return typeof text === 'string' && text !== '' ? text.slice(0, MAX_SESSION_DATA) : undefined;
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
