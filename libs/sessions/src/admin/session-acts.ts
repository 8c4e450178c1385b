/** What an operator can do to a session, and why not: shown before it is done, and checked when it is. Pure. */
import type { ResendState } from '@app/callbacks';
import { CountersignError, NotAllowed } from '@app/kernel';
import { isFinal, type SessionStatus } from '../domain/session.machine';

export const SESSION_ACTS = ['re_sync', 'resend_callback', 'expire'] as const;
export type SessionAct = (typeof SESSION_ACTS)[number];
/** Those that depend on the session's own state alone. */
export type StateAct = Exclude<SessionAct, 'resend_callback'>;

/** What a decision about an act rests on. */
export interface ActSituation {
  /** Whether the request was turned away at creation. */
  readonly isRefused: boolean;
  readonly status: SessionStatus;
  /** Whether the connector of the present attempt can be asked what became of it. */
  readonly inquires: boolean;
  /** What can be done with the session's callback. */
  readonly callback: ResendState;
}

/** Null: it can be done. Else the code and the words for why it cannot. */
export type Obstacle = { readonly code: string; readonly why: string } | null;

const REFUSED = {
  code: 'session_refused',
  why: 'The request was turned away at creation: there is no authentication, and its merchant was told why at once',
};
const IS_FINAL = {
  code: 'update_not_allowed_due_to_state',
  why: 'The session is final: nothing can change it any more',
};
const NOBODY_TO_ASK = {
  code: 'connector_not_inquirable',
  why: 'The protocol has no question to ask: the result comes by itself, or the deadline ends the session',
};

const CALLBACKS: Record<ResendState, Obstacle> = {
  none: {
    code: 'nothing_to_resend',
    why: 'There is no callback: the session has no address for it, is not final, or it was long ago',
  },
  under_way: { code: 'callback_under_way', why: 'The callback is about to be sent' },
  possible: null,
};

const OBSTACLES: Record<SessionAct, (situation: ActSituation) => Obstacle> = {
  re_sync: ({ status, inquires }) => (isFinal(status) ? IS_FINAL : inquires ? null : NOBODY_TO_ASK),
  resend_callback: ({ callback }) => CALLBACKS[callback],
  expire: ({ status }) => (isFinal(status) ? IS_FINAL : null),
};

/** What keeps `act` from being done to a session. */
export function obstacleTo(act: SessionAct, situation: ActSituation): Obstacle {
  return situation.isRefused ? REFUSED : OBSTACLES[act](situation);
}

/** What was turned away has nothing that could be acted upon. */
export function sessionRefused(): CountersignError {
  return new CountersignError('conflict', ['session_refused'], REFUSED.why);
}

/** @throws NotAllowed with the obstacle's code */
export function assertActs(act: StateAct, situation: Pick<ActSituation, 'status' | 'inquires'>): void {
  const obstacle = OBSTACLES[act]({ ...situation, isRefused: false, callback: 'none' });
  if (obstacle === NOBODY_TO_ASK) throw new NotAllowed('connector_not_inquirable', NOBODY_TO_ASK.why);
  if (obstacle !== null) throw new NotAllowed('update_not_allowed_due_to_state', obstacle.why);
}
