/** Answers of the scripted upstream as values, before any fault has touched them. */
import { newUuidV4 } from '@app/kernel';

/** A body is JSON when it is an object, or absent. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A refusal that an endpoint throws; it goes out as it is. */
export class Refusal extends Error {
  constructor(readonly answer: UpstreamAnswer) {
    super(`Refused with ${answer.status}`);
  }
}

/** The usual `error_type` of a status (sessions-api.md section 9). */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  403: 'operation_not_allowed',
  404: 'not_found',
  409: 'duplicate_requests_detected',
  422: 'unprocessable_entity',
  500: 'internal_server_error',
  501: 'not_implemented',
  502: 'callback_failed',
  503: 'service_not_available',
};

/** An error of the sessions service. 401 has no body. */
export function errorAnswer(status: number, codes: readonly string[]): UpstreamAnswer {
  if (status === 401) return { status };
  const error_type = ERROR_TYPES[status] ?? 'operation_not_allowed';
  return { status, body: { request_id: newUuidV4(), error_type, error_codes: codes } };
}

/** The same, to throw. */
export function refusal(status: number, ...codes: readonly string[]): Refusal {
  return new Refusal(errorAnswer(status, codes));
}
