/** DI token of the `Clock`: the only source of time. */
export const CLOCK = Symbol('CLOCK');
