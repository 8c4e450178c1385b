import type { Schemas } from '../api/admin-api';
import type { Tone } from '../theme/tokens';

/** How the token for one account and request stands. */
export type UpstreamToken = Schemas['UpstreamToken'];

export const TOKEN_STATES: Readonly<Record<UpstreamToken['state'], { readonly label: string; readonly tone: Tone }>> = {
  valid: { label: 'Valid', tone: 'good' },
  none: { label: 'None', tone: 'neutral' },
  fetching: { label: 'Being fetched', tone: 'info' },
  renewal_failing: { label: 'Valid, renewal fails', tone: 'warn' },
  failing: { label: 'Cannot be fetched', tone: 'bad' },
  refused: { label: 'Refused upstream', tone: 'bad' },
};
