import { STATUS_WORDS } from '../sessions/words';
import type { SessionStatus } from '../sessions/types';
import type { Tone } from '../theme/tokens';
import type { Fault, Part, TestCard } from './types';

export const PART_WORDS: Readonly<Record<Part, { readonly name: string; readonly what: string }>> = {
  ds: { name: 'Directory servers', what: 'How they answer an authentication request' },
  rreq: { name: 'Results of challenges', what: 'How the issuer’s result comes back' },
  callback: { name: 'Shop’s callbacks', what: 'How the demo shop answers a callback' },
};

/** What each mode does, by its part. */
const MODE_WORDS: Readonly<Record<Part, Readonly<Record<string, string>>>> = {
  ds: {
    none: 'Answer as they should',
    timeout: 'Never answer',
    reset: 'Reset the connection',
    garbage: 'Answer bytes that mean nothing',
    html: 'Answer a page of HTML',
    empty: 'Answer nothing',
    erro: 'Answer Erro 403',
    status500: 'Answer HTTP 500',
    slow: 'Answer late',
  },
  rreq: {
    none: 'Comes as it should',
    duplicate: 'Comes twice',
    parallel: 'Comes fifty times at once',
    before_ares: 'Comes before the answer to the request',
    foreign_ids: 'Comes with another one’s ids first',
    never: 'Never comes',
    late: 'Comes after the browser',
  },
  callback: {
    none: 'Takes it',
    status500: 'Answers HTTP 500',
    timeout: 'Never answers',
    reset: 'Resets the connection',
    slow: 'Answers late',
  },
};

/** Modes that last for a time. */
export const DELAYED: ReadonlySet<string> = new Set(['slow', 'late']);

export const modeWords = (part: Part, mode: string): string => MODE_WORDS[part][mode] ?? mode;

/** What is wrong with a part, in a line. */
export function faultWords(
  part: Part,
  { mode, times, delay_ms: delay, scheme }: Fault,
  nameOf: (scheme: string) => string,
): string {
  if (mode === 'none') return modeWords(part, mode);
  return [
    modeWords(part, mode),
    ...(DELAYED.has(mode) ? [`by ${delay} ms`] : []),
    ...(scheme == null ? [] : [`at ${nameOf(scheme)} only`]),
    times === null ? 'until it is ended' : `${times} ${times === 1 ? 'time' : 'times'} more`,
  ].join(', ');
}

/** Whether a fault strikes anything yet. */
export const isActive = ({ mode, times }: Fault): boolean => mode !== 'none' && times !== 0;

export const FLOW_WORDS: Readonly<Record<TestCard['flow'], string>> = {
  frictionless: 'Frictionless',
  challenge: 'Challenge',
  none: 'Turned away',
};

const REASONS: Readonly<Record<string, string>> = {
  card_not_enrolled: 'Card not enrolled',
  issuer_not_enrolled: 'Issuer not enrolled',
  ares_error: 'Error instead of an answer',
  rreq_error: 'Result that is refused',
};

export const reasonWords = ({ reason }: TestCard): string | null => reason && (REASONS[reason] ?? reason);

/** How a session with this card ends. */
export const outcomeOf = ({ status }: TestCard): { readonly label: string; readonly tone: Tone } =>
  status === 'error' ? { label: 'Refused', tone: 'neutral' } : STATUS_WORDS[status satisfies SessionStatus];

/** The number as cards have it: in groups. */
export const grouped = (number: string): string =>
  number.length === 15 ? number.replace(/^(.{4})(.{6})/, '$1 $2 ') : number.replace(/(.{4})(?=.)/g, '$1 ');
