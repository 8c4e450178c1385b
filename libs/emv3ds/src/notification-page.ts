/**
 * The pages at which an issuer's frames and windows end (emv-3ds.md sections 5.4 and 5.5): they tell who framed or opened them,
 * and hold no result. Pure.
 */
import { createHash } from 'node:crypto';

/** What the page is about, and what it does where nobody is around it. */
export interface NotificationOptions {
  /** The transaction's id: letters, digits and dashes only, or it is left out. */
  id?: string | undefined;
  /** Where a browser goes on that shows this page by itself: absolute http(s) address. */
  returnUrl?: string | null;
}

/**
 * Every frame around this one hears it, because an issuer may have put it deeper. Alone in a window it goes on to where it
 * was told to; else its opener hears it and it is closed. Whoever listens checks where it comes from.
 */
const SCRIPT = [
  'var d=document.body.dataset,m={type:d.type},w=window;',
  'if(d.id)m.transactionId=d.id;',
  "while(w!==w.parent){w=w.parent;w.postMessage(m,'*')}",
  // In a frame the page around it speaks; alone in a window, this one does.
  "if(w!==window)document.body.textContent='';",
  'else if(d.to)location.replace(d.to);',
  "else if(opener){opener.postMessage(m,'*');close()}",
].join('');

/** Nothing but the one script; the page stands in a frame of any merchant. */
export const NOTIFICATION_POLICY = [
  `default-src 'none'`,
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  'frame-ancestors *',
].join('; ');

/** The page that sends a message of `type`. */
export function notificationPage(
  type: 'method-done' | 'challenge-returned',
  { id, returnUrl = null }: NotificationOptions = {},
): string {
  const about = id !== undefined && /^[\w-]+$/.test(id) ? ` data-id="${id}"` : '';
  const to = returnUrl !== null && /^https?:\/\//.test(returnUrl) ? escaped(returnUrl) : null;
  const refresh = `<noscript><meta http-equiv="refresh" content="0; url=${to}"></noscript>`;
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Back to the shop</title>' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
    `${to === null ? '' : refresh}</head>` +
    `<body data-type="countersign:${type}"${about}${to === null ? '' : ` data-to="${to}"`}>` +
    (to === null
      ? '<p>Thank you. You can go back to the shop now.</p>'
      : `<p>Thank you. <a href="${to}">Continue</a></p>`) +
    `<script>${SCRIPT}</script></body></html>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
