/** The callbacks that the shop received: the latest ones, in memory, with the verdict on their signature. */
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { CountersignError } from '@app/kernel';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { CLOCK } from '../config';
import { isRecord } from '../http/body';
import { DemoMerchantFile } from './demo-merchant';

/** One callback. `verified` is null when there was nothing to verify it with. */
export interface ReceivedCallback {
  readonly receivedAt: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly verified: boolean | null;
  readonly body: unknown;
}

const MAX_CALLBACKS = 5000;
const KEPT_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Keeps and finds callbacks. */
@Injectable()
export class CallbackStore {
  private readonly callbacks: ReceivedCallback[] = [];

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly merchants: DemoMerchantFile,
  ) {}

  /** Verifies by Standard Webhooks and keeps the callback, whatever the verdict. */
  async add(headers: Readonly<Record<string, string | string[] | undefined>>, raw: string): Promise<void> {
    const kept = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const receivedAt = this.clock.now().toISOString();
    const verified = await this.verify(kept, raw);
    this.callbacks.push({ receivedAt, headers: kept, verified, body: parse(raw) });
    if (this.callbacks.length > MAX_CALLBACKS) this.callbacks.shift();
  }

  /** The callbacks of one session (its wire id), or all; oldest first. */
  find(sessionId: string | undefined): readonly ReceivedCallback[] {
    if (sessionId === undefined) return this.callbacks;
    return this.callbacks.filter(({ body }) => isRecord(body) && body['session_id'] === sessionId);
  }

  private async verify(headers: Record<string, string>, raw: string): Promise<boolean | null> {
    const secrets = await this.secrets();
    if (secrets.length === 0 || headers['webhook-signature'] === undefined) return null;
    return secrets.some((secret) => passes(secret, headers, raw));
  }

  private async secrets(): Promise<readonly string[]> {
    try {
      return (await this.merchants.get()).webhookSecrets.map((secret) => secret.expose());
    } catch (error) {
      if (error instanceof CountersignError) return [];
      throw error;
    }
  }
}

function passes(secret: string, headers: Record<string, string>, raw: string): boolean {
  try {
    new Webhook(secret).verify(raw, headers);
    return true;
  } catch (error) {
    // verify() also parses the body; a body that is not JSON has no meaning here even when it is signed.
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) return false;
    throw error;
  }
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return raw;
    throw error;
  }
}
