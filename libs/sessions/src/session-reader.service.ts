import { CardVault, DataKeyring } from '@app/cards';
import { MerchantDirectory, type Channel } from '@app/credentials';
import { NotAllowed, NotFound, Secret, type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredCard } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { assertScope, assertSecretAlive, secretMatches, type Caller } from './caller';
import { sessionSecretContext } from './domain/sealing-contexts';
import type { Session } from './domain/session';
import { stateForbids } from './domain/session.machine';
import { HostedLinks } from './hosted/hosted-links.service';
import { SessionRepository } from './persistence/session.repository';
import type { SessionView } from './session-view';

/** Reads sessions for callers: whose they are, what each may see, and what is needed to go on with them. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly repository: SessionRepository,
    private readonly directory: MerchantDirectory,
    private readonly vault: CardVault,
    private readonly values: AuthenticationValues,
    private readonly keyring: DataKeyring,
    private readonly links: HostedLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotFound for another merchant's too, Unauthenticated, NotAllowed (scope) */
  async read(caller: Caller, id: string): Promise<Session> {
    if (caller.kind === 'token') {
      const { actor } = caller;
      const session = await this.repository.findOfMerchant(id, actor.merchantId, actor.environment);
      if (!session) throw new NotFound('session');
      assertScope(actor, session.scopeChannel);
      return session;
    }
    const session = await this.repository.findById(id);
    if (!session || !isOf(caller, session)) throw new NotFound('session');
    if (caller.kind === 'secret') assertSecretAlive(session, this.clock.now());
    return session;
  }

  /** A session as this caller may see it. */
  async view(caller: Caller, session: Session): Promise<SessionView> {
    const isToBeSent = session.status === 'pending' && caller.kind !== 'cardholder';
    const linkToken = isToBeSent ? await this.links.tokenOf(session) : null;
    if (caller.kind !== 'token') {
      return { session, visibility: 'secret', secret: null, linkToken, authenticationValue: null };
    }
    const secret = await this.keyring.open(session.secretSealed, sessionSecretContext(session.id));
    return {
      session,
      visibility: 'token',
      secret: secret === null ? null : new Secret(secret.toString()),
      linkToken,
      authenticationValue: await this.values.open(session),
    };
  }

  /** @throws NotAllowed `processing_channel_disabled` */
  async channelOf(session: Session): Promise<Channel> {
    const channel = await this.directory.channel(session.merchantId, session.environment, session.channelId);
    if (!channel) throw new NotAllowed('processing_channel_disabled', 'The processing channel is gone');
    return channel;
  }

  /** The channel, and the card where the source has a number. @throws NotAllowed when either is gone */
  async forAsking(session: Session): Promise<{ channel: Channel; card: StoredCard | null }> {
    const channel = await this.channelOf(session);
    const hasNumber = session.details.source.reference === undefined;
    const card = hasNumber ? await this.vault.find(session.id, session.merchantId) : null;
    if (hasNumber && !card) throw stateForbids('The card data of the session is gone');
    return { channel, card };
  }
}

/** Whether a session is the one that a caller has the key of. */
function isOf(caller: Exclude<Caller, { kind: 'token' }>, session: Session): boolean {
  return caller.kind === 'secret' ? secretMatches(session, caller.secret) : caller.sessionId === session.id;
}
