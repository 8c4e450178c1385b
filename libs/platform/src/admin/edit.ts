/**
 * Why something is changed, and which version of it: null is whatever is there. Of two edits of an operator at once one is
 * refused also then: rights are decided about somebody as they were just read.
 */
export interface Edit {
  readonly reason: string | null;
  readonly version: number | null;
}

/** Whatever is there, without a reason. */
export const UNREASONED: Edit = { reason: null, version: null };
