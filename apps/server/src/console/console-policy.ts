/**
 * What the console's page may load and do (Content Security Policy 3): its own scripts and styles, which carry the nonce of
 * this very answer, our API, and nothing of anybody else. A script that it loads later is let in by the one that loads it.
 */
export const consolePolicy = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' 'self'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
