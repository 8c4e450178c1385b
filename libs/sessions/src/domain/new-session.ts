import type { DeviceData, Environment, Plan, Source } from '@app/authentication-port';
import type { Scheme } from '@app/kernel';
import type { Change } from './changes';
import { minutesAfter } from './deadlines';
import type {
  MethodCompletion,
  RequestDetails,
  ReturnUrls,
  ScopeChannel,
  Session,
  SessionEvent,
  StoredAttempt,
} from './session';

/** What a merchant asked for: checked, in our words, with the card number still inside its type. */
export interface CreateSession {
  /** UUID; null: the access key's default. */
  channelId: string | null;
  source: Source;
  /** Whether the merchant wants to name the card again later (`src_…`). */
  keepsCard: boolean;
  amountMinor: number;
  currency: string;
  reference: string | null;
  details: RequestDetails;
  device: DeviceData | null;
  /** As said by the client, upper case; null when it said nothing. */
  methodCompletion: MethodCompletion | null;
  callbackUrl: string | null;
  challengeNotificationUrl: string | null;
  /** Of a hosted session: where its cardholder goes back to the merchant. */
  returnUrls: ReturnUrls | null;
}

/** A session that was turned away, and why. */
export interface Refusal {
  created: Change;
  code: string;
  /** Null where nobody knows whose card it is. */
  scheme: Scheme | null;
}

/** Everything that creation needs beside the request: who, where, for how long, with which secrets. */
export interface CreationContext {
  id: string;
  at: Date;
  merchantId: string;
  environment: Environment;
  accessKeyId: string;
  actor: string;
  channelId: string;
  connector: string;
  /** How the connector was chosen, for the story. */
  route?: SessionEvent['data'];
  sessionMinutes: number;
  /** Of a session that stands in for another one: which, and how long its link lives. */
  retry?: { of: string; lifeMinutes: number; instrumentId: string | null };
  cardRetentionMinutes: number;
  scopeChannel: ScopeChannel | null;
  secretHash: Buffer;
  secretSealed: Buffer;
}

export type Planned = Extract<Plan, { outcome: 'planned' }>;

/** What is kept of a card to show and to compare. */
export interface ShownCard {
  bin: string;
  lastFour: string;
  fingerprint: string;
  fingerprintKeyVersion: number;
}

/** A pending session with its first attempt planned; without `card` where only an upstream knows it. */
export function openSession(
  command: CreateSession,
  context: CreationContext,
  plan: Planned,
  card: ShownCard | null,
): Change {
  const session: Session = {
    ...common(command, context),
    status: 'pending',
    deadlineAt: minutesAfter(context.at, context.retry?.lifeMinutes ?? context.sessionMinutes),
    finalAt: null,
    bin: card?.bin ?? null,
    lastFour: card?.lastFour ?? null,
    cardFingerprint: card?.fingerprint ?? null,
    cardFingerprintKeyVersion: card?.fingerprintKeyVersion ?? null,
    attempt: plannedAttempt(1, context.connector, plan),
  };
  return { session, events: [createdEvent(session, context, context.route ?? {})], exchanges: [] };
}

/** A try at a connector of which nobody has heard yet. */
export function plannedAttempt(number: number, connector: string, plan: Planned): StoredAttempt {
  const { referenceNumber } = plan.directoryServer;
  return {
    number,
    connector,
    scheme: plan.scheme,
    protocolVersion: plan.protocolVersion,
    transactionId: plan.transactionId,
    methodUrl: plan.methodUrl ?? null,
    directoryServerId: plan.directoryServer.id,
    startsAt: plan.startsAt ?? 'channel_data',
    correlationKey: plan.correlationKey ?? null,
    progress: 'planned',
    state: plan.state,
    facts: referenceNumber === undefined ? {} : { dsReferenceNumber: referenceNumber },
    authenticationValueSealed: null,
    authenticationValueExpiresAt: null,
  };
}

/** A session that was never opened: final, card-free, seen by operators only. */
export function refuseSession(
  command: CreateSession,
  context: CreationContext,
  refused: { code: string; scheme: Scheme | null },
): Refusal {
  const session: Session = {
    ...common(command, context),
    refusalCode: refused.code,
    status: 'unavailable',
    deadlineAt: null,
    finalAt: context.at,
    bin: 'number' in command.source ? command.source.number.bin : null,
    lastFour: null,
    cardFingerprint: null,
    cardFingerprintKeyVersion: null,
    attempt: {
      number: 0,
      connector: context.connector,
      // There is no attempt: what stands here goes nowhere.
      scheme: refused.scheme ?? 'visa',
      protocolVersion: '',
      transactionId: context.id,
      methodUrl: null,
      directoryServerId: '',
      startsAt: 'channel_data',
      correlationKey: null,
      progress: 'settled',
      state: {},
      facts: {},
      authenticationValueSealed: null,
      authenticationValueExpiresAt: null,
    },
  };
  const event = createdEvent(session, context, { ...context.route, code: refused.code });
  const created = { session, events: [{ ...event, type: 'refused' }], exchanges: [] };
  return { created, code: refused.code, scheme: refused.scheme };
}

type Common = Omit<
  Session,
  'status' | 'deadlineAt' | 'finalAt' | 'bin' | 'lastFour' | 'cardFingerprint' | 'cardFingerprintKeyVersion' | 'attempt'
>;

function common(command: CreateSession, context: CreationContext): Common {
  return {
    id: context.id,
    merchantId: context.merchantId,
    channelId: context.channelId,
    accessKeyId: context.accessKeyId,
    environment: context.environment,
    statusReason: null,
    version: 1,
    createdAt: context.at,
    updatedAt: context.at,
    completedAt: null,
    completedBy: null,
    flow: command.returnUrls === null ? 'non_hosted' : 'hosted',
    deviceChannel: command.device?.channel ?? null,
    scopeChannel: context.scopeChannel,
    amountMinor: command.amountMinor,
    currency: command.currency,
    reference: command.reference,
    details: command.details,
    device: command.device,
    methodCompletion: command.methodCompletion,
    callbackUrl: command.callbackUrl,
    challengeNotificationUrl: command.challengeNotificationUrl,
    returnUrls: command.returnUrls,
    secretHash: context.secretHash,
    secretSealed: context.secretSealed,
    cardRetentionMinutes: context.cardRetentionMinutes,
    instrumentId: context.retry?.instrumentId ?? null,
    challenged: null,
    retryOf: context.retry?.of ?? null,
    lifeMinutes: context.retry?.lifeMinutes ?? null,
    refusalCode: null,
    inquireAt: null,
    eventSeq: 1,
    exchangeSeq: 0,
  };
}

function createdEvent(
  session: Session,
  context: CreationContext,
  data: Record<string, unknown>,
): Change['events'][number] {
  return {
    type: 'created',
    from: null,
    to: session.status,
    at: context.at,
    actor: context.actor,
    attemptNumber: session.attempt.number,
    data,
  };
}
