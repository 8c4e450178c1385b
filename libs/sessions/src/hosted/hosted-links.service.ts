import { DataKeyring } from '@app/cards';
import { randomBytes, Secret, type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { hashToken, linkForgottenAt, type NewLink } from '../domain/hosted-link';
import { linkTokenContext } from '../domain/sealing-contexts';
import type { Session } from '../domain/session';
import { HostedLinkRepository } from '../persistence/hosted-link.repository';

/** A link just made: its token, and what is stored of it. */
export interface MadeLink {
  token: Secret;
  link: NewLink;
}

/** Makes the links of hosted sessions, and tells them again. */
@Injectable()
export class HostedLinks {
  constructor(
    private readonly repository: HostedLinkRepository,
    private readonly keyring: DataKeyring,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The link of a session that is being created; null for one that is not hosted. Nothing is stored yet. */
  make(session: Session): MadeLink | null {
    if (session.flow !== 'hosted') return null;
    const token = randomBytes(32).toString('base64url');
    const link = {
      tokenHash: hashToken(token),
      sessionId: session.id,
      merchantId: session.merchantId,
      // It lives as long as the session's other secret, and is as much of one.
      tokenSealed: this.keyring.seal('session_secret', Buffer.from(token), linkTokenContext(session.id)),
      createdAt: session.createdAt,
      forgetAt: linkForgottenAt(session),
    };
    return { token: new Secret(token), link };
  }

  /** The token of a hosted session's link; null when there is none, or it can be read no more. */
  async tokenOf(session: Session): Promise<Secret | null> {
    if (session.flow !== 'hosted') return null;
    const sealed = await this.repository.findSealedToken(session.id, session.merchantId);
    const token = sealed && (await this.keyring.open(sealed, linkTokenContext(session.id)));
    return token && new Secret(token.toString());
  }

  /** The issuer's page sent the cardholder of a hosted session back. */
  noteReturn(session: Session): Promise<void> {
    return this.repository.noteReturn(session, this.clock.now());
  }
}
