/**
 * `meta` of a query for a part of a screen that is simply not there without an answer: the screen as a whole says that it
 * could not be loaded. Whatever a screen stands and falls with says so itself.
 */
export const PART = { isPart: true } as const;
