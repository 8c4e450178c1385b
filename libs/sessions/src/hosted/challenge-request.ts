/** The CReq that a browser posts, for a window of a size (emv-3ds.md sections 2.4 and 5.5). Pure. */

/** `challengeWindowSize`: 250×400, 390×400, 500×600, 600×400, full screen. */
export const WINDOW_SIZES = ['01', '02', '03', '04', '05'] as const;
export type WindowSize = (typeof WINDOW_SIZES)[number];

/**
 * `creq` (base64url of JSON) for a window of `size`; the same size gives the same text, because a page that is loaded again must post the
 * same CReq. As it is where no size was chosen, or where it cannot be read.
 */
export function challengeRequestFor(creq: string, size: WindowSize | null): string {
  const message = size === null ? null : messageIn(creq);
  if (message === null) return creq;
  return Buffer.from(JSON.stringify({ ...message, challengeWindowSize: size })).toString('base64url');
}

function messageIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch (error) {
    // Not JSON: another's to make sense of.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
