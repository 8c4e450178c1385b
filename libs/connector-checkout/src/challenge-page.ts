/** What a browser sees that comes back from a challenge. Pure. */
import { NOTIFICATION_POLICY, notificationPage } from '@app/emv3ds';
import { createHash } from 'node:crypto';

/** A page and the policy that it stands under. */
export interface ReturnPage {
  html: string;
  policy: string;
}

/** What the issuer's page posts (emv-3ds.md section 5.2). Nothing else is passed on. */
const FIELDS = ['cres', 'threeDSSessionData'] as const;
const MAX_FIELD = 64 * 1024;

const SUBMIT = `document.forms[0].submit()`;

const sha256 = (script: string): string => createHash('sha256').update(script).digest('base64');

/** Nothing but the one script, and the one form where there is one; the page stands in a frame of any merchant. */
const policyOf = (script: string, formAction: string): string =>
  [
    `default-src 'none'`,
    `script-src 'sha256-${sha256(script)}'`,
    `base-uri 'none'`,
    `form-action ${formAction}`,
    'frame-ancestors *',
  ].join('; ');

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Done</title></head><body>${body}</body></html>`;

/** Tells the page around it; alone in a window it goes on to our own page, where there is one. */
export function closingPage(returnUrl: string | null): ReturnPage {
  return { html: notificationPage('challenge-returned', { returnUrl }), policy: NOTIFICATION_POLICY };
}

/** The same for whoever it is. */
export const NEUTRAL_PAGE: ReturnPage = closingPage(null);

/** Posts what the issuer posted to the merchant's own address: by itself, or by a button where no script runs. */
export function relayPage(notificationUrl: string, posted: URLSearchParams): ReturnPage {
  const target = URL.parse(notificationUrl);
  if (target === null || !/^https?:$/.test(target.protocol)) return NEUTRAL_PAGE;
  const inputs = FIELDS.flatMap((name) => {
    const value = posted.get(name);
    return value === null || value.length > MAX_FIELD
      ? []
      : [`<input type="hidden" name="${name}" value="${escaped(value)}">`];
  });
  const form =
    `<form method="post" action="${escaped(notificationUrl)}">${inputs.join('')}` +
    `<noscript><button type="submit">Continue</button></noscript></form>`;
  // Browsers hold a redirect that answers the form to the same rule: a merchant may send its customer on, if encrypted.
  return { html: page(`${form}<script>${SUBMIT}</script>`), policy: policyOf(SUBMIT, `${target.origin} https:`) };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
