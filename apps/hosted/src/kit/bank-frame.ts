import { makeFrame } from './frame';

/** The window sizes of EMV 3-D Secure; `05` fills the element. */
export type WindowSize = '01' | '02' | '03' | '04' | '05';

const SIZES: Record<WindowSize, readonly [width: string, height: string]> = {
  '01': ['250px', '400px'],
  '02': ['390px', '400px'],
  '03': ['500px', '600px'],
  '04': ['600px', '400px'],
  '05': ['100%', '100%'],
};

/** How long a frame may look empty before the other way is offered. A browser does not tell when a page refuses to be framed. */
export const OFFER_AFTER_MS = 4_000;

/** A frame for the issuer's challenge in a window of `size`, at the end of `host`. */
export function makeBankFrame(host: HTMLElement, title: string, url: string, size: WindowSize): HTMLIFrameElement {
  const frame = makeFrame(host, title, url, ' allow-pointer-lock');
  frame.allow = 'payment; publickey-credentials-get';
  const [width, height] = SIZES[size];
  Object.assign(frame.style, { display: 'block', width, height, maxWidth: '100%', minHeight: '400px' });
  return frame;
}
