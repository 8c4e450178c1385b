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
  /** Of the page's one script and of its style. */
  nonce: string;
  /** Whether there is a script, and forms and frames: a notice has none. */
  acts: boolean;
  /** Origins of merchants' pages that may frame this one. */
  frameAncestors: readonly string[] | 'any';
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
export function pageHeaders(
  surroundings: Surroundings,
  { nonce, acts, frameAncestors }: PageRights,
): Record<string, string> {
  const ancestors = ancestorsOf(frameAncestors);
  const policy = {
    ...(acts ? actingPolicy(surroundings, nonce) : STILL),
    ...commonPolicy(nonce),
    'frame-ancestors': ancestors,
  };
  return {
    ...commonHeaders(surroundings),
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    // For browsers that do not know `frame-ancestors`; it can name nobody.
    ...(ancestors === NOBODY ? { 'x-frame-options': 'DENY' } : {}),
  };
}

const NOBODY = `'none'`;

/** The sources of `frame-ancestors`: whatever is no origin is left out, and none is nobody. */
export function ancestorsOf(origins: PageRights['frameAncestors']): string {
  if (origins === 'any') return '*';
  const known = origins.filter((origin) => ORIGIN.test(origin));
  return known.length === 0 ? NOBODY : known.join(' ');
}

const commonPolicy = (nonce: string): Record<string, string> => ({
  'style-src': `'nonce-${nonce}'`,
  'base-uri': `'none'`,
});

const STILL = { 'default-src': `'none'`, 'form-action': `'none'` };

/**
 * Scripts by nonce, calls and pictures of our own origin. Where an issuer's pages are is known only when it has answered, and
 * from there they lead on to addresses that nobody tells us: so frames and forms may go to any that is encrypted.
 */
function actingPolicy({ demo }: Surroundings, nonce: string): Record<string, string> {
  const outside = demo ? 'https: http:' : 'https:';
  return {
    'default-src': `'none'`,
    'script-src': `'nonce-${nonce}'`,
    'img-src': `'self' data:`,
    'connect-src': `'self'`,
    'frame-src': `'self' ${outside}`,
    'form-action': `'self' ${outside}`,
  };
}
