import type { Tone } from '../theme/tokens';

/** How the token for one account and request stands, as `GET /admin/api/tokens` tells. */
export interface UpstreamToken {
  readonly id: string;
  readonly account_id: string;
  readonly account_name: string | null;
  readonly merchant_id: string | null;
  readonly connector: string | null;
  readonly scopes: readonly string[];
  readonly state: 'valid' | 'none' | 'fetching' | 'renewal_failing' | 'failing' | 'refused';
  readonly issued_at: string | null;
  readonly expires_at: string | null;
  readonly renew_at: string;
  readonly in_use_until: string;
  readonly fetching_until: string | null;
  readonly life_seconds: number | null;
  readonly failures: number;
  readonly failure: string | null;
  readonly rejections: number;
  /** Until when a refusal is believed while the credential stays the same. */
  readonly refused_until: string | null;
  /** The process that fetches, or fetched last. */
  readonly fetched_by: string | null;
  /** Of all replicas since `created_at`. */
  readonly refreshes: number;
  readonly lives: number;
  /** Null before there was a token. */
  readonly refreshes_per_life: number | null;
  readonly failed_refreshes: number;
  readonly last_failure: string | null;
  readonly last_failed_at: string | null;
  /** Requests that had to wait for the upstream. */
  readonly waits: number;
  readonly last_waited_at: string | null;
  readonly created_at: string;
}

export const TOKEN_STATES: Readonly<Record<UpstreamToken['state'], { readonly label: string; readonly tone: Tone }>> = {
  valid: { label: 'Valid', tone: 'good' },
  none: { label: 'None', tone: 'neutral' },
  fetching: { label: 'Being fetched', tone: 'info' },
  renewal_failing: { label: 'Valid, renewal fails', tone: 'warn' },
  failing: { label: 'Cannot be fetched', tone: 'bad' },
  refused: { label: 'Refused upstream', tone: 'bad' },
};
