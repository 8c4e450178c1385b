import type { Attempt, AttemptRequest, CardSource, DeviceData, Source, StartedAttempt } from '@app/authentication-port';
import type { Channel } from '@app/credentials';
import type { CreateSession } from './domain/new-session';
import { hasMethod } from './domain/device';
import { methodIndicator } from './domain/next-actions';
import type { Session } from './domain/session';

/** The card's part of a request, read back from the vault. */
export type StoredCard = Pick<CardSource, 'number' | 'expiryMonth' | 'expiryYear'>;

/** The number of a source that has one. */
export function cardOf(source: Source): CardSource | null {
  return 'number' in source ? source : null;
}

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
    ...referredTo(command.reference),
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
      ...referredTo(session.reference),
      ...named(session.challengeNotificationUrl),
      at: session.createdAt,
    },
    number: attempt.number,
    scheme: attempt.scheme,
    protocolVersion: attempt.protocolVersion,
    transactionId: attempt.transactionId,
    ...(attempt.methodUrl === null ? {} : { methodUrl: attempt.methodUrl }),
    methodCompletion: methodIndicator(
      hasMethod(session.device) ? attempt.methodUrl : null,
      session.methodCompletion,
      attempt.startsAt,
    ),
    progress: attempt.progress,
    facts: attempt.facts,
    state: attempt.state,
  };
}

/**
 * A stored session's attempt with what is authenticated: for asking the issuer side. `card` is null where the source is a
 * name that an upstream gave to a card.
 */
export function fullAttempt(session: Session, channel: Channel, card: StoredCard | null): Attempt {
  const started = startedAttempt(session, channel);
  return {
    ...started,
    request: { ...started.request, source: { ...session.details.source, ...card } as Source },
    ...deviceOf(session.device),
  };
}

/** The browser's data stand beside, too: connectors that know no other device look there. */
function deviceOf(device: DeviceData | null): Pick<Attempt, 'browser' | 'device'> {
  if (device === null) return {};
  return device.channel === 'browser' ? { device, browser: device.browser } : { device };
}

function referredTo(reference: string | null): { reference?: string } {
  return reference === null ? {} : { reference };
}

function named(notificationUrl: string | null): { notificationUrl?: string } {
  return notificationUrl === null ? {} : { notificationUrl };
}
