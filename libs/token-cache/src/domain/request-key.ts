import { createHash } from 'node:crypto';
import type { TokenRequest } from '../token-cache.types';

/** Says what a request is for, in one form whatever the order of its scopes. Built on every request: no hash. */
export function canonicalRequest({ accountId, scopes, audience }: Omit<TokenRequest, 'credentialVersion'>): string {
  const inOrder = (areInOrder(scopes) ? scopes : uniqueScopes(scopes)).join(' ');
  return audience === undefined ? `${accountId}\n${inOrder}` : `${accountId}\n${inOrder}\n${audience}`;
}

/** Mostly they come so, and need no sorting. */
function areInOrder(scopes: readonly string[]): boolean {
  for (let index = 1; index < scopes.length; index++) {
    if ((scopes[index - 1] ?? '') >= (scopes[index] ?? '')) return false;
  }
  return true;
}

/** Each scope once, sorted. */
export function uniqueScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes)].sort();
}

/** The row's primary key: SHA-256 of the canonical form, in hex. */
export function keyOf(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex');
}

/** A number from 0 up to 1 that looks random and is always the same for the same row and fetch. */
export function jitterOf(key: string, sequence: number): number {
  return createHash('sha256').update(`${key} ${sequence}`).digest().readUInt32BE(0) / 2 ** 32;
}
