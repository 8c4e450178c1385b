import { makeBankFrame, OFFER_AFTER_MS, type WindowSize } from './bank-frame';
import { decode, encode } from './encoding';
import { CountersignError } from './errors';
import { postForm, retire, RETIRE_MS, uniqueName, watchPolicy } from './frame';
import { pause } from './pause';
import { follow, isFinal, waitForResult } from './result';
import type { Session, SessionHandle } from './types';

/** How long a page that leaves is left in peace. */
const LEAVE_MS = 5_000;
const OFFER = 'Nothing to see here? Continue in a new window';

/** Into an element of the page. `size` is `05` unless told; `offer` is the text of the way out, null for none. */
export interface InElement {
  readonly element: HTMLElement;
  readonly size?: WindowSize;
  readonly offer?: string | null;
}

/** Into a window of its own: one that you opened in a click, or `true` to open one now. */
export interface InPopup {
  readonly popup: Window | true;
}

/**
 * Instead of this page. It does not come back by itself: the session needs a `challenge_notification_url` of yours, and the page
 * behind it goes on with `waitForResult`.
 */
export interface InRedirect {
  readonly redirect: true;
}

/**
 * Shows the issuer's challenge, if it asks for one, and resolves with the final session as the server has it. While the issuer
 * is still being asked it waits; a session that is final already it only returns. What the issuer's page sends through the browser makes the kit ask
 * sooner and nothing else. Throws `not_challenged` when it is the merchant's turn, `popup_blocked`, `unauthorized`, `refused`,
 * and `aborted`, after which the challenge is out of the page.
 */
export async function challenge(
  session: SessionHandle,
  place: (InElement | InPopup | InRedirect) & { readonly signal?: AbortSignal },
): Promise<Session> {
  const { signal } = place;
  const isWhole = session.status === 'challenged' && session.acs?.url && session['3ds']?.challenge_request;
  const known = isWhole ? session : await follow(session, ({ status }) => status !== 'processing', signal);
  if (!isWhole && isFinal(known as Session)) return known as Session;
  const url = known.acs?.url;
  const creq = known['3ds']?.challenge_request;
  if (url === undefined || creq === undefined) {
    throw new CountersignError(
      'not_challenged',
      `The session is ${String(known.status)}: there is no challenge to show`,
    );
  }
  if ('redirect' in place) {
    postForm(url, '_top', { creq });
    // The page is leaving; should it stay, the server still knows.
    await pause(LEAVE_MS, signal);
    return waitForResult(session, { signal });
  }
  const close = 'popup' in place ? showPopup(url, creq, place.popup) : showFrame(url, creq, place);
  try {
    return await waitForResult(session, { signal });
  } finally {
    close();
  }
}

/** The CReq for a window of `size`; as the server made it where no size is wished, or it cannot be read. */
export function withSize(creq: string, size: WindowSize | undefined): string {
  const message = size && decode(creq);
  return message ? encode({ ...message, challengeWindowSize: size }) : creq;
}

const openWindow = (): Window | null => window.open('', uniqueName(), 'popup,width=520,height=640');

function showPopup(url: string, creq: string, wanted: Window | true): () => void {
  const popup = wanted === true ? openWindow() : wanted;
  if (!popup || popup.closed) throw new CountersignError('popup_blocked', 'The browser opened no window');
  // A window that the page opened under no name gets one to aim at.
  popup.name ||= uniqueName();
  postForm(url, popup.name, { creq });
  popup.focus();
  return () => setTimeout(() => popup.close(), RETIRE_MS);
}

function showFrame(url: string, creq: string, { element, size, offer = OFFER }: InElement): () => void {
  const frame = makeBankFrame(element, 'Your bank', url, size ?? '05');
  const done = new AbortController();
  let button: HTMLButtonElement | undefined;
  let closePopup = (): void => undefined;
  const showOffer = (): void => {
    if (offer === null || button || done.signal.aborted) return;
    button = document.createElement('button');
    button.type = 'button';
    button.textContent = offer;
    button.addEventListener('click', () => {
      closePopup();
      const popup = openWindow();
      // Browsers inside other apps have no second window: there the challenge takes the place of the page.
      if (popup) closePopup = showPopup(url, creq, popup);
      else postForm(url, '_top', { creq });
    });
    element.append(button);
  };
  const stop = watchPolicy(url, () => {
    frame.style.display = 'none';
    showOffer();
  });
  pause(OFFER_AFTER_MS, done.signal).then(showOffer, () => undefined);
  postForm(url, frame.name, { creq: withSize(creq, size) });
  return () => {
    done.abort();
    stop();
    button?.remove();
    closePopup();
    retire(frame);
  };
}
