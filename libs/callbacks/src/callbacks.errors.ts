import { CountersignError } from '@app/kernel';

/** No message was ever owed, or it is forgotten by now. */
export function nothingToResend(): CountersignError {
  return new CountersignError(
    'conflict',
    ['nothing_to_resend'],
    'The session has no callback that could be sent again',
  );
}

/** Once more would be twice: a try is under way or about to be. */
export function callbackUnderWay(): CountersignError {
  return new CountersignError('conflict', ['callback_under_way'], 'The callback is about to be sent');
}
