/** What can be done with many sessions at once, as the server names it. */
export const BULK_ACTS = {
  re_sync: {
    label: 'Re-sync',
    explanation: 'The connector of each session is asked what became of it. Sessions that have ended stay as they are.',
  },
  resend_callback: {
    label: 'Resend callback',
    explanation: 'The last callback of each session that has one is sent to its merchant again, at once.',
  },
  expire: {
    label: 'End now',
    explanation:
      'Each session that has not ended ends now, as its deadline would end it. Cardholders cannot go on with it.',
  },
} as const;

export type BulkAct = keyof typeof BULK_ACTS;
