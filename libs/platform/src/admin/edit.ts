/** Why something is changed, and which version of it: null is whatever is there. */
export interface Edit {
  readonly reason: string | null;
  readonly version: number | null;
}

/** Whatever is there, without a reason. */
export const UNREASONED: Edit = { reason: null, version: null };
