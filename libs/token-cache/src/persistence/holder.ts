import { hostname } from 'node:os';

/** What the process that fetches a token is called in its row: for people who look for it. */
export const THIS_PROCESS = `${hostname()}:${process.pid}`;
