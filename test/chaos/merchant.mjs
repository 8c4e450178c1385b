/**
 * Merchants and their cardholders: they do not know that anything is being killed, and remember what they were told. The
 * ledger has one entry a purchase, found again by its reference.
 */
import { randomUUID } from 'node:crypto';
import { BROWSER_DATA } from '../bench/support/requests.mjs';
import { sleep } from '../../scripts/lib/processes.mjs';
import { playChallenge } from './cardholder.mjs';

const PATIENCE_MS = 90_000;
const CALL_MS = 12_000;
const BROWSER = { ...BROWSER_DATA, three_ds_method_completion: 'Y' };
const CARD = {
  approved: '4556085951507152',
  declined: '4539628347117863',
  withMethod: '4485040371536584',
  challenged: '4242424242424242',
  challengedToo: '4485597929486000',
  notEnrolled: '4484070000035519',
};
const FINAL = ['approved', 'attempted', 'declined', 'rejected', 'unavailable', 'challenge_abandoned', 'expired'];

/** The purchases that there are, how often each is made, and who plays them. */
const KINDS = [
  { kind: 'frictionless', weight: 4, play: frictionless },
  { kind: 'idempotent', weight: 4, play: idempotent },
  { kind: 'by token', weight: 3, play: byToken },
  { kind: 'in steps', weight: 2, play: inSteps },
  { kind: 'challenged', weight: 5, play: challenged },
  { kind: 'challenge left alone', weight: 1, play: challengeLeft },
  { kind: 'left pending', weight: 1, play: leftPending },
  { kind: 'refused', weight: 1, play: refused },
];
const LOTS = KINDS.flatMap((one) => Array.from({ length: one.weight }, () => one));

const cardOf = (number) => ({ number, expiry_month: 12, expiry_year: 2030, name: 'Ada Lovelace' });

/** No answer came: the connection was refused or broke. Nobody knows whether the request had its effect. */
class NoAnswer extends Error {}

export class Merchants {
  /** @type {Map<string, {reference, kind, key, ids: Set<string>, told: string[], refusals: number}>} */
  ledger = new Map();
  /** How often each status was answered. */
  statuses = new Map();
  #house;
  #random;
  #callbackUrl;
  #token = null;
  #onCreate = () => undefined;

  constructor(house, random, callbackUrl) {
    this.#house = house;
    this.#random = random;
    this.#callbackUrl = callbackUrl;
  }

  /** Calls `then` once, when the next creation has just left. */
  whenCreating(then) {
    this.#onCreate = then;
  }

  /** One purchase from its beginning to its end, or until patience ends. */
  async buy() {
    const { kind, play } = this.#random.oneOf(LOTS);
    const entry = { reference: randomUUID(), kind, key: null, ids: new Set(), told: [], refusals: 0 };
    this.ledger.set(entry.reference, entry);
    try {
      await play(this, entry, this.#random);
    } catch (error) {
      // Its shop gives up; the product must not, and that is looked at in the end.
      if (!(error instanceof NoAnswer)) throw error;
    }
  }

  request(entry, number, browser = BROWSER, source = { type: 'card', ...cardOf(number) }) {
    return {
      source,
      amount: 6540,
      currency: 'EUR',
      processing_channel_id: this.#house.demo.processingChannelId,
      reference: entry.reference,
      completion: { type: 'non_hosted', callback_url: this.#callbackUrl },
      ...(browser === null ? {} : { channel_data: browser }),
    };
  }

  /** A creation; what was answered goes into the ledger. Null when it was answered without a session. */
  async create(entry, request, headers = {}) {
    const sent = this.call('POST', '/sessions', request, headers);
    this.#onCreate();
    const { status, body } = await sent;
    if (status === 201 || status === 202) return this.#learn(entry, body);
    if (status === 403 || status === 422) entry.refusals++;
    return null;
  }

  async read(entry, id) {
    return this.#learn(entry, (await this.insist('GET', `/sessions/${id}`)).body);
  }

  /** A card goes from a page to us: the shop hears of a token only. Nobody else knows the page's first tries. */
  async handOver(number) {
    const headers = { authorization: this.#house.demo.publicKey };
    return (await this.insist('POST', '/tokens', cardOf(number), [201], headers)).body.token;
  }

  /** Reads until the session is final. */
  async awaitEnd(entry, id) {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const session = await this.read(entry, id);
      if (FINAL.includes(session.status)) return session;
      if (performance.now() > until) throw new NoAnswer('the session does not end');
      await sleep(150);
    }
  }

  async complete(id) {
    // 403: an earlier try had its effect and its answer was lost, or we were completed without asking.
    await this.insist('POST', `/sessions/${id}/complete`, undefined, [204, 403]);
  }

  /** Repeats a request that is safe to repeat until it is answered as wanted. */
  async insist(method, path, body, wanted = [200], headers = {}) {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        const answer = await this.call(method, path, body, headers);
        if (wanted.includes(answer.status)) return answer;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
      }
      if (performance.now() > until) throw new NoAnswer(`${method} ${path}`);
      await sleep(100);
    }
  }

  async call(method, path, body, headers = {}) {
    const authorization = await this.#authorization();
    const answer = await this.#send(this.#house.apiUrl + path, {
      method,
      headers: {
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = `${method} ${path.replace(/sid_\w+/, ':id')} ${answer.status}`;
    this.statuses.set(told, (this.statuses.get(told) ?? 0) + 1);
    return answer;
  }

  async #send(url, init) {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(CALL_MS) });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
    } catch (error) {
      throw new NoAnswer(error.message, { cause: error });
    }
  }

  async #authorization() {
    this.#token ??= await this.#newToken();
    return `Bearer ${this.#token}`;
  }

  async #newToken() {
    const { clientId, clientSecret } = this.#house.demo;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { body } = await this.#send(`${this.#house.apiUrl}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    if (body.access_token === undefined) throw new NoAnswer('no token');
    return body.access_token;
  }

  #learn(entry, session) {
    if (session.id === undefined) throw new Error(`An answer without a session: ${JSON.stringify(session)}`);
    entry.ids.add(session.id);
    if (entry.told.at(-1) !== session.status) entry.told.push(session.status);
    return session;
  }
}

/** Most shops complete; some are content with being told. */
const maybeComplete = async (merchants, id, random) => {
  if (random.chance(0.7)) await merchants.complete(id);
};

async function frictionless(merchants, entry, random) {
  const number = random.oneOf([CARD.approved, CARD.approved, CARD.declined]);
  const session = await merchants.create(entry, merchants.request(entry, number));
  if (session === null) return;
  await merchants.awaitEnd(entry, session.id);
  await maybeComplete(merchants, session.id, random);
}

/** Comes again with its key until it has an answer, and once more after that. */
async function idempotent(merchants, entry, random) {
  const number = random.oneOf([CARD.approved, CARD.challenged]);
  await withKey(merchants, entry, random, merchants.request(entry, number));
}

/** The same with a card that a page has handed over, and that can be taken once. */
async function byToken(merchants, entry, random) {
  const token = await merchants.handOver(random.oneOf([CARD.approved, CARD.challenged]));
  const source = { type: 'token', token, store_for_future_use: random.chance(0.3) };
  await withKey(merchants, entry, random, merchants.request(entry, null, BROWSER, source));
}

async function withKey(merchants, entry, random, request) {
  entry.key = randomUUID();
  const once = async () => {
    try {
      return await merchants.create(entry, request, { 'Cko-Idempotency-Key': entry.key });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return null;
    }
  };
  const until = performance.now() + PATIENCE_MS;
  let session = null;
  while (session === null) {
    // Some shops are impatient and send it twice at once.
    const tries = await Promise.all(random.chance(0.3) ? [once(), once()] : [once()]);
    session = tries.find((answer) => answer !== null) ?? null;
    // Its token ran out while nobody answered: the cardholder would be asked again.
    if (entry.refusals > 0) return;
    if (performance.now() > until) throw new NoAnswer('the key stays in use');
    if (session === null) await sleep(200);
  }
  await once();
  if (session.status === 'challenged') await play(merchants, entry, session, random);
  else await merchants.awaitEnd(entry, session.id);
  await maybeComplete(merchants, session.id, random);
}

async function inSteps(merchants, entry, random) {
  const session = await merchants.create(entry, merchants.request(entry, CARD.withMethod, null));
  if (session === null) return;
  let now = session;
  while (now.status === 'pending') {
    // 409 and 403: it is on its way already.
    await merchants.insist('PUT', `/sessions/${session.id}/collect-data`, BROWSER, [200, 403, 409]);
    now = await merchants.read(entry, session.id);
  }
  await merchants.awaitEnd(entry, session.id);
  await maybeComplete(merchants, session.id, random);
}

async function challenged(merchants, entry, random) {
  const number = random.oneOf([CARD.challenged, CARD.challengedToo]);
  const session = await merchants.create(entry, merchants.request(entry, number));
  if (session === null) return;
  await play(merchants, entry, session, random);
  await maybeComplete(merchants, session.id, random);
}

async function play(merchants, entry, session, random) {
  if (session.status === 'challenged') {
    const deed = random.chance(0.8) ? 'password' : 'cancel';
    if (random.chance(0.3)) await sleep(random.between(0, 300));
    await playChallenge(session, deed);
  }
  await merchants.awaitEnd(entry, session.id);
}

async function challengeLeft(merchants, entry) {
  await merchants.create(entry, merchants.request(entry, CARD.challenged));
}

async function leftPending(merchants, entry) {
  await merchants.create(entry, merchants.request(entry, CARD.withMethod, null));
}

async function refused(merchants, entry) {
  entry.key = randomUUID();
  const request = merchants.request(entry, CARD.notEnrolled);
  const until = performance.now() + PATIENCE_MS;
  while (entry.refusals < 2) {
    try {
      await merchants.create(entry, request, { 'Cko-Idempotency-Key': entry.key });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
    if (performance.now() > until) throw new NoAnswer('the key stays in use');
    await sleep(100);
  }
}
