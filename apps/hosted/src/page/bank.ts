/** The issuer's challenge in the page: its frame, and the way out where a frame does not do. */
import { makeBankFrame, OFFER_AFTER_MS } from '../kit/bank-frame';
import { postForm, retire, watchPolicy } from '../kit/frame';
import { onMessage } from '../kit/messages';
import { unlessGone } from './leave';
import type { IssuerForm } from './state';
import type { View } from './view';
import { windowSizeIn } from './window-size';

/**
 * Shows the issuer's page and resolves when it says that it is through (which is no result), or on the signal; then the frame is
 * gone. Offers the page on its own when the frame may have stayed empty, and at once when it was refused.
 */
export function showBank(view: View, title: string, { url, fields }: IssuerForm, signal: AbortSignal): Promise<void> {
  const { bank } = view;
  const frame = makeBankFrame(bank, title, url, windowSizeIn(fields['creq']));
  const hasContent = (): void => {
    delete bank.dataset.empty;
  };
  bank.dataset.empty = '';
  frame.addEventListener('load', hasContent);
  postForm(url, frame.name, fields);
  frame.focus();
  return new Promise((resolve) => {
    const timer = setTimeout(() => view.offerBank(true), OFFER_AFTER_MS);
    const stops = [
      watchPolicy(url, () => {
        clearTimeout(timer);
        frame.remove();
        hasContent();
        view.show('refused');
      }),
      onMessage(location.href, 'countersign:challenge-returned', end),
    ];
    function end(): void {
      clearTimeout(timer);
      for (const stop of stops) stop();
      signal.removeEventListener('abort', end);
      retire(frame);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}

/** The issuer's page in place of this one, and of whatever is around it. */
export function openBank({ url, fields }: IssuerForm): void {
  postForm(url, '_top', fields);
  unlessGone(() => postForm(url, '_self', fields));
}
