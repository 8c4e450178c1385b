import { Optional, Visible } from '@app/platform';

/** The body of asking for a check. */
export class AskCheckDto {
  @Optional() @Visible(500) reason?: string;
}
