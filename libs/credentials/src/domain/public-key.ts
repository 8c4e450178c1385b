import { createHash } from 'node:crypto';
import { decodeId, encodeId } from '@app/kernel';
import type { Environment } from './model';

const CHECKS = 'abcdefghijklmnopqrstuvwxyz234567';

/** What a merchant's pages name one of its channels by. An identifier: whoever sees the page knows it. Ids are UUIDs. */
export interface PublicKey {
  id: string;
  merchantId: string;
  environment: Environment;
  channelId: string;
  /** Origins of pages that may use it; none: any. */
  allowedOrigins: readonly string[];
  createdAt: Date;
  /** To the minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/**
 * A public key as pages have it: `pk_`, its id, and a character that checks the others. SDKs of the contract want 27
 * characters of this alphabet (checkout-sdk-node, `NAS_LIVE_PUBLIC_KEY_REGEX`), where an id has 26.
 */
export function encodePublicKey(id: string): string {
  return encodeId('publicKey', id) + checkOf(id);
}

/** The UUID behind a public key, or null when the text is none. Never throws. */
export function decodePublicKey(text: string): string | null {
  const id = decodeId('publicKey', text.slice(0, -1));
  return id !== null && text.endsWith(checkOf(id)) ? id : null;
}

function checkOf(id: string): string {
  return CHECKS.charAt(createHash('sha256').update(id).digest().readUInt8() & 31);
}
