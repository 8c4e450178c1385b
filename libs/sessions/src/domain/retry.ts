/** What "try again" means for a session, and why it may mean nothing. Pure. */
import type { Session } from './session';
import { isApproved } from './callback-payload';
import { isFinal } from './session.machine';

/** How long the link of a retry may live, in hours. */
export const LINK_HOURS = { least: 1, most: 7 * 24, usual: 24 } as const;

/** The sessions before and behind one that was retried, or is a retry. Ids are UUIDs; the first try is number 1. */
export interface RetryChain {
  readonly retryOf: string | null;
  readonly retriedAs: string | null;
  readonly number: number;
}

/** What a decision rests on. */
export interface RetrySituation {
  readonly session: Pick<Session, 'status' | 'refusalCode' | 'deviceChannel' | 'details'>;
  readonly merchantIsActive: boolean;
  /** Whether its card number can still be read. */
  readonly hasCard: boolean;
  readonly isRetried: boolean;
  /** Of one that is not final: what its present attempt waits for that we can do something about. */
  readonly left: { readonly notices: boolean; readonly question: boolean; readonly link: boolean };
}

export type RetryObstacle = keyof typeof OBSTACLES;

/** `drive_on`: the present attempt goes on. `new_session`: another session in its place, by a link. */
export type RetryPlan =
  | { readonly kind: 'drive_on' }
  | { readonly kind: 'new_session' }
  | { readonly kind: 'not_possible'; readonly code: RetryObstacle };

const OBSTACLES = {
  session_refused: 'The request was turned away at creation, so there never was an authentication to try again',
  session_already_approved: 'It was approved: a second authentication would ask the cardholder for nothing',
  session_already_retried: 'It was retried already; the session that stands in for it can be retried in its turn',
  merchant_suspended: 'The merchant is suspended: nothing new is begun for it',
  cardholder_not_present: 'The merchant initiated it without its cardholder: there is nobody to send a link to',
  card_token_spent: 'The card came as a one-time token of the upstream, which is spent',
  card_data_erased: 'The card data is erased: only the merchant can begin again, with the card',
  nothing_to_drive_on:
    'It waits for somebody else: nothing can be asked, and asking the issuer a second time is never done',
} as const;

/** Why it cannot be retried, in a sentence. */
export const whyNot = (code: RetryObstacle): string => `${OBSTACLES[code]}.`;

type Rule = readonly [RetryObstacle, (situation: RetrySituation) => boolean];

/** Of a session that is final; the first that holds is told. */
const AGAINST_ANOTHER: readonly Rule[] = [
  ['session_refused', ({ session }) => session.refusalCode !== null],
  ['session_already_approved', ({ session }) => isApproved(session)],
  ['session_already_retried', ({ isRetried }) => isRetried],
  ['merchant_suspended', ({ merchantIsActive }) => !merchantIsActive],
  ['cardholder_not_present', ({ session }) => session.deviceChannel === 'merchant_initiated'],
  ['card_token_spent', ({ session }) => isUpstreamToken(session)],
  ['card_data_erased', ({ session, hasCard }) => session.details.source.reference === undefined && !hasCard],
];

/** What trying a session again would do. */
export function planRetry(situation: RetrySituation): RetryPlan {
  if (!isFinal(situation.session.status)) {
    const { notices, question, link } = situation.left;
    return notices || question || link ? { kind: 'drive_on' } : { kind: 'not_possible', code: 'nothing_to_drive_on' };
  }
  const against = AGAINST_ANOTHER.find(([, holds]) => holds(situation));
  return against ? { kind: 'not_possible', code: against[0] } : { kind: 'new_session' };
}

/** Kept cards of an upstream can be named again, its tokens cannot. */
function isUpstreamToken({ details: { source } }: Pick<Session, 'details'>): boolean {
  return source.kind === 'token' && source.reference !== undefined;
}
