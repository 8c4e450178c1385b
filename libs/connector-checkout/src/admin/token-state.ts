import type { TokenLine } from '@app/token-cache';

type Known = Pick<TokenLine, 'refusalCode' | 'failures' | 'expiresAt' | 'claimedUntil' | 'renewAt'>;

/** What the present state of a token is called, the most pressing first. */
export function stateOf(token: Omit<Known, 'renewAt'>, now: Date): string {
  if (token.refusalCode !== null) return 'refused';
  const isValid = token.expiresAt !== null && token.expiresAt > now;
  if (token.failures > 0) return isValid ? 'renewal_failing' : 'failing';
  if (isValid) return 'valid';
  return token.claimedUntil !== null && token.claimedUntil > now ? 'fetching' : 'none';
}

/** How a token stands, for the audit log: nothing of the token itself. */
export const stateFacts = (token: Known, now: Date): Readonly<Record<string, unknown>> => ({
  state: stateOf(token, now),
  expires_at: token.expiresAt?.toISOString() ?? null,
  renew_at: token.renewAt.toISOString(),
});

/** How it stands once it was dropped: whoever needs one next fetches it. */
export const DROPPED = { state: 'none', expires_at: null } as const;
