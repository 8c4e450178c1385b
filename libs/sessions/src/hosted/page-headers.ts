/** The headers that cardholders' pages stand under. Pure. */

/** What the headers depend on. */
export interface Surroundings {
  /** Our public address. */
  baseUrl: string;
  /** In demo mode issuers and shops may be without TLS. */
  demo: boolean;
}

/** What a page of ours is allowed. */
export interface PageRights {
  /** Of the page's one script and what it needs of styles; null: no script runs, the style is in the page. */
  nonce: string | null;
  /** Origins of merchants' pages that may frame this one. */
  frameAncestors: readonly string[];
}

/** A year; what browsers ask of those who mean it. */
const HSTS = 'max-age=31536000';

/** An origin as a policy names one: nothing in it ends the directive or the header. */
const ORIGIN = /^https?:\/\/(\[[\da-f:.]+\]|[a-z\d.-]+)(:\d{1,5})?$/i;

/** Of every answer to a cardholder's browser, whatever it is. */
export function commonHeaders({ baseUrl }: Pick<Surroundings, 'baseUrl'>): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
    ...(baseUrl.startsWith('https:') ? { 'strict-transport-security': HSTS } : {}),
  };
}

/** Of a page for people. */
export function pageHeaders(surroundings: Surroundings, rights: PageRights): Record<string, string> {
  const ancestors = rights.frameAncestors.filter((origin) => ORIGIN.test(origin));
  return {
    ...commonHeaders(surroundings),
    'content-security-policy': contentSecurityPolicy(surroundings, rights.nonce, ancestors),
    // For browsers that do not know `frame-ancestors`; it can name nobody.
    ...(ancestors.length === 0 ? { 'x-frame-options': 'DENY' } : {}),
    // Another page of the same locale and brand is another page: what is shown depends on these.
    vary: 'accept-language',
  };
}

/**
 * Scripts by nonce only, calls and styles of our own origin only. Where an issuer's pages are is known only when it has answered,
 * and from there they lead on to addresses that nobody tells us: so frames and forms may go to any that is encrypted.
 */
function contentSecurityPolicy({ demo }: Surroundings, nonce: string | null, ancestors: readonly string[]): string {
  const outside = demo ? 'https: http:' : 'https:';
  const own = nonce === null ? '' : ` 'nonce-${nonce}'`;
  return Object.entries({
    'default-src': `'none'`,
    'script-src': nonce === null ? `'none'` : own.trim(),
    'style-src': nonce === null ? `'self' 'unsafe-inline'` : `'self'${own}`,
    'img-src': `'self' data:`,
    'connect-src': nonce === null ? `'none'` : `'self'`,
    'frame-src': nonce === null ? `'none'` : `'self' ${outside}`,
    'form-action': nonce === null ? `'none'` : `'self' ${outside}`,
    'base-uri': `'none'`,
    'frame-ancestors': ancestors.length === 0 ? `'none'` : ancestors.join(' '),
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
