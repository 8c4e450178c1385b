/** What is fixed about this connector: its name, its addresses, its patience. */
import type { ConnectorId } from '@app/authentication-port';

/** The id under which attempts, notices, routes and accounts know this connector. */
export const CONNECTOR_ID = 'checkout' satisfies ConnectorId;

/** Workflow webhooks of an account; the last part says whose they are. */
export const WEBHOOK_ROUTE = '/upstream/checkout/webhooks/:token';

/** Where the upstream posts when a session was completed (sessions-api.md section 7.1). */
export const CALLBACK_PATH = '/upstream/checkout/callbacks';

/** Where the issuer's challenge page sends the browser (section 7.3). */
export const CHALLENGE_PATH = '/3ds/checkout/challenge';

/** Longest answer of the upstream and longest notice that is read. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * From the first connection to the last byte, second tries included. Milliseconds, real time. What asks an issuer is
 * waited for longer than the merchant waits: an answer that comes after theirs still counts.
 */
export const BUDGET_MS = { create: 5_000, ask: 12_000, read: 5_000, tell: 5_000 } as const;

/** How long a call waits for a token: another connector must still have its time after it. */
export const TOKEN_PATIENCE_MS = 3_000;

/** How long a call stands in line behind others of its account: with a token's, still less than a merchant waits. */
export const LINE_PATIENCE_MS = 3_000;

/** A pause that the upstream asks for (429) is honoured up to this; longer ones are for another connector. */
export const LONGEST_PAUSE_SECONDS = 2;

/** How many calls one account may have under way, and how many may wait for that. */
export const BULKHEAD = { running: 48, waiting: 96 } as const;

/** Calls in a row that brought no sensible answer before the account is left alone, and for how long. */
export const BREAKER = { failures: 5, openMs: 10_000 } as const;

/** The upstream waits 10 s for an acknowledgement. Real time. */
export const NOTICE_ANSWER_WITHIN_MS = 8_000;
