import type { CountersignError, ErrorKind } from '@app/kernel';

/** The one table from kinds to the wire (sessions-api.md section 9; choices, "HTTP-level errors"). */
export const ERROR_KINDS: Record<ErrorKind, { status: number; errorType: string }> = {
  invalid_request: { status: 422, errorType: 'unprocessable_entity' },
  malformed: { status: 400, errorType: 'request_invalid' },
  too_slow: { status: 408, errorType: 'request_invalid' },
  too_large: { status: 413, errorType: 'request_invalid' },
  unsupported_media_type: { status: 415, errorType: 'request_invalid' },
  unauthenticated: { status: 401, errorType: 'forbidden' },
  not_found: { status: 404, errorType: 'not_found' },
  gone: { status: 410, errorType: 'not_found' },
  not_allowed: { status: 403, errorType: 'operation_not_allowed' },
  duplicate_request: { status: 409, errorType: 'duplicate_requests_detected' },
  conflict: { status: 409, errorType: 'conflict' },
  too_many: { status: 429, errorType: 'too_many_requests' },
  not_implemented: { status: 501, errorType: 'not_implemented' },
  callback_failed: { status: 502, errorType: 'callback_failed' },
  unavailable: { status: 503, errorType: 'service_not_available' },
  internal: { status: 500, errorType: 'internal_server_error' },
};

/** The error body of the contract; all three members are always there, and few errors of the admin API say more. */
export interface ErrorBody {
  request_id: string;
  error_type: string;
  error_codes: readonly string[];
}

/** The status and body that answer `error`. No message and no stack: codes and details are the public part. */
export function toErrorResponse(
  error: Pick<CountersignError, 'kind' | 'codes'> & Partial<Pick<CountersignError, 'details'>>,
  requestId: string,
): { status: number; body: ErrorBody } {
  const { status, errorType } = ERROR_KINDS[error.kind];
  return { status, body: { request_id: requestId, error_type: errorType, error_codes: error.codes, ...error.details } };
}
