import type { AttemptRequest, Source } from '@app/authentication-port';
import { CardVault, DataKeyring, type PreparedCard } from '@app/cards';
import type { Channel } from '@app/credentials';
import { newUuidV7, randomBytes, schemeOfDigits, Secret, type Clock } from '@app/kernel';
import { CLOCK, PublicAddress } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { cardOf, requestOf } from '../attempt-builder';
import { hashSecret } from '../caller';
import { ConnectorRegistry } from '../connector-registry';
import type { Change } from '../domain/changes';
import type { NewLink } from '../domain/hosted-link';
import { needsOf } from '../domain/needs';
import { openSession, type CreateSession } from '../domain/new-session';
import { planRoute, routeStory } from '../domain/route-plan';
import { sessionSecretContext } from '../domain/sealing-contexts';
import type { Session } from '../domain/session';
import { HostedLinks } from '../hosted/hosted-links.service';
import { FINISHED_PATH } from '../hosted/hosted.settings';
import { SessionReader } from '../session-reader.service';
import { turnedAway } from '../sessions.errors';
import { notRetriable } from './retry.errors';

/** A session that stands in for another one, made and not stored. */
export interface Successor {
  readonly created: Change;
  readonly card: PreparedCard | null;
  readonly link: NewLink;
  readonly linkToken: Secret;
  readonly channel: Channel;
}

/**
 * Makes the session that stands in for one that is final: the same request, always hosted, with a link that lives as long as
 * is wanted. Nothing is asked of anybody before the cardholder opens the link, of an upstream neither: its own session would
 * not live as long.
 */
@Injectable()
export class Successors {
  constructor(
    private readonly connectors: ConnectorRegistry,
    private readonly vault: CardVault,
    private readonly keyring: DataKeyring,
    private readonly links: HostedLinks,
    private readonly reader: SessionReader,
    private readonly address: PublicAddress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param actor wire id of who wants it
   * @throws NotAllowed when its card is gone, or cannot be authenticated any more
   */
  async make(session: Session, actor: string, lifeMinutes: number): Promise<Successor> {
    const channel = await this.reader.channelOf(session);
    const command = await this.commandOf(session);
    const at = this.clock.now();
    const id = newUuidV7(at);
    const { merchantId } = session;
    const request = requestOf(command, { sessionId: id, merchantId, at }, channel);
    const { route, story } = this.routeOf(command, request, channel);
    const secret = `sek_${randomBytes(32).toString('base64')}`;
    const context = {
      id,
      at,
      merchantId,
      environment: session.environment,
      accessKeyId: session.accessKeyId,
      actor,
      channelId: channel.id,
      connector: route.connector.id,
      route: story,
      sessionMinutes: channel.sessionMinutes,
      retry: { of: session.id, lifeMinutes, instrumentId: session.instrumentId },
      cardRetentionMinutes: channel.cardRetentionMinutes,
      scopeChannel: session.scopeChannel,
      secretHash: hashSecret(secret),
      secretSealed: this.keyring.seal('session_secret', Buffer.from(secret), sessionSecretContext(id)),
    };
    await this.vault.warm(merchantId);
    const number = cardOf(command.source);
    const card = number && this.vault.prepare({ ...number, sessionId: id, merchantId });
    const created = openSession(command, context, route.plan, card);
    const made = this.links.make(created.session);
    if (!made) throw new Error('A successor is always hosted');
    return { created, card, link: made.link, linkToken: made.token, channel };
  }

  private async commandOf(session: Session): Promise<CreateSession> {
    const { details } = session;
    const hasNumber = details.source.reference === undefined;
    const card = hasNumber ? await this.vault.find(session.id, session.merchantId) : null;
    if (hasNumber && !card) throw notRetriable('card_data_erased');
    const finished = this.address.url + FINISHED_PATH;
    return {
      channelId: session.channelId,
      source: { ...details.source, ...card } as Source,
      keepsCard: false,
      amountMinor: session.amountMinor,
      currency: session.currency,
      reference: session.reference,
      details,
      device: null,
      methodCompletion: null,
      callbackUrl: session.callbackUrl,
      challengeNotificationUrl: null,
      // A merchant that had its own page told no address to go back to.
      returnUrls: session.returnUrls ?? { success: finished, failure: finished },
    };
  }

  private routeOf(command: CreateSession, request: AttemptRequest, channel: Channel) {
    const { source, currency, amountMinor } = command;
    const number = cardOf(source)?.number;
    const scheme = source.scheme ?? (number && schemeOfDigits(number.bin));
    const question = { currency, amountMinor, flow: 'browser' as const, ...(scheme == null ? {} : { scheme }) };
    const candidates = this.connectors.candidates(channel, question, [...needsOf(command), 'browser']);
    const route = planRoute(candidates, request);
    if (route.outcome === 'refused') throw turnedAway(route.code);
    return { route, story: routeStory(candidates, route) };
  }
}
