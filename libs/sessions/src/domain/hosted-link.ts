/** The link that brings a cardholder to a hosted session, and how long it opens. Pure. */
import { createHash } from 'node:crypto';
import type { WindowSize } from '../hosted/challenge-request';
import { minutesAfter } from './deadlines';
import type { Session } from './session';

/** 32 random bytes, base64url. */
export const LINK_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Who comes late is sent back to the shop for so long after the end. */
const MINUTES_AFTER_FINAL = 15;
/** A link of before is recognised and said to be over, longer than any session lasts. */
const REMEMBERED_MINUTES = 30 * 24 * 60;

/** The link of a session. Its token is stored as a hash to find it by, and sealed to tell it again. */
export interface HostedLink {
  tokenHash: Buffer;
  sessionId: string;
  merchantId: string;
  createdAt: Date;
  /** The page view that has the session now: the last one that asked for it. */
  viewId: string | null;
  /** When a page first asked for it. */
  seenAt: Date | null;
  /** When our page was given the challenge to post: from then on only the issuer's page can cancel. */
  challengeShownAt: Date | null;
  /** The size that was chosen for it then: the same challenge is posted again on a reload. */
  challengeWindow: WindowSize | null;
  /** When the issuer's page said that it is through, with what ours had given to it. It is no result. */
  returnedAt: Date | null;
}

/** What is stored of a link at first. */
export type NewLink = Pick<HostedLink, 'tokenHash' | 'sessionId' | 'merchantId' | 'createdAt'> & {
  tokenSealed: Buffer;
  forgetAt: Date;
};

/** How a token is recognised: 256 random bits need no slow hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** When the link of a session ends: with its deadline, or a little after its end, for those who come late. */
export function linkEndsAt(session: Pick<Session, 'deadlineAt' | 'finalAt' | 'createdAt'>): Date {
  return minutesAfter(session.finalAt ?? session.deadlineAt ?? session.createdAt, MINUTES_AFTER_FINAL);
}

/** Whether the link of a session opens at `now`. */
export function isLinkOpen(session: Parameters<typeof linkEndsAt>[0], now: Date): boolean {
  return now < linkEndsAt(session);
}

/** Until when a link is known, from its session as it was created. */
export function linkForgottenAt(session: Parameters<typeof linkEndsAt>[0]): Date {
  return minutesAfter(linkEndsAt(session), REMEMBERED_MINUTES);
}
