/** Frames and forms: how both the 3DS Method and the challenge begin. */

/** The last page of a frame or window has only just spoken, or is on its way: taken away at once, its request would count as failed. */
export const RETIRE_MS = 1_000;

/** What an issuer's page may do in a frame (emv-3ds.md sections 5.4 and 5.5): no windows, no way to the top. */
const MAY = 'allow-forms allow-scripts allow-same-origin';

let made = 0;

/** A name that no other window has. */
export function uniqueName(): string {
  made += 1;
  return `countersign-${made}-${Math.random().toString(36).slice(2)}`;
}

/** A frame for the issuer's page at `url`, at the end of `host`, sandboxed; `more` are further permissions. */
export function makeFrame(host: HTMLElement, title: string, url: string, more = ''): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.name = uniqueName();
  frame.title = title;
  frame.style.border = '0';
  host.append(frame);
  // Of our own origin a page could leave this sandbox, and browsers warn; its first, empty document is of our own origin.
  if (new URL(url).origin !== location.origin) frame.setAttribute('sandbox', MAY + more);
  return frame;
}

/** Takes a frame out of sight now, and out of the page a little later. */
export function retire(frame: HTMLIFrameElement): void {
  frame.style.display = 'none';
  setTimeout(() => frame.remove(), RETIRE_MS);
}

/** Posts `fields` to `url` in the window or frame called `target`. */
export function postForm(url: string, target: string, fields: Record<string, string>): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  form.target = target;
  form.hidden = true;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

/** Calls `told` when this page's own policy refuses a frame or a form to `url`'s origin. Returns a function that stops. */
export function watchPolicy(url: string, told: () => void): () => void {
  const { origin } = new URL(url);
  const listen = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (/^(frame-src|form-action)$/.test(effectiveDirective) && blockedURI.startsWith(origin)) told();
  };
  document.addEventListener('securitypolicyviolation', listen);
  return () => document.removeEventListener('securitypolicyviolation', listen);
}
