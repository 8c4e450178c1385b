/** The page of card fields that stands in a frame of a merchant's page, and the headers that it stands under. Pure. */
import type { HostedAssets } from '../hosted/page';
import { ancestorsOf, commonHeaders, type PageRights, type Surroundings } from '../hosted/page-headers';

/** DI token: what the build made for the card fields (`HostedAssets`). The server binds it. */
export const CARD_FIELDS_ASSETS = Symbol('CARD_FIELDS_ASSETS');

/** Nothing in it but a place: the script makes the fields, in the cardholder's language. */
export function renderCardFields({ script, styles }: HostedAssets, nonce: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title>' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<style nonce="${nonce}">${styles}</style></head>` +
    `<body><main></main><script nonce="${nonce}" src="${script}"></script></body></html>`
  );
}

/** It talks to nobody but us, and stands only where its key may be used. */
export function cardFieldsHeaders(
  surroundings: Pick<Surroundings, 'baseUrl'>,
  { nonce, frameAncestors }: Pick<PageRights, 'nonce' | 'frameAncestors'>,
): Record<string, string> {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${ancestorsOf(frameAncestors)}`,
  ];
  return { ...commonHeaders(surroundings), 'content-security-policy': policy.join('; ') };
}
