/** What is fixed about the hosted page: its addresses and its patience. */

/** Below it is everything that a cardholder's browser asks for. */
export const HOSTED_PATH = '/hosted';

/** Where cardholders end whose merchant has no page for them. */
export const FINISHED_PATH = `${HOSTED_PATH}/finished`;

/** How often the database is asked which of the sessions on screen have changed. Real time. */
export const LOOK_EVERY_MS = 500;

/** A stream that says nothing looks dead to what stands in between. Real time. */
export const HEARTBEAT_MS = 15_000;

/** A stream ends by itself: the page opens the next, at whichever replica. Real time. */
export const STREAM_LIFE_MS = 120_000;

/** How long a page waits before it opens a stream again, and how long one that got none is told to. */
export const RECONNECT_MS = 1_000;
export const STREAM_RETRY_AFTER_SECONDS = 5;

/** Of one link: a page and what it has left behind. The oldest goes when there are more. */
export const STREAMS_PER_LINK = 4;
