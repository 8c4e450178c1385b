import type { Environment } from '@app/authentication-port';
import { OneOf, Optional, Shape, Visible } from '@app/platform';

/** The body of a refresh. */
export class RefreshDto {
  @Optional() @Visible(500) reason?: string;
}

/** The number of a card, or its first digits; it is looked up in memory, and neither kept nor logged. */
export class LookUpDto {
  @OneOf(['test', 'live']) environment: Environment;
  @Shape(/^\d{8,19}$/) number: string;
}
