import type { Secret } from '@app/kernel';
import { Webhook } from 'standardwebhooks';

/** Name and version in `user-agent`; a spec holds it to package.json. */
export const USER_AGENT = 'Countersign/0.1.0';

/**
 * Headers of one try (Standard Webhooks, "Webhook headers"). `messageId` is the `msg_…` wire id and stays the same over
 * retries; `at` is the true present, which receivers compare with theirs; without a `whsec_…` secret nothing is signed.
 */
export function webhookHeaders(
  messageId: string,
  at: Date,
  body: string,
  secret: Secret | null,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    ...(secret && { 'webhook-signature': new Webhook(secret.expose()).sign(messageId, at, body) }),
  };
}
