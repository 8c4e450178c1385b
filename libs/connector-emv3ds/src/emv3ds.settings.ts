/** What is fixed about this 3DS Server: its name, its addresses, its patience. */
import type { ConnectorId } from '@app/authentication-port';

/** The id under which attempts, notices and routes know this connector. */
export const CONNECTOR_ID: ConnectorId = 'emv3ds';

/** Our product's EMVCo letter of approval number (`threeDSServerRefNumber`). */
export const SERVER_REFERENCE_NUMBER = '3DS_LOA_SER_CSGN_020200_00001';

/** What a directory server calls the operator of this 3DS Server (`threeDSServerOperatorID`). */
export const SERVER_OPERATOR_ID = 'COUNTERSIGN';

/** Below it directory servers post the RReq, each at its transaction's own address. At itself nothing is believed. */
export const RREQ_PATH = '/3ds/rreq';

/** The routes for results as the server registers them; the proof stands in the last part. */
export const RREQ_ROUTES: readonly string[] = [RREQ_PATH, `${RREQ_PATH}/:proof`];

/** Where the issuer's challenge page posts its end when the merchant gave no address of its own. */
export const NOTIFICATION_PATH = '/3ds/challenge-notification';

/** JSON as the protocol's link has it (emv-3ds.md section 1.2). */
export const MESSAGE_CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * From the first connection to the last byte of the ARes; a second connection within it is all the repeating there is.
 * Longer than merchants wait: an answer that comes after theirs still counts.
 */
export const AREQ_BUDGET_MS = 12_000;

/** An Erro that tells a directory server about its bad answer; nobody waits for it. */
export const ERRO_BUDGET_MS = 3_000;

/**
 * We do not know the frame that the merchant will open, and an issuer's page for the full window (05) adapts to the
 * room it gets, whereas a page for a fixed size is cut in a smaller frame.
 */
export const CHALLENGE_WINDOW_SIZE = '05';

/** How card ranges are asked for (emv-3ds.md sections 1.8 and 7). Milliseconds of the product's clock. */
export const CARD_RANGE_TIMES = {
  /** Older than this they are asked for again; directory servers refuse more often than hourly (Erro 103). */
  refreshAfterMs: 3_600_000,
  /** After a connection that failed, while older ranges serve. */
  retryUnreachableMs: 60_000,
  /** The same before the first ranges came. */
  retryFirstLoadMs: 5_000,
  /** After a refusal or an answer that is not valid. */
  retryRefusedMs: 3_600_000,
  /** How long one update may hold the lease. */
  leaseMs: 120_000,
} as const;

/** A PRes may hold hundreds of thousands of ranges. */
export const PREQ_BUDGET_MS = 60_000;
export const PRES_MAX_BYTES = 256 * 1024 * 1024;

/** How often every replica looks whether ranges changed, and a worker whether they are due. Real time. */
export const CARD_RANGE_TICK_MS = 5_000;

/** Demo mode starts server and simulator together: the first request waits this long for a port to open. Real time. */
export const DEMO_PATIENCE_MS = 10_000;

/** Directory servers wait 3 s for an RRes (section 1.8). Real time. */
export const RREQ_ANSWER_WITHIN_MS = 2_200;

/** How long a shutdown waits for card ranges on their way. Real time. */
export const SHUTDOWN_PATIENCE_MS = 1_500;
