import { baseOf, needSession, reportMethod } from './api';
import { encode } from './encoding';
import { makeFrame, postForm, retire, watchPolicy } from './frame';
import { onMessage } from './messages';
import { assertWanted, pause } from './pause';
import type { MethodCompletion, SessionHandle } from './types';

/** How long an issuer's page has (emv-3ds.md section 1.8). */
const METHOD_LIMIT_MS = 10_000;

/** The issuer's page: where it is, what it is sent, and about which transaction it reports back. */
export interface MethodPage {
  readonly url: string;
  readonly fields: Record<string, string>;
  readonly transactionId: string;
}

/**
 * Lets the issuer look at this browser (the 3DS Method), in a frame that nobody sees, for at most 10 s.
 * Resolves with `Y` when it reported back in time, `N` when not, `U` when the issuer has no such page. Put it into the
 * `three_ds_method_completion` of `collect-data`; where the session has its device data already, the kit reports it itself.
 * Throws `unauthorized`, `refused`, `network` and `aborted`.
 */
export async function runThreeDSMethod(
  session: SessionHandle,
  { signal }: { signal?: AbortSignal } = {},
): Promise<MethodCompletion> {
  const isWhole = session.next_actions !== undefined && session.transaction_id !== undefined;
  const known = isWhole ? session : await needSession(session, signal);
  const url = known._links.three_ds_method_url?.href;
  if (url === undefined) return 'U';
  const base = baseOf(session);
  const transactionId = String(known.transaction_id);
  const threeDSMethodData = encode({
    threeDSServerTransID: transactionId,
    threeDSMethodNotificationURL: `${base}/3ds/method-notification`,
  });
  const completion = await runMethod({ url, fields: { threeDSMethodData }, transactionId }, base, signal);
  if (!known.next_actions?.includes('collect_channel_data')) await reportMethod(session, completion, signal);
  return completion;
}

/** Runs the issuer's page; `base` is where the notification pages are. `Y` or `N`; throws `aborted`. */
export async function runMethod(
  { url, fields, transactionId }: MethodPage,
  base: string,
  signal?: AbortSignal,
): Promise<MethodCompletion> {
  assertWanted(signal);
  let completion: MethodCompletion = 'N';
  let end = (): void => undefined;
  const stops = [
    watchPolicy(url, () => end()),
    onMessage(
      base,
      'countersign:method-done',
      () => {
        completion = 'Y';
        end();
      },
      transactionId,
    ),
  ];
  const frame = makeFrame(document.body, '3-D Secure', url);
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  Object.assign(frame.style, { position: 'absolute', width: '1px', height: '1px', left: '-9px', visibility: 'hidden' });
  try {
    const limit = pause(METHOD_LIMIT_MS, signal, (now) => (end = now));
    postForm(url, frame.name, fields);
    await limit;
  } finally {
    for (const stop of stops) stop();
    retire(frame);
  }
  return completion;
}
