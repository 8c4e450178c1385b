/** What stands for a part of an address that is not shown. */
export const MASKED_PART = '•••';

const ADDRESSES = /https?:\/\/[^\s<>]*/gi;
/** Scheme, authority, path, query and fragment (RFC 3986 appendix B). */
const PARTS = /^([^/]*\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/;

/**
 * A text whose web addresses tell where they lead, and nothing that may prove who goes there: neither the user and password,
 * nor the values of the query (names stay) and those of a fragment: `https://•••@shop.example/cb?token=•••`. An address that
 * was masked before stays as it is.
 */
export function maskAddresses(text: string): string {
  return text.includes('://') ? text.replace(ADDRESSES, maskAddress) : text;
}

function maskAddress(address: string): string {
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = PARTS.exec(address) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const user = host === authority ? '' : `${MASKED_PART}@`;
  return scheme + user + host + path + maskQuery(query) + fragment.replace(/=[^&]+/g, `=${MASKED_PART}`);
}

function maskQuery(query: string): string {
  const pairs = query.slice(1).split('&').map(maskPair);
  return query.slice(0, 1) + pairs.join('&');
}

/** What has no name may be the secret itself. */
function maskPair(pair: string): string {
  const end = pair.indexOf('=') + 1;
  return pair.length === end ? pair : pair.slice(0, end) + MASKED_PART;
}
