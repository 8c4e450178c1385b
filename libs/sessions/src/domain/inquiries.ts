/** When a connector that can be asked is asked what became of a session. Pure. */
import type { LearnedStep } from '@app/authentication-port';
import { canonicalJson } from '@app/kernel';
import type { Change } from './changes';
import type { Session } from './session';

/** The first look after a change; each further one waits half as long as the silence has lasted, up to `LONGEST_MS`. */
export const SHORTEST_INQUIRY_MS = 5_000;
export const LONGEST_INQUIRY_MS = 300_000;
/** For so long after its completion an upstream is told that a session is over. */
export const CLOSING_MS = 3_600_000;
/**
 * Nothing that a merchant's call sets off lasts longer, in real milliseconds: device data and the 3DS Method after them, 12 s
 * each, and 5 s for reading what became of each. Before that, an upstream that still waits may just not have heard it yet.
 */
export const CALL_MS = 35_000;

/**
 * When to ask after a change; `before` is null for a new session. Nothing happens at an upstream without us while a
 * session waits for its merchant, so nothing is asked then, unless the connector says that there is news. A final session
 * is due once its merchant has completed it, for its upstream wants to be told of that, and of nothing else.
 */
export function inquiryAfter(before: Session | null, { session: after, inquire }: Change): Date | null {
  const soon = new Date(after.updatedAt.getTime() + SHORTEST_INQUIRY_MS);
  if (after.refusalCode !== null) return null;
  if (after.finalAt !== null) {
    if (after.completedAt === null) return null;
    return before?.completedAt == null ? after.updatedAt : after.inquireAt;
  }
  if (inquire === true) return after.updatedAt;
  if (after.status === 'pending') return null;
  const isNews = before?.status !== after.status || before.attempt.number !== after.attempt.number;
  return isNews ? soon : after.inquireAt;
}

/**
 * Whether what a connector found tells anything that is not stored. What an upstream says to wait for may be what a call
 * that is under way is just bringing: a call lasts `callMs` of the clock's time at most.
 */
export function isNews(session: Session, step: LearnedStep, now: Date, callMs = CALL_MS): boolean {
  switch (step.next) {
    case 'need_channel_data':
    case 'need_method':
      return session.status === 'processing' && now.getTime() - session.updatedAt.getTime() >= callMs;
    case 'final':
      return true;
    case 'challenge':
      return session.status !== 'challenged';
    default:
      return learnedMore(session, step);
  }
}

function learnedMore({ attempt }: Session, step: LearnedStep): boolean {
  const { authenticationValue: _secret, ...facts } = step.facts;
  const known = canonicalJson({ facts: attempt.facts, state: attempt.state });
  return canonicalJson({ facts: { ...attempt.facts, ...facts }, state: step.state }) !== known;
}
