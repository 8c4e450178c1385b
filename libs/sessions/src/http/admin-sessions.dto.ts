import { AtMost, Optional } from '@app/platform';

/** The body of an operator's act. */
export class SessionActDto {
  @Optional() @AtMost(500) reason?: string;
}
