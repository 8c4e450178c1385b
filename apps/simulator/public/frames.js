/** The two frames of a browser authentication: the hidden 3DS Method and the challenge. */

const METHOD_LIMIT_MS = 10_000;

const encode = (value) => btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** Posts a form into a frame, which is how both begin. */
function post(frame, url, fields) {
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action: url, target: frame.name, hidden: true });
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

function makeFrame(host, title) {
  const frame = document.createElement('iframe');
  frame.name = `frame-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  frame.title = title;
  host.replaceChildren(frame);
  return frame;
}

/** Puts a frame away. Its last page has only just spoken: taken out at once, the browser may count its request as failed. */
function retire(frame) {
  frame.hidden = true;
  setTimeout(() => frame.remove(), 1_000);
}

/** Resolves with the data of the next message of `type` that one of our own notification pages sends. */
function nextMessage(type, signal) {
  return new Promise((resolve) => {
    window.addEventListener(
      'message',
      (event) => {
        if (event.origin === window.location.origin && event.data?.type === type) resolve(event.data.data);
      },
      { signal },
    );
  });
}

/** Runs the 3DS Method. Resolves with `Y` when the bank reported back in time, else `N`. */
export async function runMethod(url, transactionId) {
  const host = document.getElementById('method-frame');
  const stop = new AbortController();
  const frame = makeFrame(host, '3DS Method');
  const reported = nextMessage('shop:method', stop.signal).then((data) =>
    data.threeDSServerTransID === transactionId ? 'Y' : 'N',
  );
  const limit = new Promise((resolve) => setTimeout(resolve, METHOD_LIMIT_MS, 'N'));
  post(frame, url, {
    threeDSMethodData: encode({
      threeDSServerTransID: transactionId,
      threeDSMethodNotificationURL: `${window.location.origin}/shop/method-notification`,
    }),
  });
  const completion = await Promise.race([reported, limit]);
  stop.abort();
  retire(frame);
  return completion;
}

/**
 * Shows the challenge. Resolves with `{how: 'returned', data}` when the bank handed the browser back, `{how: 'left'}`
 * when the dialog was closed, and `{how: 'decided'}` when `decided` resolved first.
 */
export async function runChallenge(url, creq, sessionId, decided) {
  const dialog = document.getElementById('bank');
  const host = document.getElementById('bank-frame');
  const stop = new AbortController();
  const frame = makeFrame(host, 'Bank challenge');
  frame.dataset.testid = 'challenge-frame';
  const left = new Promise((resolve) => {
    const leave = (event) => {
      event.preventDefault();
      resolve({ how: 'left' });
    };
    dialog.addEventListener('cancel', leave, { signal: stop.signal });
    document.getElementById('bank-close').addEventListener('click', leave, { signal: stop.signal });
  });
  const returned = nextMessage('shop:challenge', stop.signal).then((data) => ({ how: 'returned', data }));
  dialog.showModal();
  post(frame, url, { creq, threeDSSessionData: encode({ session: sessionId }) });
  const end = await Promise.race([returned, left, decided.then(() => ({ how: 'decided' }))]);
  stop.abort();
  dialog.close();
  retire(frame);
  return end;
}
