import { encodeId } from '@app/kernel';
import { isApproved } from '../domain/callback-payload';
import type { Session } from '../domain/session';

/** What is needed to tell where a cardholder goes back to. */
export type Returning = Pick<Session, 'id' | 'status'> & {
  returnUrls: { success: string; failure: string } | null;
};

/**
 * Where "back to the shop" leads as the session stands: `success_url` once it is approved or attempted, else
 * `failure_url`, with `cko-session-id` appended (sessions-api.md section 7.2; choices, "hosted return").
 */
export function returnUrl(session: Returning): string {
  const { returnUrls } = session;
  if (returnUrls === null) throw new Error('Only a hosted session has an address to go back to');
  return withSessionId(isApproved(session) ? returnUrls.success : returnUrls.failure, session.id);
}

/** The query as it is kept, to the letter: a parser would write it anew. */
function withSessionId(url: string, id: string): string {
  const hash = url.indexOf('#');
  const [before, fragment] = hash === -1 ? [url, ''] : [url.slice(0, hash), url.slice(hash)];
  const joint = !before.includes('?') ? '?' : /[?&]$/.test(before) ? '' : '&';
  return `${before}${joint}cko-session-id=${encodeId('session', id)}${fragment}`;
}
