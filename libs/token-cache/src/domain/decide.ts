import type { TokenRow } from './token-row';

/** How long a holder may be silent before another takes over. Real time. */
export const LEASE_MS = 2_500;

/** What to do for who needs a token. `until`: when the row is worth another look at the latest. */
export type Decision =
  | { readonly do: 'serve' }
  | { readonly do: 'serve_and_renew' }
  | { readonly do: 'fetch' }
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'refuse'; readonly code: string }
  | { readonly do: 'hold_off'; readonly until: number; readonly reason: string };

/** What is to be done after a step, and whether it had to do with the upstream. */
export interface StepResult {
  readonly decision: Decision;
  readonly upstream: boolean;
}

/**
 * The one rule: what follows from what is stored, for a credential of `credentialVersion`, at `now`. A valid token always
 * serves, whatever became of the try to replace it.
 */
export function decide(row: TokenRow | null, credentialVersion: number, now: number): Decision {
  // What an older credential got, claimed or was refused does not count.
  if (row === null || row.credentialVersion < credentialVersion) return { do: 'fetch' };
  const claimedUntil = claimEnd(row, now);
  const isDue = row.renewAt <= now;
  if (row.token !== null && now < row.token.expiresAt) {
    return isDue && claimedUntil === null ? { do: 'serve_and_renew' } : { do: 'serve' };
  }
  if (claimedUntil !== null) return { do: 'wait', until: claimedUntil };
  if (isDue) return { do: 'fetch' };
  if (row.refusalCode !== null) return { do: 'refuse', code: row.refusalCode };
  if (row.failures > 0) return { do: 'hold_off', until: row.renewAt, reason: row.failureCause ?? 'unknown' };
  if (row.rejections > 0) return { do: 'hold_off', until: row.renewAt, reason: 'rejected' };
  return { do: 'fetch' };
}

/** Until when a fetch is under way; null when none is. One far in the future was claimed by a clock that ran ahead. */
export function claimEnd({ claimedUntil }: Pick<TokenRow, 'claimedUntil'>, now: number): number | null {
  return claimedUntil !== null && claimedUntil > now && claimedUntil <= now + 2 * LEASE_MS ? claimedUntil : null;
}
