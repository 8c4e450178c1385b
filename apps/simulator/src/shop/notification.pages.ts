/** Where the ACS's frames end: tiny pages that tell the shop's page, their parent, and nothing else. */
import { markup, type Document } from '../html/document';

/** What the parent hears; `data` holds ids and codes only. */
export interface Notification {
  readonly type: 'shop:method' | 'shop:challenge';
  readonly data: Readonly<Record<string, string>>;
}

/** A page that posts `notification` to the window that framed it, if that is the shop itself; once it has loaded, since the frame goes then. */
export function notificationPage(notification: Notification): Document {
  // `<` cannot end the script element when it is written as an escape.
  const message = JSON.stringify(notification).replace(/</g, '\\u003c');
  return {
    title: 'Back to the shop',
    script: `window.addEventListener('load', () => window.parent.postMessage(${message}, window.location.origin));`,
    body: markup`<p>You can return to the shop.</p>`,
  };
}
