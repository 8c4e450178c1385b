import type { CountId } from './reported-session';

interface CountWords {
  readonly title: string;
  /** When a session counts. */
  readonly explanation: string;
}

/** What each count is called, and when a session counts. One row per session. */
export const COUNT_WORDS: Readonly<Record<CountId, CountWords>> = {
  sessions: { title: 'Sessions', explanation: 'It was created.' },
  open: { title: 'Open', explanation: 'It has no final status yet.' },
  awaiting: { title: 'Awaiting', explanation: 'It has no final status, and no answer of an issuer.' },
  not_submitted: {
    title: 'Not submitted',
    explanation: 'It ended without a request: expired before its data came, cancelled before, or turned away.',
  },
  refused: {
    title: 'Turned away',
    explanation:
      'It was turned away when it was created (not enrolled, configuration). Part of what was not submitted.',
  },
  submitted: {
    title: 'Submitted',
    explanation: 'A request for authentication went out, or was tried to be sent.',
  },
  submitted_for_authentication: {
    title: 'Submitted for authentication',
    explanation: 'It was submitted, and not as data only (transStatus I).',
  },
  frictionless: {
    title: 'Frictionless',
    explanation: 'It was submitted, and a final answer came without a challenge.',
  },
  frictionless_for_authentication: {
    title: 'Frictionless, for authentication',
    explanation: 'It was frictionless, and not data only (transStatus I).',
  },
  frictionless_succeeded: {
    title: 'Frictionless success',
    explanation: 'It was approved or attempted without a challenge.',
  },
  failed_before_answer: {
    title: 'Failed before an answer',
    explanation: 'It ended as unavailable without any answer of the issuer.',
  },
  challenge_requested: {
    title: 'Challenge requested',
    explanation: 'The issuer asked for a challenge (transStatus C or D).',
  },
  challenge_shown: {
    title: 'Challenge shown',
    explanation: 'The cardholder opened it: our page said so, or a result came of it.',
  },
  challenge_completed: {
    title: 'Challenge completed',
    explanation: 'A result of the cardholder’s came, whichever.',
  },
  challenge_succeeded: { title: 'Challenge success', explanation: 'It was approved after a challenge.' },
  approved: { title: 'Approved', explanation: 'Its final status is approved.' },
  attempted: {
    title: 'Attempted',
    explanation: 'Its final status is attempted, and it was not data only (transStatus I).',
  },
  data_only: { title: 'Data only', explanation: 'Data were shared without authentication: transStatus I.' },
  declined: { title: 'Declined', explanation: 'Its final status is declined.' },
  rejected: { title: 'Rejected', explanation: 'Its final status is rejected.' },
  issuer_declined: {
    title: 'Declined by the issuer',
    explanation: 'It was submitted, and declined or rejected. An upstream’s own rules are not the issuer.',
  },
  unavailable: { title: 'Unavailable', explanation: 'Its final status is unavailable. Has those turned away.' },
  challenge_abandoned: {
    title: 'Challenge abandoned',
    explanation: 'The cardholder left the challenge, cancelled it, or it ran out of time.',
  },
  expired: { title: 'Expired', explanation: 'Its time ran out before anything was asked of an issuer.' },
  technical_failure: {
    title: 'Technical failure',
    explanation: 'No usable answer came: timed out, an error message, malformed, or nobody there.',
  },
  exemption_requested: {
    title: 'Exemption requested',
    explanation: 'Its challenge indicator asks for an exemption: low value, trusted list, or risk analysis.',
  },
  exemption_applied: { title: 'Exemption applied', explanation: 'The issuer side says that an exemption was applied.' },
  exemption_granted: {
    title: 'Exemption granted',
    explanation: 'It asked for an exemption, and one was applied.',
  },
  liability_shifted: {
    title: 'Liability shifted',
    explanation: 'It was submitted, and its verdict is that liability shifted to the issuer.',
  },
  failed_over: { title: 'Failed over', explanation: 'It ended at another connector than the first.' },
  recovered_late: {
    title: 'Recovered late',
    explanation:
      'Its deadline ended it, by what the upstream then said or without an answer. What we asked before is not late.',
  },
};
