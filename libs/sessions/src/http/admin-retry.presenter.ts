import { encodeId } from '@app/kernel';
import type { PlannedRetry } from '../admin/retry-planner.service';
import type { Retried } from '../admin/session-retries.service';
import { linkEndsAt } from '../domain/hosted-link';
import { LINK_HOURS, whyNot, type RetryPlan } from '../domain/retry';
import type { Session } from '../domain/session';
import { HOSTED_PATH } from '../hosted/hosted.settings';

type Json = Record<string, unknown>;

/** What would happen, in sentences for people. */
export function presentPlan({ session, plan, chain }: PlannedRetry): Json {
  return {
    kind: plan.kind,
    code: plan.kind === 'not_possible' ? plan.code : null,
    explanation: explanationOf(plan, session),
    link_hours:
      plan.kind === 'new_session' ? { least: LINK_HOURS.least, most: LINK_HOURS.most, usual: LINK_HOURS.usual } : null,
    retry_of: wire(chain.retryOf),
    retried_as: wire(chain.retriedAs),
  };
}

/** What came of it. The link is the secret of whoever it is sent to. */
export function presentRetried({ kind, session, linkToken }: Retried, baseUrl: string): Json {
  return {
    kind,
    session_id: encodeId('session', session.id),
    status: session.status,
    hosted_url: linkToken && `${baseUrl}${HOSTED_PATH}/${linkToken.expose()}`,
    // The page begins nothing after the deadline, though the link still says what became of it.
    link_ends_at: linkToken && (session.deadlineAt ?? linkEndsAt(session)).toISOString(),
  };
}

function explanationOf(plan: RetryPlan, session: Session | null): string[] {
  switch (plan.kind) {
    case 'not_possible':
      return [whyNot(plan.code)];
    case 'drive_on':
      return [
        'The present attempt is driven on: whatever has come for it is taken in, and its connector is asked where it can be.',
        'Nothing is asked of the issuer a second time.',
        ...(session?.status === 'pending'
          ? ['You get the link of its page, to send to the cardholder once more.']
          : []),
      ];
    case 'new_session':
      return [
        'This session stays as it is. A new one is made in its place, of the same card, amount and reference.',
        'You get a link to send to the cardholder; the issuer is asked only when they open it.',
        'The card data is kept as long as that link lives.',
        session?.callbackUrl == null
          ? 'The merchant is not told, because the session has no callback address.'
          : 'The merchant is told by callback now, and of the result later.',
      ];
  }
}

const wire = (id: string | null): string | null => id && encodeId('session', id);
