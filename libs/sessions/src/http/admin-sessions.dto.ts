import { AtMost, Integer, Optional } from '@app/platform';
import { LINK_HOURS } from '../domain/retry';

/** The body of an operator's act. */
export class SessionActDto {
  @Optional() @AtMost(500) reason?: string;
}

/** The body of a retry. */
export class RetryDto extends SessionActDto {
  @Optional() @Integer(LINK_HOURS.least, LINK_HOURS.most) link_hours?: number;
}
