/** Whether a browser's call comes from our own page, as far as browsers tell. Pure. */
import type { IncomingHttpHeaders } from 'node:http';

type Told = Pick<IncomingHttpHeaders, 'origin'> & { 'sec-fetch-site'?: string | string[] | undefined };

/** A script's call: browsers name its origin, and new ones that it is ours. Who sends neither is no browser, or an old one. */
export function isOwnScript(headers: Told, baseUrl: string): boolean {
  return isOwnSite(headers) && [undefined, originOf(baseUrl)].includes(headers.origin);
}

/** A form's post. Our pages give no referrer away, and browsers then say `null` for the origin of a form (Fetch standard, "append a request `Origin` header"). */
export function isOwnForm(headers: Told, baseUrl: string): boolean {
  return isOwnSite(headers) && [undefined, 'null', originOf(baseUrl)].includes(headers.origin);
}

/** Whether a browser says that it shows the answer in a frame of a page. */
export function isFramed(headers: { 'sec-fetch-dest'?: string | string[] | undefined }): boolean {
  return ['iframe', 'frame', 'embed', 'object'].includes(String(headers['sec-fetch-dest']));
}

const isOwnSite = (headers: Told): boolean => [undefined, 'same-origin'].includes(single(headers['sec-fetch-site']));

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

const originOf = (url: string): string => new URL(url).origin;
