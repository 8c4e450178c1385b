import { baseOf, needSession, reportMethod } from './api';
import { encode } from './encoding';
import { makeFrame, postForm, retire, watchPolicy } from './frame';
import { onMessage } from './messages';
import { assertWanted, pause } from './pause';
import type { MethodCompletion, SessionHandle } from './types';

/** How long an issuer's page has (emv-3ds.md section 1.8). */
const METHOD_LIMIT_MS = 10_000;

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
  const completion = await run(url, baseOf(session), String(known.transaction_id), signal);
  if (!known.next_actions?.includes('collect_channel_data')) await reportMethod(session, completion, signal);
  return completion;
}

async function run(url: string, base: string, id: string, signal?: AbortSignal): Promise<MethodCompletion> {
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
      id,
    ),
  ];
  const frame = makeFrame(document.body, '3-D Secure', url);
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  Object.assign(frame.style, { position: 'absolute', width: '1px', height: '1px', left: '-9px', visibility: 'hidden' });
  try {
    const limit = pause(METHOD_LIMIT_MS, signal, (now) => (end = now));
    postForm(url, frame.name, {
      threeDSMethodData: encode({
        threeDSServerTransID: id,
        threeDSMethodNotificationURL: `${base}/3ds/method-notification`,
      }),
    });
    await limit;
  } finally {
    for (const stop of stops) stop();
    retire(frame);
  }
  return completion;
}
