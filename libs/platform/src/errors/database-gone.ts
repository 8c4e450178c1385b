/** SQLSTATE classes of a server that is not there or takes nobody: connection, resources, operator intervention. */
const GONE_STATE = /^(08|53|57P0)/;
/** What the system says of a socket. */
const GONE_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** What the driver says in words alone. */
const GONE_WORDS =
  /^(timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection)/;

/** Whether an error says that the database cannot be reached, or has no connection or time left, rather than that we erred. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return GONE_STATE.test(code) || GONE_SOCKET.has(code);
  return GONE_WORDS.test(error.message);
}
