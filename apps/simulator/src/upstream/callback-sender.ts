/** The callback of a completion: unsigned, once, within the complete call (sessions-api.md section 7.1). */
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { Agent, request } from 'undici';
import { CLOCK } from '../config';
import { presentCallback } from './presenter';
import type { Json, UpstreamSession } from './session';

/** One callback as it was sent; `status` is null when nothing answered. */
export interface SentCallback {
  readonly sessionId: string;
  readonly url: string;
  readonly sentAt: string;
  readonly status: number | null;
  readonly body: Json;
}

const TIMEOUT_MS = 10_000;
const KEPT = 5000;

/** Sends callbacks and remembers the latest. */
@Injectable()
export class CallbackSender implements OnModuleDestroy {
  private readonly agent = new Agent({ connections: 64, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  private sent: SentCallback[] = [];

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** True when the target took it, or when there is none. */
  async send(session: UpstreamSession): Promise<boolean> {
    const url = (session.request['completion'] as Json)['callback_url'];
    if (typeof url !== 'string') return true;
    const body = presentCallback(session);
    const sentAt = this.clock.now().toISOString();
    const status = await this.post(url, JSON.stringify(body));
    this.sent.push({ sessionId: session.id, url, sentAt, status, body });
    if (this.sent.length > KEPT) this.sent.shift();
    return status !== null && status >= 200 && status < 300;
  }

  all(): readonly SentCallback[] {
    return this.sent;
  }

  reset(): void {
    this.sent = [];
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }

  private async post(url: string, body: string): Promise<number | null> {
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body.dump();
      return response.statusCode;
    } catch {
      // Whatever kept the target from answering, the completion fails.
      return null;
    }
  }
}
