/** Calls of sessions to their connectors' other sides (directory servers, an upstream's API), as SQL over `e`, a row of `exchange`. */

/** Only an answer that was waited for has a latency; one that did not come has the time that it was waited for. */
export const IS_CALL = 'e.latency_ms IS NOT NULL';

/** What the other side turned down is no failure of the connection: the session is told of it. */
export const HAS_FAILED = `(e.problem IS NOT NULL AND e.problem !~ '^HTTP 4(?!01|03|08|29)')`;

/** Whether a session `s` made such a call for one of its attempts by connectors. `connectors` is the placeholder of their names. */
export const calledBy = (connectors: string, condition = 'true'): string =>
  `EXISTS (SELECT FROM exchange e JOIN attempt called ON called.session_id = e.session_id AND called.number = e.attempt_number
    WHERE e.session_id = s.id AND ${IS_CALL} AND called.connector = ANY(${connectors}) AND ${condition})`;
