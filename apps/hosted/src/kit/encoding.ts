/** base64url of JSON, as EMV 3-D Secure carries it through browsers: no padding. */

/** Any object as base64url. */
export function encode(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** The object in `text`, or null where there is none to read. */
export function decode(text: string): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not base64, not UTF-8 or not JSON: there is nothing to read, which is an answer.
    return null;
  }
}
