import type { Job } from '../providers/acts';
import { DELIVERY_PROBLEM_WORDS } from '../sessions/show/words';
import type { Tone } from '../theme/tokens';

/** In words, why nothing was done; another code is shown as it is. */
export const WHY: Readonly<Record<string, string>> = {
  update_not_allowed_due_to_state: 'has ended already',
  connector_not_inquirable: 'its connector cannot be asked',
  nothing_to_resend: 'has no callback to send again',
  callback_under_way: 'its callback is being sent',
  session_already_in_use: 'changed at the same moment',
  session_not_found: 'is not there, or not in your scope',
  session_refused: 'was turned away at creation',
  callback_not_found: 'is not there, or not in your scope',
  ...Object.fromEntries(
    Object.entries(DELIVERY_PROBLEM_WORDS).map(([problem, words]) => [problem, `was not taken: ${words}`]),
  ),
};

export const JOB_STATES: Readonly<Record<Job['state'], { readonly label: string; readonly tone: Tone }>> = {
  running: { label: 'Running', tone: 'info' },
  done: { label: 'Done', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  stopped: { label: 'Stopped', tone: 'bad' },
};

/** Why a job was stopped. */
export const STOP_WORDS: Readonly<Record<string, string>> = {
  actor_not_active: 'Whoever began it is not let in any more.',
  permission_missing: 'Whoever began it may not act any more.',
  merchant_scope_insufficient: 'Whoever began it does not have a merchant of it any more.',
};

/** What came of one of a job's items. */
export const ITEM_STATES: Readonly<Record<keyof Job['counts'], { readonly label: string; readonly tone: Tone }>> = {
  failed: { label: 'Not done', tone: 'bad' },
  done: { label: 'Done', tone: 'good' },
  waiting: { label: 'Waits', tone: 'info' },
  skipped: { label: 'Skipped', tone: 'neutral' },
};
