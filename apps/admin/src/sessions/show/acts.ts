import type { SessionStatus, SessionStory } from '../types';
import { CONNECTOR_NAMES, STATUS_WORDS, wordFor } from '../words';

/** An act of the session screen, explained before it is done. */
export interface SessionAct {
  /** As the server lists it. */
  readonly name: string;
  /** Its address. */
  readonly path: 're-sync' | 'resend-callback' | 'expire';
  readonly label: string;
  /** What will happen, sentence by sentence. */
  readonly explain: (session: SessionStory) => readonly string[];
  /** Said when it was done. */
  readonly done: string;
  readonly isFinal?: boolean;
}

/** Where the deadline leaves an open session. */
const AT_DEADLINE: Partial<Record<SessionStatus, SessionStatus>> = {
  pending: 'expired',
  processing: 'unavailable',
  challenged: 'challenge_abandoned',
};

/** Acts that need nothing but a reason. */
export const SIMPLE_ACTS: readonly SessionAct[] = [
  {
    name: 're_sync',
    path: 're-sync',
    label: 'Re-sync',
    explain: ({ connector }) => [
      `${wordFor(CONNECTOR_NAMES, connector ?? '')} is asked what became of this session.`,
      'If it has ended there, it ends here the same way, and the merchant is told by callback.',
      'Nothing is asked of the cardholder or the issuer.',
    ],
    done: 'The connector was asked.',
  },
  {
    name: 'resend_callback',
    path: 'resend-callback',
    label: 'Resend callback',
    explain: ({ callback_url: url }) => [
      `The merchant is sent the session’s last callback again, at once${url === null ? '' : `, to ${url}`}.`,
      'It is the same message with the same id, so a merchant who has it already can tell.',
    ],
    done: 'The callback is on its way.',
  },
  {
    name: 'expire',
    path: 'expire',
    label: 'End now',
    explain: ({ status }) => [
      `The session ends now as it would at its deadline: ${STATUS_WORDS[AT_DEADLINE[status] ?? status].label.toLowerCase()}.`,
      'The cardholder can no longer finish, and the merchant is told by callback.',
      'This cannot be undone.',
    ],
    done: 'The session has ended.',
    isFinal: true,
  },
];
