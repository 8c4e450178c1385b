/** When a cardholder's page came to which point of a hosted session. Pure. */
import type { Session } from './session';

/** The points, in their order. */
export const PAGE_LEGS = ['page_shown', 'method_started', 'method_finished', 'challenge_shown', 'first_input'] as const;
export type PageLeg = (typeof PAGE_LEGS)[number];

/** What a page says: its own clock is not believed, only how long ago it was. */
export interface ReportedLeg {
  leg: PageLeg;
  msAgo: number;
}

/** By our clock, and never before the session or after now, whatever was said. */
export function legTimes(
  reported: readonly ReportedLeg[],
  { createdAt }: Pick<Session, 'createdAt'>,
  now: Date,
): { leg: PageLeg; at: Date }[] {
  return reported.map(({ leg, msAgo }) => {
    const at = Math.min(now.getTime(), Math.max(createdAt.getTime(), now.getTime() - msAgo));
    return { leg, at: new Date(at) };
  });
}
