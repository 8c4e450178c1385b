/** DI token of the merchants (UUIDs) whose sessions were made up for a demo. The server binds it. */
export const DEMO_MERCHANTS = Symbol('DEMO_MERCHANTS');
