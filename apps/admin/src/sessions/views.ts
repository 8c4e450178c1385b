import type { View } from '../list/Views';

/** What operators look for most. */
export const SESSION_VIEWS: readonly View[] = [
  { name: 'All', filter: {} },
  { name: 'Open', filter: { status: ['pending', 'processing', 'challenged'] } },
  { name: 'Failed', filter: { status: ['declined', 'rejected', 'unavailable', 'challenge_abandoned'] } },
  { name: 'Past deadline', filter: { is_past_deadline: true } },
  { name: 'Callback failed', filter: { is_callback_failed: true } },
  { name: 'Turned away', filter: { is_refused: true } },
];
