/** What the upstream has to tell by webhook. */
import { Injectable } from '@nestjs/common';
import type { UpstreamSession } from './session';

/** Told of the beginning and the end of every authentication. */
@Injectable()
export class UpstreamEvents {
  started(_session: UpstreamSession): void {
    // Sent by webhooks.
  }

  ended(_session: UpstreamSession): void {
    // Sent by webhooks.
  }
}
