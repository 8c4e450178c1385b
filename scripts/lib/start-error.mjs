/** A problem that the person who started us can solve: shown without a stack. */
export class StartError extends Error {}
