import type { Attempt, AttemptRequest, CardSource, StartedAttempt } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import type { CreateSession } from './domain/new-session';
import { methodIndicator } from './domain/next-actions';
import type { Session } from './domain/session';

/** The card's part of a request, read back from the vault. */
export type StoredCard = Pick<CardSource, 'number' | 'expiryMonth' | 'expiryYear'>;

/** The request of a session that is being created. */
export function requestOf(
  command: CreateSession,
  ids: { sessionId: string; merchantId: string; at: Date },
  channel: Channel,
): AttemptRequest {
  return {
    ...ids,
    environment: channel.environment,
    source: command.source,
    purchase: { ...command.details.purchase, amountMinor: command.amountMinor, currency: command.currency },
    acquirers: channel.acquirers,
    preferredSchemes: channel.preferredSchemes,
    ...named(command.challengeNotificationUrl),
  };
}

/** A stored session's attempt without its card: for notices and timers. */
export function startedAttempt(session: Session, channel: Channel): StartedAttempt {
  const { attempt } = session;
  return {
    request: {
      sessionId: session.id,
      merchantId: session.merchantId,
      environment: session.environment,
      purchase: { ...session.details.purchase, amountMinor: session.amountMinor, currency: session.currency },
      acquirers: channel.acquirers,
      preferredSchemes: channel.preferredSchemes,
      ...named(session.challengeNotificationUrl),
      at: session.createdAt,
    },
    number: attempt.number,
    scheme: attempt.scheme,
    protocolVersion: attempt.protocolVersion,
    transactionId: attempt.transactionId,
    ...(attempt.methodUrl === null ? {} : { methodUrl: attempt.methodUrl }),
    methodCompletion: methodIndicator(attempt.methodUrl, session.methodCompletion),
    progress: attempt.progress,
    facts: attempt.facts,
    state: attempt.state,
  };
}

/** A stored session's attempt with its card: for asking the issuer side. */
export function fullAttempt(session: Session, channel: Channel, card: StoredCard): Attempt {
  const started = startedAttempt(session, channel);
  return {
    ...started,
    request: { ...started.request, source: { ...session.details.source, ...card } as CardSource },
    ...(session.browser === null ? {} : { browser: session.browser }),
  };
}

function named(notificationUrl: string | null): { notificationUrl?: string } {
  return notificationUrl === null ? {} : { notificationUrl };
}
