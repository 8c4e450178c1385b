import createCache from '@emotion/cache';

/** The policy of the page lets in styles with this nonce only; the server writes a new one into every page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** Where the components' styles go. */
export const styleCache = createCache({ key: 'cs', prepend: true, ...(nonce === undefined ? {} : { nonce }) });
