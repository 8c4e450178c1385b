/**
 * A cardholder's page without a browser, as a script: makes the calls that the page makes, follows what it is told, and tries
 * again when the network or the server is gone. It learns of changes by the stream, or by asking where it wants none.
 */
import { sleep } from '../../scripts/lib/processes.mjs';

const PATIENCE_MS = 180_000;
const CALL_MS = 15_000;
const POLL_MS = 400;

const DEVICE = {
  java_enabled: false,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
};

export class HostedPage {
  #url;
  #listens;
  #view = '';
  #until = performance.now() + PATIENCE_MS;
  /** How often a call got no answer, or one that asks to come again. */
  retries = 0;

  constructor(url, listens) {
    this.#url = url;
    this.#listens = listens;
  }

  /** Opens the page and has the session. */
  async take() {
    const { body } = await this.#insist(() => this.#call('POST', '/view', {}));
    this.#view = body.view;
    return body.state;
  }

  device = () => this.#post('/device', { device: DEVICE, method_completion: 'Y' });
  challenge = () => this.#post('/challenge', { window_size: '04' });
  cancel = () => this.#post('/cancel', {});

  /** The next state that is not `waiting`. */
  async follow(isThere = ({ step }) => step !== 'waiting') {
    for (;;) {
      const state = this.#listens ? await this.#heard(isThere) : await this.#asked();
      if (state !== null && isThere(state)) return state;
      this.#assertPatient('the state');
      await sleep(POLL_MS);
    }
  }

  async #post(path, body) {
    for (;;) {
      const answer = await this.#insist(() => this.#call('POST', path, { view: this.#view, ...body }));
      if (answer.status === 200) return answer.body.state;
      // Nobody else has this link: it was our own view, in a call whose answer was lost.
      if (answer.status !== 409) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      await this.take();
    }
  }

  async #asked() {
    return (await this.#insist(() => this.#call('GET', `/state?view=${this.#view}`))).body.state ?? null;
  }

  /** Listens until a state is there; null when the stream ends before, or there is none. */
  async #heard(isThere) {
    try {
      const response = await fetch(`${this.#url}/events?view=${this.#view}`);
      if (response.status !== 200) return await this.#asked();
      let text = '';
      // Leaving the loop closes the stream.
      for await (const chunk of response.body) {
        text += Buffer.from(chunk).toString();
        const states = [...text.matchAll(/event: state\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data));
        const found = states.findLast(isThere);
        if (found) return found;
      }
    } catch {
      // The server went away: the next stream is opened, as a browser does.
    }
    this.retries++;
    return null;
  }

  async #insist(call) {
    for (;;) {
      try {
        const answer = await call();
        if (answer.status !== 503 && answer.status !== 429) return answer;
      } catch {
        // No answer: nobody knows whether the call had its effect, and each may be made again.
      }
      this.retries++;
      this.#assertPatient('an answer');
      await sleep(150);
    }
  }

  async #call(method, path, body) {
    const response = await fetch(this.#url + path, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_MS),
    });
    return { status: response.status, body: await response.json() };
  }

  #assertPatient(what) {
    if (performance.now() > this.#until) throw new Error(`Waited too long for ${what}`);
  }
}
