/** The upstream's `reference`: our session id, then the merchant's own words. Pure. */
import { decodeId, encodeId } from '@app/kernel';

/** sessions-api.md section 5.1. */
const MAX_LENGTH = 100;
const OURS = /^(sid_[a-z2-7]{26})(?: |$)/;

/**
 * At most 100 characters, however characters are counted (UTF-16 units are the most). Ours stands first, so that nothing
 * that the merchant writes can look like it and no cut can lose it.
 */
export function toReference(sessionId: string, merchantReference?: string): string {
  const own = encodeId('session', sessionId);
  if (merchantReference === undefined || merchantReference === '') return own;
  return `${own} ${cut(merchantReference, MAX_LENGTH - own.length - 1)}`;
}

/** Half of a surrogate pair is no text that all readers of JSON agree on. */
function cut(text: string, length: number): string {
  const head = text.slice(0, length);
  return (/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head).toWellFormed();
}

/** The id (UUID) of our session in a reference that came back, or null when it is none of ours. */
export function sessionOfReference(reference: unknown): string | null {
  if (typeof reference !== 'string') return null;
  const [, id] = OURS.exec(reference) ?? [];
  return id === undefined ? null : decodeId('session', id);
}

/** Under what name notices know our session (UUID) by its reference. */
export const referenceKey = (sessionId: string): string => `reference:${encodeId('session', sessionId)}`;
