import { Optional, Visible } from '@app/platform';

/** The body of an act on a token. */
export class TokenActDto {
  @Optional() @Visible(500) reason?: string;
}
