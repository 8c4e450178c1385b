import { CountersignError, NotAllowed } from '@app/kernel';
import { whyNotReproduced, type ReproductionObstacle } from '../domain/reproduction';

/** What keeps a session from being replayed, as an error. */
export function notReproducible(code: ReproductionObstacle): CountersignError {
  const why = whyNotReproduced(code);
  switch (code) {
    case 'session_refused':
      return new CountersignError('conflict', ['session_refused'], why);
    case 'session_not_final':
      return new NotAllowed('session_not_final', why);
    case 'cardholder_not_at_browser':
      return new NotAllowed('cardholder_not_at_browser', why);
    case 'scheme_not_simulated':
      return new NotAllowed('scheme_not_simulated', why);
  }
}
