import { CountersignError } from '@app/kernel';
import type { HostedState } from './hosted-state';

/** Another view of the page has the session by now. The answer carries the state of the one that asked. */
export class OpenedElsewhere extends CountersignError {
  constructor(readonly state: HostedState) {
    super('conflict', ['opened_elsewhere'], 'The page was opened elsewhere');
  }
}
