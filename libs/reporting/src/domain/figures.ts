/** Money of one currency, in minor units. */
export interface MoneyFigures {
  readonly currency: string;
  readonly sessions: number;
  readonly amountMinor: number;
  readonly approvedMinor: number;
}

/** How the merchants were told of the sessions of a report. */
export interface CallbackFigures {
  readonly due: number;
  readonly firstTry: number;
  readonly delivered: number;
  readonly dead: number;
  readonly backlog: number;
  readonly oldestDueAt: Date | null;
  readonly lagP50: number | null;
  readonly lagP95: number | null;
  readonly lagP99: number | null;
  readonly unresolvedPastDeadline: number;
}

interface Definition {
  readonly title: string;
  readonly explanation: string;
}

/** What is told of callbacks. Tokens’ waits and refreshes are metrics of the process and not stored. */
export const CALLBACK_WORDS = {
  first_try_rate: {
    title: 'First-try success',
    explanation: 'Delivered on the first try, of all messages that have fallen due.',
  },
  delivered_rate: { title: 'Delivered', explanation: 'Taken by the merchant, of all messages that have fallen due.' },
  lag: { title: 'Lag', explanation: 'From when the message was owed until the merchant took it.' },
  backlog: {
    title: 'Backlog',
    explanation:
      'Messages that are to be sent now, also those that somebody wants once more. What waits for its next try is not due.',
  },
  dead: { title: 'Dead letters', explanation: 'Messages that were given up and not delivered since.' },
  unresolved_past_deadline: {
    title: 'Unresolved past deadline',
    explanation: 'Sessions that are not final more than 60 seconds after their deadline. It should be 0.',
  },
} as const satisfies Record<string, Definition>;
