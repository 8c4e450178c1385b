import { CountersignError, DuplicateRequest, InvalidRequest, NotAllowed } from '@app/kernel';

/** A card was turned away at creation, now or by an earlier try of the same request; `code` is the connector's. */
export function turnedAway(code: string): NotAllowed {
  return new NotAllowed(code, 'The card cannot be authenticated');
}

/** What upstreams call a request that came while another was under way. */
const DUPLICATE: ReadonlySet<string> = new Set(['duplicate_requests_detected', 'session_already_in_use']);

/** What a connector turned a request away with. */
export interface RefusedRequest {
  kind: 'invalid' | 'not_allowed';
  codes: readonly string[];
}

/** Whether a request was turned away because another one is under way at the upstream. */
export function isDuplicate({ codes }: RefusedRequest): boolean {
  return codes.some((code) => DUPLICATE.has(code));
}

/** What the merchant is told when a connector turned its request away. */
export function refusedBy(refused: RefusedRequest): CountersignError {
  if (isDuplicate(refused)) return new DuplicateRequest();
  if (refused.kind === 'invalid') return new InvalidRequest(refused.codes);
  const [code = 'unknown'] = refused.codes;
  return new NotAllowed(code, 'The request was turned away');
}

/** Another try of a request that names itself has made the session already. */
export function anotherTryWasFaster(): CountersignError {
  return new CountersignError('conflict', ['idempotency_key_in_use'], 'Another try of this request was faster');
}

/** A one-time token that is unknown, spent or past its time: the merchant cannot tell which. */
export function tokenInvalid(): InvalidRequest {
  return new InvalidRequest(['invalid_token'], 'The token does not stand for a card');
}

/** A kept card that is unknown, deleted or another merchant's. */
export function instrumentUnknown(): InvalidRequest {
  return new InvalidRequest(['error_getting_instrument'], 'There is no such instrument');
}

/** The merchant's callback did not take the message within its time. */
export function callbackNotAcknowledged(): CountersignError {
  return new CountersignError('callback_failed', ['session_callback_failed'], 'The callback was not acknowledged');
}
