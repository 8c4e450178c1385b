import { NOTICE_INBOX, type NoticeInbox } from '@app/authentication-port';
import { encodeId } from '@app/kernel';
import { LOG, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { closingPage, NEUTRAL_PAGE, relayPage, type ReturnPage } from './challenge-page';
import { CONNECTOR_ID } from './checkout.settings';
import { InboundAddress } from './inbound-address';
import { referenceKey } from './reference';

/**
 * The issuer's challenge page sent the browser here, because the upstream was given this address. It tells that the
 * cardholder came back, and takes the browser on to the merchant's own address or to our own page where there is one.
 */
@Injectable()
export class ChallengeReturnPage {
  constructor(
    // Looked up when somebody returns: the inbox lives in a module that may itself import this one.
    private readonly modules: ModuleRef,
    private readonly addresses: InboundAddress,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** `form` as the browser posted it, to the address that ends in `lastPart`. Never throws: a stranger sees the neutral page. */
  async receive(lastPart: string, form: string): Promise<ReturnPage> {
    const sessionId = this.addresses.sessionOf('challenge', lastPart);
    if (sessionId === null) return NEUTRAL_PAGE;
    try {
      const inbox = this.modules.get<NoticeInbox>(NOTICE_INBOX, { strict: false });
      const fields = new URLSearchParams(form);
      const sessionData = fields.get('threeDSSessionData') || undefined;
      const told = await inbox.challengeReturned(CONNECTOR_ID, referenceKey(sessionId), sessionData);
      const session = encodeId('session', sessionId);
      this.log.info({ connector: CONNECTOR_ID, verb: 'CRes', session, known: told.known }, 'challenge returned');
      if (!told.known) return NEUTRAL_PAGE;
      return told.notificationUrl === null ? closingPage(told.returnUrl) : relayPage(told.notificationUrl, fields);
    } catch (error) {
      // The page must not break for the cardholder; the deadline settles what this call did not.
      this.log.error({ err: error }, 'challenge return could not be told');
      return NEUTRAL_PAGE;
    }
  }
}
