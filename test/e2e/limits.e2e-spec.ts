import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { bearer, BROWSER_DATA, call, sessionRequest } from '../support/api';
import { startProduct, type Product } from '../support/product';
import { eventually, resultAddressOf } from '../support/simulator';
import { storm, type StormAnswer, type StormRequest } from '../support/storm';
import { jsonOf, onSocket, requestText, valuesOf, type WireAnswer } from '../support/wire';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const RREQ = resolve(__dirname, '../fixtures/emv3ds/rreq.approved.2.2.0.json');
const JSON_TYPE = { 'Content-Type': 'application/json' };

let product: Product;
let token: string;

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const create = (headers: Record<string, string> = {}): StormRequest => ({
  method: 'POST',
  path: '/sessions',
  headers: { ...JSON_TYPE, authorization: token, ...headers },
  body: JSON.stringify(sessionRequest(CARD)),
});
const askForToken = (secret = product.demo.clientSecret, merchant = product.demo): StormRequest => ({
  method: 'POST',
  path: '/connect/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: merchant.clientId,
    client_secret: secret,
  }).toString(),
});
const byStatus = (answers: readonly StormAnswer[]): Record<number, number> =>
  answers.reduce<Record<number, number>>((all, { status }) => ({ ...all, [status]: (all[status] ?? 0) + 1 }), {});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${product.apiUrl}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`countersign_${name} `));
  return Number(line?.split(' ')[1] ?? 0);
}

function expectRefused(answer: StormAnswer, status: 429 | 503, code: string): void {
  expect(answer.status).toBe(status);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(answer.body).toEqual({
    request_id: answer.headers['cko-request-id'],
    error_type: code,
    error_codes: [code],
  });
}

describe('rate limits', () => {
  beforeAll(async () => {
    product = await startProduct({
      COUNTERSIGN_RATE_LIMIT_TOKENS: '2:10',
      COUNTERSIGN_RATE_LIMIT_SESSIONS: '2:10',
      COUNTERSIGN_RATE_LIMIT_ADDRESS: '1:12',
      COUNTERSIGN_RATE_LIMIT_CARDS: '2:10',
      COUNTERSIGN_RATE_LIMIT_CARD_ADDRESS: '1:4',
      COUNTERSIGN_TRUSTED_PROXIES: '127.0.0.1',
    });
  }, 120_000);

  afterAll(() => product.stop());

  it('give a key no more tokens than its rate, and tell when to come again', async () => {
    const answers = await storm(
      product.apiUrl,
      times(40, () => askForToken()),
    );

    const { 200: issued = 0, 429: refused = 0, ...others } = byStatus(answers);
    expect(others).toEqual({});
    expect(issued).toBeGreaterThanOrEqual(10);
    expect(issued).toBeLessThan(25);
    expect(issued + refused).toBe(40);
    answers.filter(({ status }) => status === 429).forEach((each) => expectRefused(each, 429, 'too_many_requests'));
    expect(await metric('rate_limited_total{limit="tokens"}')).toBe(refused);
  });

  it('let the key go on after the time it was told', async () => {
    const refused = await eventually(async () => {
      const [answer] = await storm(
        product.apiUrl,
        times(1, () => askForToken()),
      );
      return answer?.status === 429 ? answer : undefined;
    });
    await sleep(Number(refused.headers['retry-after']) * 1000);

    const [second] = await storm(
      product.apiUrl,
      times(1, () => askForToken()),
    );

    expect(second?.status).toBe(200);
  });

  it('are not used up by somebody who knows the client id and not the secret', async () => {
    await sleep(3_000);
    const guesses = await storm(
      product.apiUrl,
      times(40, () => askForToken('wrong')),
    );

    token = await bearer(product);

    expect(byStatus(guesses)).toEqual({ 400: 40 });
    expect(token).toMatch(/^Bearer /);
  });

  it('hold for session calls of one key, over all routes', async () => {
    const read: StormRequest = {
      method: 'GET',
      path: '/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa',
      headers: { authorization: token },
    };

    const answers = await storm(
      product.apiUrl,
      times(30, (index) => (index % 2 ? read : create())),
    );

    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused.length).toBeLessThanOrEqual(20);
    refused.forEach((each) => expectRefused(each, 429, 'too_many_requests'));
  });

  const guess = (from: string): StormRequest => ({
    method: 'GET',
    path: '/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa',
    headers: { authorization: 'Bearer a.b.c', 'x-forwarded-for': from },
  });

  it('hold for an address, whoever it says that it is', async () => {
    const answers = await storm(
      product.apiUrl,
      times(40, (index) => guess(`10.0.0.${index}, 198.51.100.1`)),
    );

    const { 401: answered = 0, 429: refused = 0 } = byStatus(answers);
    expect(answered + refused).toBe(40);
    expect(answered).toBeGreaterThanOrEqual(12);
    expect(answered).toBeLessThan(25);
  });

  it('of one address leave others alone', async () => {
    // Of the one that has used up its own, some time after that.
    const those = times(20, () => guess('198.51.100.1'));
    const answers = await storm(product.apiUrl, [...those, guess('198.51.100.2'), guess('2001:db8::1')]);

    expect(byStatus(answers.slice(0, 20))[429]).toBeGreaterThan(0);
    expect(answers.slice(20).map(({ status }) => status)).toEqual([401, 401]);
  });

  const handOver = (from: string, key: string): StormRequest => ({
    method: 'POST',
    path: '/tokens',
    headers: { ...JSON_TYPE, authorization: key, 'x-forwarded-for': from },
    body: JSON.stringify({ number: CARD, expiry_month: 12, expiry_year: 2030 }),
  });

  it('hold for cards that are handed over with one public key, wherever they come from', async () => {
    const answers = await storm(
      product.apiUrl,
      times(40, (index) => handOver(`203.0.113.${index}`, product.demo.publicKey)),
    );

    const { 201: taken = 0, 429: refused = 0 } = byStatus(answers);
    expect(taken + refused).toBe(40);
    expect(taken).toBeGreaterThanOrEqual(10);
    expect(taken).toBeLessThan(25);
    expect(await metric('rate_limited_total{limit="cards"}')).toBe(refused);
  });

  it('hold for the cards of one address before anybody asks whose key it is', async () => {
    const answers = await storm(
      product.apiUrl,
      times(12, () => handOver('198.51.100.9', 'pk_nobody')),
    );

    const { 401: asked = 0, 429: refused = 0 } = byStatus(answers);
    expect(asked + refused).toBe(12);
    expect(asked).toBeGreaterThanOrEqual(4);
    expect(asked).toBeLessThan(10);
    answers.filter(({ status }) => status === 429).forEach((each) => expectRefused(each, 429, 'too_many_requests'));
    expect(await metric('rate_limited_total{limit="card_addresses"}')).toBe(refused);
  });

  it('do not hold for health, metrics and public keys', async () => {
    const paths = ['/health/live', '/health/ready', '/metrics', '/.well-known/jwks.json'];
    const answers = await storm(
      product.apiUrl,
      times(80, (index) => ({
        method: 'GET',
        path: paths[index % paths.length] ?? '',
        headers: { 'x-forwarded-for': '198.51.100.1' },
      })),
    );

    expect(byStatus(answers)).toEqual({ 200: 80 });
  });
});

describe('without trusted proxies', () => {
  beforeAll(async () => {
    product = await startProduct({ COUNTERSIGN_RATE_LIMIT_ADDRESS: '1:1' });
    token = await bearer(product);
  }, 120_000);

  afterAll(() => product.stop());

  it('merchants behind one proxy that we were not told about are not taken for one client', async () => {
    const answers = await storm(
      product.apiUrl,
      times(60, () => create({ 'x-forwarded-for': '198.51.100.1' })),
    );

    expect(byStatus(answers)).toEqual({ 202: 60 });
  });

  it('a storm of tokens as SDKs ask for passes', async () => {
    const answers = await storm(
      product.apiUrl,
      times(300, () => askForToken()),
    );

    expect(byStatus(answers)).toEqual({ 200: 300 });
  });
});

describe('an overloaded server', () => {
  beforeAll(async () => {
    product = await startProduct({
      COUNTERSIGN_MAX_REQUESTS: '2',
      COUNTERSIGN_RATE_LIMIT_SESSIONS: '0',
      COUNTERSIGN_RATE_LIMIT_TOKENS: '0',
      DATABASE_POOL_SIZE: '2',
    });
    token = await bearer(product);
  }, 120_000);

  afterAll(() => product.stop());

  it('answers each of 400 creations at once: taken on, or refused with 503 and when to come again', async () => {
    const [alone] = await storm(product.apiUrl, [create()]);
    const answers = await storm(
      product.apiUrl,
      times(400, () => create()),
    );

    const { 202: taken = 0, 503: shed = 0, ...others } = byStatus(answers);
    expect(others).toEqual({});
    expect(taken).toBeGreaterThanOrEqual(2);
    expect(shed).toBeGreaterThan(0);
    answers.filter(({ status }) => status === 503).forEach((each) => expectRefused(each, 503, 'service_not_available'));
    const slowest = Math.max(...answers.map(({ ms }) => ms));
    expect(slowest).toBeLessThan(5_000);
    expect(alone?.status).toBe(202);
    expect(await metric('requests_shed_total{reason="in_progress"}')).toBe(shed);
  });

  it('answers health meanwhile', async () => {
    const health = times(20, (): StormRequest => ({ method: 'GET', path: '/health/ready' }));
    const answers = await storm(product.apiUrl, [...times(200, () => create()), ...health]);

    expect(byStatus(answers.slice(200))).toEqual({ 200: 20 });
  });

  it('takes everything on again once the storm is over', async () => {
    await storm(
      product.apiUrl,
      times(200, () => create()),
    );

    for (let index = 0; index < 5; index++)
      expect((await call(product, 'POST', '/sessions', token, sessionRequest(CARD))).status).toBe(202);
    expect(await metric('requests_in_progress')).toBe(0);
  });

  it('tells directory servers in their own words to come again', async () => {
    const { body: session } = await call(product, 'POST', '/sessions', token, {
      ...sessionRequest(CHALLENGED, { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'N' } }),
    });
    const result = {
      ...(JSON.parse(readFileSync(RREQ, 'utf8')) as object),
      threeDSServerTransID: session['transaction_id'],
      acsTransID: session['acs']?.['transaction_id'],
      dsTransID: session['ds']?.['transaction_id'],
    };
    const address = new URL(await resultAddressOf(product, String(session['transaction_id'])));
    const answers = await storm(
      product.apiUrl,
      times(400, () => ({
        method: 'POST',
        path: address.pathname,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify(result),
      })),
    );

    const { 200: answered = 0, 503: shed = 0 } = byStatus(answers);
    expect(answered + shed).toBe(400);
    expect(answers.some(({ body }) => body['messageType'] === 'RRes')).toBe(true);
    expect(shed).toBeGreaterThan(0);
    answers
      .filter(({ status }) => status === 503)
      .forEach(({ body, headers }) => {
        expect(body).toMatchObject({ messageType: 'Erro', errorCode: '403', errorComponent: 'S' });
        expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      });
  });

  it.each([
    ['one request', 1],
    ['several requests in a row', 5],
  ])('counts clients that went away after %s, before the answer, as gone', async (_what, requests) => {
    const { port } = new URL(product.apiUrl);
    const { method, path, headers = {}, body } = create({ Connection: 'keep-alive' });
    const text = requestText(method, path, headers, body).repeat(requests);
    await Promise.all(
      times(100, async () => {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(text);
        await sleep(Math.random() * 20);
        socket.destroy();
      }),
    );

    await eventually(async () => ((await metric('requests_in_progress')) === 0 ? true : undefined));
  });
});

describe('a server that falls behind', () => {
  beforeAll(async () => {
    product = await startProduct({
      COUNTERSIGN_RATE_LIMIT_SESSIONS: '0',
      COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS: '20',
      DATABASE_POOL_SIZE: '2',
    });
    token = await bearer(product);
  }, 120_000);

  afterAll(() => product.stop());

  /** Some time after what it fell behind with. */
  const untilTaken = (): Promise<boolean> =>
    eventually(async () => {
      const { status } = await call(product, 'POST', '/sessions', token, sessionRequest(CARD));
      return status === 202 ? true : undefined;
    });

  it('refuses calls at once while its event loop is late, and takes them on again when it is not', async () => {
    await untilTaken();
    product.signal('SIGSTOP');
    let answers: Promise<StormAnswer[]> = Promise.resolve([]);
    await new Promise<void>((sent) => {
      answers = storm(
        product.apiUrl,
        times(20, () => create()),
        sent,
      );
    });
    await sleep(1_000);
    product.signal('SIGCONT');

    (await answers).forEach((each) => expectRefused(each, 503, 'service_not_available'));
    expect(await metric('requests_shed_total{reason="event_loop"}')).toBe(20);
    await untilTaken();
  });

  it('refuses calls at once while the line for a database connection is long, and loses none that it took on', async () => {
    // What a busy machine does to the event loop is not what is looked at here.
    await product.restart({ COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS: '60000' });
    const named = (index: number): StormRequest => create({ 'Idempotency-Key': `line-${index}` });
    const client = new Client({ connectionString: product.database.url });
    await client.connect();
    await client.query('BEGIN; LOCK TABLE idempotency IN ACCESS EXCLUSIVE MODE');
    const first = storm(product.apiUrl, times(50, named));
    const shedSoFar = (): Promise<number> => metric('requests_shed_total{reason="database"}');
    await eventually(async () => {
      const seen = (await metric('requests_in_progress')) + (await shedSoFar());
      return seen === 50 ? true : undefined;
    });

    const late = await storm(
      product.apiUrl,
      times(20, (index) => named(100 + index)),
    );
    // Answered, and the line is as long as it was.
    await client.query('COMMIT');
    await client.end();

    late.forEach((each) => expectRefused(each, 503, 'service_not_available'));
    const { 202: taken = 0, 503: shed = 0 } = byStatus(await first);
    expect(taken).toBeGreaterThan(32);
    expect(taken + shed).toBe(50);
    expect(await shedSoFar()).toBe(shed + 20);
    await untilTaken();
  });
});

describe('clients that are slow, many or too much', () => {
  const HEADERS_MS = 1_500;
  const REQUEST_MS = 3_000;
  const IDLE_MS = 1_000;
  /** Node looks once a second, and this machine may be busy; without a limit of ours it would be a minute and more. */
  const SLACK_MS = 20_000;

  beforeAll(async () => {
    product = await startProduct({
      COUNTERSIGN_HEADERS_TIMEOUT_MS: String(HEADERS_MS),
      COUNTERSIGN_REQUEST_TIMEOUT_MS: String(REQUEST_MS),
      COUNTERSIGN_IDLE_TIMEOUT_MS: String(IDLE_MS),
      COUNTERSIGN_MAX_CONNECTIONS: '40',
    });
    token = await bearer(product);
  }, 120_000);

  afterAll(() => product.stop());

  let openedAt = 0;

  const open = async (): Promise<Socket> => {
    openedAt = performance.now();
    const socket = connect(Number(new URL(product.apiUrl).port), '127.0.0.1');
    await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail));
    return socket;
  };

  /** What came until the other end closed, and how long after the last connection was opened. */
  const untilClosed = (socket: Socket): Promise<{ text: string; ms: number }> => {
    let text = '';
    return new Promise((done) => {
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('error', () => undefined);
      socket.once('close', () => done({ text, ms: performance.now() - openedAt }));
    });
  };

  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (let left = 100; left > 0 && !(await isSo()); left--) await sleep(100);
  };

  const drip = (socket: Socket, piece: string): NodeJS.Timeout =>
    setInterval(() => void (socket.writable && socket.write(piece)), 100);

  const expectTooSlow = (text: string): void => {
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toMatch(/\r\nCko-Request-Id: /);
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({
      error_type: 'request_invalid',
      error_codes: ['request_timeout'],
    });
  };

  it('headers that come drop by drop are not waited for', async () => {
    const socket = await open();
    socket.write('GET /health/live HTTP/1.1\r\nHost: countersign.test\r\n');
    const timer = drip(socket, 'X-Drop: 1\r\n');

    const { text, ms } = await untilClosed(socket);

    clearInterval(timer);
    expectTooSlow(text);
    expect(ms).toBeGreaterThan(HEADERS_MS - 500);
    expect(ms).toBeLessThan(HEADERS_MS + SLACK_MS);
  });

  it('what was begun on a connection that then broke is not kept open by its client', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const callback_url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const session = await call(product, 'POST', '/sessions', token, {
      ...sessionRequest(CARD, { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'N' } }),
      completion: { type: 'non_hosted', callback_url },
    });
    const path = `/sessions/${session.body['id']}/complete`;
    const socket = connect({ port: Number(new URL(product.apiUrl).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);

    const startedAt = performance.now();
    socket.write(requestText('POST', path, { Authorization: token, Connection: 'keep-alive' }));
    await until(async () => (await metric('requests_in_progress')) === 1);
    socket.write('garbage\r\n\r\n');
    await until(async () => (await metric('requests_in_progress')) === 0);

    // The callback alone would take 7 s.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    socket.destroy();
    silent.close();
  });

  it('neither is a body', async () => {
    const socket = await open();
    socket.write(
      requestText('POST', '/sessions', { ...JSON_TYPE, Authorization: token, 'Content-Length': '100000' }, '{'),
    );
    const timer = drip(socket, ' ');

    const { text, ms } = await untilClosed(socket);

    clearInterval(timer);
    expectTooSlow(text);
    expect(ms).toBeGreaterThan(REQUEST_MS - 500);
    expect(ms).toBeLessThan(REQUEST_MS + SLACK_MS);
  });

  it('slow bodies are no work: everybody else is served', async () => {
    const sockets = await Promise.all(times(20, () => open()));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write(requestText('POST', '/sessions', { ...JSON_TYPE, 'Content-Length': '100000' }, '{'));
    }

    const answer = await call(product, 'POST', '/sessions', token, sessionRequest(CARD));

    expect(await metric('requests_in_progress')).toBe(0);
    for (const socket of sockets) socket.destroy();
    expect(answer.status).toBe(202);
  });

  it('a connection that says nothing is closed', async () => {
    const { text, ms } = await untilClosed(await open());

    expectTooSlow(text);
    expect(ms).toBeLessThan(HEADERS_MS + SLACK_MS);
  });

  it('one that says nothing more is closed after its idle time', async () => {
    const socket = await open();
    socket.write(requestText('GET', '/health/live', { Connection: 'keep-alive' }));

    const { text, ms } = await untilClosed(socket);

    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(ms).toBeGreaterThan(IDLE_MS - 500);
    expect(ms).toBeLessThan(IDLE_MS + SLACK_MS);
  });

  it('connections beyond the number are closed, and the others are served', async () => {
    const sockets = await Promise.all(times(60, () => open()));
    const closed = new Set<Socket>();
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.once('close', () => closed.add(socket));
    }
    await eventually(async () => (closed.size >= 20 ? true : undefined));
    const survivor = sockets.find((socket) => !closed.has(socket));
    survivor?.write(requestText('GET', '/health/live'));
    const answer = survivor && (await untilClosed(survivor));

    expect(closed.size).toBeLessThan(60);
    expect(answer?.text).toMatch(/^HTTP\/1\.1 200 /);

    for (const socket of sockets) socket.destroy();
    const again = await eventually(() => fetch(`${product.apiUrl}/health/live`).catch(() => undefined));
    expect(again.status).toBe(200);
  });

  const expectMalformed = (answer: WireAnswer): void => {
    expect({ status: answer.status, body: jsonOf(answer) }).toEqual({
      status: 400,
      body: {
        request_id: valuesOf(answer, 'Cko-Request-Id')[0],
        error_type: 'request_invalid',
        error_codes: ['body_malformed'],
      },
    });
  };
  const headers = (count: number, value = 'x'): Record<string, string> =>
    Object.fromEntries(times(count, (index) => [`X-${index}`, value]));

  it('headers up to 100 are read', async () => {
    expect((await onSocket(product, requestText('GET', '/health/live', headers(98)))).status).toBe(200);
  });

  it('more are refused, rather than some of them forgotten', async () => {
    expectMalformed(await onSocket(product, requestText('GET', '/health/live', headers(99))));
    expectMalformed(await onSocket(product, requestText('GET', '/health/live', headers(1_000))));
  });

  it('headers of more than 16 KiB are refused', async () => {
    expect((await onSocket(product, requestText('GET', '/health/live', headers(15, 'x'.repeat(1_000))))).status).toBe(
      200,
    );
    expectMalformed(await onSocket(product, requestText('GET', '/health/live', headers(17, 'x'.repeat(1_000)))));
  });

  it.each<[string, Record<string, string>, string]>([
    ['announced', { 'Content-Length': String(256 * 1024 + 1) }, ''],
    [
      'sent in chunks',
      { 'Transfer-Encoding': 'chunked' },
      `${(256 * 1024 + 1).toString(16)}\r\n${'x'.repeat(256 * 1024 + 1)}\r\n0\r\n\r\n`,
    ],
  ])('a body of more than 256 KiB, %s, is refused on every route', async (_how, extra, body) => {
    for (const [path, status] of [
      ['/sessions', 413],
      ['/3ds/challenge-notification', 413],
      ['/3ds/method-notification', 413],
      ['/connect/token', 400],
    ] as const) {
      const type = path === '/sessions' ? JSON_TYPE : { 'Content-Type': 'application/x-www-form-urlencoded' };
      const answer = await onSocket(
        product,
        requestText('POST', path, { ...type, Authorization: token, ...extra }) + body,
      );

      expect([path, answer.status]).toEqual([path, status]);
    }
  });
});
