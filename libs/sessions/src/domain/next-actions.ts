import { hasMethod } from './device';
import { isFinal } from './session.machine';
import type { MethodCompletion, Session } from './session';

export type NextAction =
  'redirect_cardholder' | 'issuer_fingerprint' | 'collect_channel_data' | 'challenge_cardholder' | 'complete';

type Situation = Pick<Session, 'flow' | 'status' | 'device' | 'methodCompletion' | 'completedAt'> & {
  attempt: Pick<Session['attempt'], 'methodUrl'>;
};

/** What the merchant is to do next (sessions-api.md section 6.2), in the order in which to do it. */
export function nextActions(session: Situation): NextAction[] {
  const isHosted = session.flow === 'hosted';
  // Our page does what there is to do in the browser, and the end of a hosted session completes it.
  if (session.status === 'pending') return isHosted ? ['redirect_cardholder'] : browserActions(session);
  if (session.status === 'challenged') return ['challenge_cardholder'];
  if (isFinal(session.status) && !isHosted && session.completedAt === null) return ['complete'];
  return [];
}

function browserActions(session: Situation): NextAction[] {
  const actions: NextAction[] = [];
  if (!session.device) actions.push('collect_channel_data');
  const waitsForMethod = session.attempt.methodUrl !== null && session.methodCompletion === null;
  if (waitsForMethod && hasMethod(session.device)) actions.push('issuer_fingerprint');
  return actions;
}

/**
 * The 3DS Method indicator that goes out (choices, "threeDSCompInd"): no method URL: U, whatever the client says; method
 * URL and Y: Y; method URL and anything else: N. Where only an upstream knows of a method, what was said is passed on.
 */
export function methodIndicator(
  methodUrl: string | null,
  said: MethodCompletion | null,
  startsAt: Session['attempt']['startsAt'],
): MethodCompletion {
  if (methodUrl === null) return startsAt === 'creation' ? (said ?? 'U') : 'U';
  return said === 'Y' ? 'Y' : 'N';
}
