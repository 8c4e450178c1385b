/** The bank's window: a dialog around what countersign.js shows. */

/**
 * Shows the challenge of a session until it is over, and resolves with the final session; with null when the person closed
 * the window.
 */
export async function runChallenge(kit, session) {
  const dialog = document.getElementById('bank');
  const host = document.getElementById('bank-frame');
  const left = new AbortController();
  const stop = new AbortController();
  const leave = (event) => {
    event.preventDefault();
    left.abort();
  };
  dialog.addEventListener('cancel', leave, { signal: stop.signal });
  document.getElementById('bank-close').addEventListener('click', leave, { signal: stop.signal });
  dialog.showModal();
  try {
    const over = kit.challenge(session, { element: host, signal: left.signal });
    const frame = host.querySelector('iframe:last-of-type');
    if (frame) frame.dataset.testid = 'challenge-frame';
    return await over;
  } catch (error) {
    if (error.code === 'aborted') return null;
    throw error;
  } finally {
    stop.abort();
    dialog.close();
  }
}
