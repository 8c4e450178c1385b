import type { Schemas } from '../api/admin-api';
import type { Choice } from '../list/filter-field';
import { DELIVERY_PROBLEM_WORDS } from '../sessions/show/words';
import type { Tone } from '../theme/tokens';

/** A message that a merchant is owed. */
export type CallbackLine = Schemas['CallbackLine'];

/** As it is sent, without the authentication value, and every try at it. */
export type CallbackMessage = Schemas['Callback'];
export type Delivery = CallbackMessage['deliveries'][number];

export const CALLBACK_STATES: Readonly<Record<CallbackLine['state'], { readonly label: string; readonly tone: Tone }>> =
  {
    due: { label: 'Waiting', tone: 'info' },
    delivered: { label: 'Delivered', tone: 'good' },
    dead: { label: 'Given up', tone: 'bad' },
  };

/** What can go wrong with a try. */
export const PROBLEMS: readonly Choice[] = Object.entries(DELIVERY_PROBLEM_WORDS).map(([value, words]) => ({
  value,
  label: words.charAt(0).toUpperCase() + words.slice(1),
}));

/** What callbacks count as in reports. */
export const CALLBACK_COUNTS: readonly Choice[] = [
  { value: 'due', label: 'Fallen due' },
  { value: 'first_try', label: 'Delivered at the first try' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'backlog', label: 'Backlog' },
  { value: 'dead', label: 'Dead letter' },
];

/** What became of a try, in words. */
export const outcomeOf = ({ status, problem }: { readonly status: number | null; readonly problem: string | null }) =>
  [status, problem && (DELIVERY_PROBLEM_WORDS[problem] ?? problem)].filter((part) => part !== null).join(' · ');

/** How it goes with callbacks of one environment. */
export type CallbackFigures = Schemas['CallbackFigures']['environments'][number];
