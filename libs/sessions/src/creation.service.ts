import type { AttemptRequest, AuthenticationConnector } from '@app/authentication-port';
import { CardBins, CardVault, DataKeyring, type PreparedCard } from '@app/cards';
import { MerchantDirectory, type AccessTokenActor, type Channel, type RouteQuestion } from '@app/credentials';
import { InvalidRequest, newUuidV7, randomBytes, schemeOfDigits, Secret, type Clock } from '@app/kernel';
import { CLOCK, isUniqueViolation, within } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { cardOf, requestOf } from './attempt-builder';
import { AuthenticationValues } from './authentication-values';
import { CardSources, type CardClaim } from './card-sources.service';
import { actorName, assertScope, boundChannel, hashSecret } from './caller';
import { ConnectorRegistry, type Candidate } from './connector-registry';
import { abandonAttempt, beginAttempt } from './domain/attempt-changes';
import { followedBy, sendRequest } from './domain/changes';
import { minutesAfter } from './domain/deadlines';
import { scopeOf, scopeToOpen } from './domain/device';
import { needsOf } from './domain/needs';
import {
  openSession,
  plannedAttempt,
  refuseSession,
  type CreateSession,
  type CreationContext,
} from './domain/new-session';
import { goesOutAtOnce, isMethodHeard, planRoute, routeStory, type PlannedRoute } from './domain/route-plan';
import { sessionSecretContext } from './domain/sealing-contexts';
import type { Session } from './domain/session';
import { HostedLinks } from './hosted/hosted-links.service';
import { IssuerDialogue, type FailOver } from './issuer-dialogue';
import { SessionRepository } from './persistence/session.repository';
import { SessionReader } from './session-reader.service';
import type { SessionView } from './session-view';
import { SessionWriter } from './session-writer.service';
import { anotherTryWasFaster, refusedBy, turnedAway } from './sessions.errors';
import type { Answer } from './step-store.service';

/** A session just made, and whether the issuer side was asked (201) or the merchant's turn comes first (202). */
export interface CreatedSession {
  view: SessionView;
  asked: boolean;
}

/** So long is waited for that a card's BIN is noted, which takes a millisecond. */
const NOTED_MS = 200;

/** What is known of a session while it is being made. */
interface Making {
  /** With its card at hand, where we have it. */
  command: CreateSession;
  claim: CardClaim | null;
  channel: Channel;
  request: AttemptRequest;
  context: CreationContext;
}

/** How a session begins: a connector is chosen and planned, all is stored, then it is asked; else the next one is. */
@Injectable()
export class SessionCreation {
  constructor(
    private readonly repository: SessionRepository,
    private readonly connectors: ConnectorRegistry,
    private readonly dialogue: IssuerDialogue,
    private readonly directory: MerchantDirectory,
    private readonly vault: CardVault,
    private readonly bins: CardBins,
    private readonly sources: CardSources,
    private readonly values: AuthenticationValues,
    private readonly keyring: DataKeyring,
    private readonly links: HostedLinks,
    private readonly writer: SessionWriter,
    private readonly reader: SessionReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** See `SessionsService.create`. */
  async create(actor: AccessTokenActor, asked: CreateSession, sessionId?: string): Promise<CreatedSession> {
    assertScope(actor, scopeToOpen(asked));
    const channel = await this.channelFor(actor, asked.channelId);
    const { command, claim } = await this.sources.resolve(actor, asked, sessionId);
    const candidates = this.connectors.candidates(channel, questionOf(actor, command), needsOf(command));
    const at = this.clock.now();
    const id = sessionId ?? newUuidV7(at);
    const request = requestOf(command, { sessionId: id, merchantId: actor.merchantId, at }, channel);
    const secret = new Secret(`sek_${randomBytes(32).toString('base64')}`);
    const route = planRoute(candidates, request);
    // Beside all that follows, and never waited for longer than a moment: no payment depends on it.
    const noted = within(NOTED_MS, this.bins.see(actor.environment, cardOf(command.source)?.number.bin ?? null));
    const context = this.contextOf(actor, channel, { id, at, secret, command }, candidates, route);
    if (route.outcome === 'refused') {
      const scheme = route.scheme ?? command.source.scheme ?? null;
      await onlyOnce(this.repository.insertRefused(refuseSession(command, context, { code: route.code, scheme })));
      await noted;
      throw turnedAway(route.code);
    }
    const { session, refused, linkToken } = await this.begin({ command, claim, channel, request, context }, route);
    await noted;
    if (refused) throw refusedBy(refused);
    return {
      view: { session, visibility: 'token', secret, linkToken, authenticationValue: await this.values.open(session) },
      asked: session.status !== 'pending',
    };
  }

  /**
   * A session that an earlier try of the same request has made, as its answer would tell it now; null when none was.
   * One that its connector had not opened yet is opened again: nothing of it can have reached an issuer.
   * @throws NotAllowed or InvalidRequest when the earlier try was refused
   */
  async recover(actor: AccessTokenActor, id: string): Promise<CreatedSession | null> {
    const found = await this.repository.findOfMerchant(id, actor.merchantId, actor.environment);
    if (!found) {
      const refusal = await this.repository.findRefusal(id, actor.merchantId, actor.environment);
      if (refusal) throw refusedBy(refusal);
      return null;
    }
    const session = await this.openAgain(found);
    return {
      view: await this.reader.view({ kind: 'token', actor }, session),
      asked: session.status !== 'pending',
    };
  }

  private async begin(
    making: Making,
    route: PlannedRoute<AuthenticationConnector>,
  ): Promise<Answer & { linkToken: Secret | null }> {
    const { command, claim, channel, context } = making;
    const { plan } = route;
    const card = await this.prepare(making);
    const asks = goesOutAtOnce(plan, command.device, command.methodCompletion);
    // U says nothing about a method that exists: the merchant still has to run it.
    const heard = isMethodHeard(plan, command.device, command.methodCompletion);
    const opened = openSession(
      { ...command, methodCompletion: heard ? command.methodCompletion : null },
      context,
      plan,
      card,
    );
    const cause = { at: context.at, actor: context.actor };
    const created = asks ? followedBy(opened, sendRequest(opened.session, cause)) : opened;
    const made = this.links.make(created.session);
    const session = await onlyOnce(this.writer.insert(created, card, made?.link ?? null, claim));
    const linkToken = made?.token ?? null;
    if (!asks && plan.startsAt !== 'creation') return { session, refused: null, linkToken };
    const call = { session, channel, whenRefused: 'turned_away' } as const;
    const answer = await this.dialogue.start(call, cardOf(command.source), this.failOver(making, route.rest));
    if (answer.refused) await claim?.undo(session.id);
    return { ...answer, linkToken };
  }

  private async prepare({ command, context }: Making): Promise<PreparedCard | null> {
    const { id: sessionId, merchantId } = context;
    await this.vault.warm(merchantId);
    const source = cardOf(command.source);
    return source && this.vault.prepare({ ...source, sessionId, merchantId });
  }

  /** Takes the next connector of the route that would, each at most once. Undefined where there is none. */
  private failOver({ request, channel, context }: Making, candidates: readonly Candidate[]): FailOver | undefined {
    if (candidates.length === 0) return undefined;
    let left = candidates;
    return async (session, step) => {
      const route = left.length === 0 ? null : planRoute(left, request);
      if (route?.outcome !== 'planned') return null;
      left = route.rest;
      const cause = {
        at: this.clock.now(),
        actor: 'system',
        pendingUntil: minutesAfter(context.at, channel.sessionMinutes),
      };
      const abandoned = abandonAttempt(session, step, cause, routeStory(candidates, route));
      const attempt = plannedAttempt(session.attempt.number + 1, route.connector.id, route.plan);
      const asks = goesOutAtOnce(route.plan, session.device, session.methodCompletion);
      const begun = beginAttempt(abandoned.session, attempt, asks, cause);
      // Somebody was faster: the session is no longer as it was when this try failed.
      const stored = await this.writer.failOver(session, abandoned, begun);
      return stored && { session: stored, starts: asks || attempt.startsAt === 'creation' };
    };
  }

  private async openAgain(session: Session): Promise<Session> {
    const { progress, startsAt } = session.attempt;
    if (session.status !== 'pending' || progress !== 'planned' || startsAt !== 'creation') return session;
    const { channel, card } = await this.reader.forAsking(session);
    const { session: opened, refused } = await this.dialogue.start(
      { session, channel, whenRefused: 'turned_away' },
      card,
    );
    if (refused) throw refusedBy(refused);
    return opened;
  }

  private async channelFor(actor: AccessTokenActor, channelId: string | null): Promise<Channel> {
    const id = channelId ?? actor.defaultChannelId;
    if (id === null) throw new InvalidRequest(['processing_channel_id_required']);
    const channel = await this.directory.channel(actor.merchantId, actor.environment, id);
    if (!channel) throw new InvalidRequest(['processing_channel_id_invalid']);
    return channel;
  }

  private contextOf(
    actor: AccessTokenActor,
    channel: Channel,
    fresh: { id: string; at: Date; secret: Secret; command: CreateSession },
    candidates: readonly Candidate[],
    route: ReturnType<typeof planRoute>,
  ): CreationContext {
    const secret = fresh.secret.expose();
    const { device } = fresh.command;
    return {
      id: fresh.id,
      at: fresh.at,
      merchantId: actor.merchantId,
      environment: actor.environment,
      accessKeyId: actor.accessKeyId,
      actor: actorName({ kind: 'token', actor }),
      channelId: channel.id,
      connector: route.connector.id,
      route: routeStory(candidates, route),
      sessionMinutes: channel.sessionMinutes,
      cardRetentionMinutes: channel.cardRetentionMinutes,
      scopeChannel: device ? scopeOf(device) : boundChannel(actor),
      secretHash: hashSecret(secret),
      secretSealed: this.keyring.seal('session_secret', Buffer.from(secret), sessionSecretContext(fresh.id)),
    };
  }
}

/** What a route is chosen by. The scheme is what the cardholder chose, or what the digits tell. */
function questionOf(actor: AccessTokenActor, { source, device, currency, amountMinor }: CreateSession): RouteQuestion {
  const number = cardOf(source)?.number;
  const scheme = source.scheme ?? (number && schemeOfDigits(number.bin));
  const flow = device?.channel ?? boundChannel(actor) ?? 'browser';
  return { currency, amountMinor, flow, ...(scheme == null ? {} : { scheme }) };
}

/**
 * A request that names itself makes its session under one id: a try that was given up for dead and comes back to life
 * finds that another has stored it.
 */
async function onlyOnce<T>(insert: Promise<T>): Promise<T> {
  try {
    return await insert;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw anotherTryWasFaster();
  }
}
