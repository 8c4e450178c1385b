/** The pages at which an issuer's frames and windows end: they tell who framed or opened them, and hold no result. Pure. */
import { createHash } from 'node:crypto';

/**
 * Every frame around this one hears it, because an issuer may have put it deeper; so does the opener of a window, which is
 * then closed. Whoever listens checks where it comes from.
 */
const SCRIPT = [
  'var d=document.body.dataset,m={type:d.type},w=window;',
  'if(d.id)m.transactionId=d.id;',
  "while(w!==w.parent){w=w.parent;w.postMessage(m,'*')}",
  // In a frame the merchant's page speaks; alone in a window, this one does.
  "if(w!==window)document.body.textContent='';",
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

/** The page that sends a message of `type`, about `id` where there is one: letters, digits and dashes only. */
export function notificationPage(type: 'method-done' | 'challenge-returned', id?: string): string {
  const about = id !== undefined && /^[\w-]+$/.test(id) ? ` data-id="${id}"` : '';
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Back to the shop</title>' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
    `</head><body data-type="countersign:${type}"${about}><p>Thank you. You can go back to the shop now.</p>` +
    `<script>${SCRIPT}</script></body></html>`
  );
}
