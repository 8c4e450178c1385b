/**
 * Why a try did not deliver: how the connection failed (`refused` to `forbidden_address`), an answer that is no
 * acknowledgement (`redirect`, `bad_status`), or something on our side (`channel_missing`, `not_prepared`).
 */
export const DELIVERY_PROBLEMS = [
  'refused',
  'unresolvable',
  'timeout',
  'cut',
  'too_large',
  'invalid_url',
  'forbidden_address',
  'redirect',
  'bad_status',
  'channel_missing',
  'not_prepared',
] as const;

export type DeliveryProblem = (typeof DELIVERY_PROBLEMS)[number];

/** What an answer's status says: null for 2xx. A redirect is not followed, so it acknowledges nothing. */
export function problemOfStatus(status: number): DeliveryProblem | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'bad_status';
}
