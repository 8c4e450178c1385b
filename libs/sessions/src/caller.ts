import type { AccessTokenActor } from '@app/credentials';
import { encodeId, NotAllowed, Unauthenticated } from '@app/kernel';
import { createHash, timingSafeEqual } from 'node:crypto';
import { minutesAfter, SECRET_MINUTES_AFTER_FINAL } from './domain/deadlines';
import type { ScopeChannel, Session } from './domain/session';

/** Who calls the API: a merchant's backend with a token, or whoever holds the secret of one session. */
export type ApiCaller = { kind: 'token'; actor: AccessTokenActor } | { kind: 'secret'; secret: string };

/** Who acts on a session: a caller of the API, or the cardholder whose page came by the link of this session (UUID). */
export type Caller = ApiCaller | { kind: 'cardholder'; sessionId: string };

/** `sek_` and 44 base64 characters (32 random bytes). */
export const SESSION_SECRET = /^sek_[A-Za-z0-9+/]{43}=$/;

/** The name of a caller in a session's story. */
export function actorName(caller: Caller): string {
  switch (caller.kind) {
    case 'token':
      return encodeId('accessKey', caller.actor.accessKeyId);
    case 'secret':
      return 'session_secret';
    case 'cardholder':
      return 'cardholder';
  }
}

/** What is stored to recognise a secret: 256 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether a secret is this session's, compared in constant time. */
export function secretMatches(session: Pick<Session, 'secretHash'>, secret: string): boolean {
  return timingSafeEqual(session.secretHash, hashSecret(secret));
}

/** @throws Unauthenticated once the secret's life is over: 15 min after the final status. */
export function assertSecretAlive(session: Pick<Session, 'finalAt'>, now: Date): void {
  if (session.finalAt !== null && now > minutesAfter(session.finalAt, SECRET_MINUTES_AFTER_FINAL)) {
    throw new Unauthenticated('The session secret has expired');
  }
}

/** Whether a token may act for a device channel; the umbrella scope covers both (sessions-api.md section 3). */
export function hasScope(actor: AccessTokenActor, channel: ScopeChannel): boolean {
  return actor.scopes.has('sessions') || actor.scopes.has(`sessions:${channel}`);
}

/** @throws NotAllowed `operation_not_allowed_for_scope` */
export function assertScope(actor: AccessTokenActor, channel: ScopeChannel | null): void {
  const allowed = channel === null ? hasScope(actor, 'browser') || hasScope(actor, 'app') : hasScope(actor, channel);
  if (!allowed) throw new NotAllowed('operation_not_allowed_for_scope', 'The token lacks the scope for this');
}

/** The channel that sessions of this token are bound to while no device data tells: null for a token with both. */
export function boundChannel(actor: AccessTokenActor): ScopeChannel | null {
  if (hasScope(actor, 'browser')) return hasScope(actor, 'app') ? null : 'browser';
  return 'app';
}
