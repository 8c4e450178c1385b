/** An act over many, explained before it is done. */
export interface BulkActWords {
  readonly label: string;
  readonly explanation: string;
  /** It cannot be undone. */
  readonly isFinal?: boolean;
  /** What it is done to. */
  readonly one: string;
  readonly many: string;
}

const SESSIONS = { one: 'session', many: 'sessions' } as const;

/** What can be done with many at once, as the server names it. */
export const BULK_ACTS = {
  re_sync: {
    ...SESSIONS,
    label: 'Re-sync',
    explanation: 'The connector of each session is asked what became of it. Sessions that have ended stay as they are.',
  },
  resend_callback: {
    ...SESSIONS,
    label: 'Resend callback',
    explanation:
      'The last callback of each session that has one is sent to its merchant again, as the same message with the same id. A merchant gets ten a second at most.',
  },
  expire: {
    ...SESSIONS,
    label: 'End now',
    explanation:
      'Each session that has not ended ends now, as its deadline would end it. Cardholders cannot go on with it.',
    isFinal: true,
  },
  replay_callback: {
    one: 'callback',
    many: 'callbacks',
    label: 'Send again',
    explanation:
      'Each is sent to its merchant again, delivered or not, as the same message with the same id: a merchant who has it already can tell. A merchant gets ten a second at most.',
  },
} as const satisfies Readonly<Record<string, BulkActWords>>;

export type BulkAct = keyof typeof BULK_ACTS;

export const SESSION_BULK_ACTS: readonly BulkAct[] = ['re_sync', 'resend_callback', 'expire'];

/** So many of what an act is done to, in words. */
export const countOf = (act: BulkAct, count: number): string =>
  `${count} ${count === 1 ? BULK_ACTS[act].one : BULK_ACTS[act].many}`;
