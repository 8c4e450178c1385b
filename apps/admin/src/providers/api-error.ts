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

/** Whether an error is a refusal with this code. */
export const isRefusal = (error: unknown, code: string): error is ApiError =>
  error instanceof ApiError && error.has(code);
