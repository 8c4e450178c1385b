/** What can be done with many sessions at once. */
export const BULK_ACTS = {
  're-sync': {
    label: 'Re-sync',
    explanation: 'The connector of each session is asked what became of it. Sessions that have ended stay as they are.',
  },
  'resend-callback': {
    label: 'Resend callback',
    explanation: 'The last callback of each session that has one is sent to its merchant again, at once.',
  },
} as const;

export type BulkAct = keyof typeof BULK_ACTS;
