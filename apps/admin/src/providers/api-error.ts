/** A call that the API refused, or that never got there. */
export class ApiError extends Error {
  /**
   * @param status 0 when no answer came
   * @param codes `error_codes` of the answer, which docs/errors.md explains
   * @param requestId what the server calls this request in its log
   */
  constructor(
    readonly status: number,
    readonly codes: readonly string[],
    readonly requestId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
    /** The whole answer: some say more than codes. */
    readonly body: unknown = null,
  ) {
    super(codes[0] ?? `status ${status}`);
    this.name = 'ApiError';
  }

  has(code: string): boolean {
    return this.codes.includes(code);
  }
}

/** What tells that the same was, or may have been, done by its key. */
const OF_THE_KEY = ['idempotency_key_in_use', 'idempotency_key_reused', 'idempotent_answer_gone'];

/**
 * Whether an error says that nothing was done: what is sent next is another request, with a key of its own. Where no answer
 * came, or the server failed, nobody knows.
 */
export const isNothingDone = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && !OF_THE_KEY.some((code) => error.has(code));

/** Whether an error is a refusal with this code. */
export const isRefusal = (error: unknown, code: string): error is ApiError =>
  error instanceof ApiError && error.has(code);
