import { CountersignError, NotAllowed } from '@app/kernel';
import { whyNot, type RetryObstacle } from '../domain/retry';

/** Another operator was faster: the session has its successor. */
export function alreadyRetried(): CountersignError {
  return new CountersignError('conflict', ['session_already_retried'], whyNot('session_already_retried'));
}

/** What keeps a session from being retried, as an error. */
export function notRetriable(code: RetryObstacle): CountersignError {
  switch (code) {
    case 'session_already_retried':
      return alreadyRetried();
    case 'session_refused':
      return new CountersignError('conflict', ['session_refused'], whyNot(code));
    case 'session_already_approved':
      return new NotAllowed('session_already_approved', whyNot(code));
    case 'merchant_suspended':
      return new NotAllowed('merchant_suspended', whyNot(code));
    case 'cardholder_not_present':
      return new NotAllowed('cardholder_not_present', whyNot(code));
    case 'card_token_spent':
      return new NotAllowed('card_token_spent', whyNot(code));
    case 'card_data_erased':
      return new NotAllowed('card_data_erased', whyNot(code));
    case 'nothing_to_drive_on':
      return new NotAllowed('nothing_to_drive_on', whyNot(code));
  }
}
