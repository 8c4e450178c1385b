/** What an act goes with, as its dialog knows it. */
export interface Given {
  /** Why, for the audit log. */
  readonly reason: string | null;
  /** Which version of the thing it is about: the one that was shown. Null for what has none. */
  readonly version: number | null;
  /** One for each intent: sent again after a lost answer it has its effect once. */
  readonly idempotencyKey: string;
}

/** The part of a body that says why, and what exactly it is about. */
export const because = ({ reason, version }: Given): { readonly reason?: string; readonly version?: number } => ({
  ...(reason === null ? {} : { reason }),
  ...(version === null ? {} : { version }),
});
