import { CountersignError, NotAllowed } from '@app/kernel';

/** A card was turned away at creation, now or by an earlier try of the same request; `code` is the connector's. */
export function turnedAway(code: string): NotAllowed {
  return new NotAllowed(code, 'The card cannot be authenticated');
}

/** Another try of a request that names itself has made the session already. */
export function anotherTryWasFaster(): CountersignError {
  return new CountersignError('conflict', ['idempotency_key_in_use'], 'Another try of this request was faster');
}

/** The merchant's callback did not take the message within its time. */
export function callbackNotAcknowledged(): CountersignError {
  return new CountersignError('callback_failed', ['session_callback_failed'], 'The callback was not acknowledged');
}
