/** What a message tells: the result of a session, or that one stands in for another. A session is owed one of each. */
export const CALLBACK_KINDS = ['session_completed', 'session_retried'] as const;

export type CallbackKind = (typeof CALLBACK_KINDS)[number];
