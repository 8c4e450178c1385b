import { NOTICE_INBOX, type NoticeInbox, type TransStatus } from '@app/authentication-port';
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
    const { transactionId, claim } = readMessage(form);
    const sessionData = sessionDataIn(form);
    const isSilent = transactionId === null && sessionData === undefined;
    const returnUrl = isSilent ? null : await this.tell(transactionId, sessionData, claim);
    return notificationPage('challenge-returned', { returnUrl });
  }

  private async tell(
    transactionId: string | null,
    sessionData: string | undefined,
    claim: TransStatus | undefined,
  ): Promise<string | null> {
    try {
      const inbox = this.modules.get<NoticeInbox>(NOTICE_INBOX, { strict: false });
      const told = await inbox.challengeReturned(CONNECTOR_ID, transactionId, sessionData, claim);
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

/** What a browser brings back: the transaction, and how it ended as the browser has it. */
interface Brought {
  readonly transactionId: string | null;
  readonly claim?: TransStatus | undefined;
}

/** What a `cres` (or an Erro in its place) says, as far as it can be read. */
function readMessage(form: unknown): Brought {
  const { cres, erro } = (form ?? {}) as { cres?: unknown; erro?: unknown };
  const text = cres ?? erro;
  if (typeof text !== 'string') return { transactionId: null };
  try {
    const message = decodeMessage(text, { expect: ['CRes', 'Erro'], receiver: 'S' });
    const claim = message.messageType === 'CRes' ? message.transStatus : undefined;
    return { transactionId: message.threeDSServerTransID?.toLowerCase() ?? null, claim };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { transactionId: error.ids.threeDSServerTransID?.toLowerCase() ?? null };
  }
}
