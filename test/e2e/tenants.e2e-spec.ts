import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { decodeId } from '@app/kernel';
import { bearer, call, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, secretOf } from '../support/calls';
import { hosted } from '../support/hosted';
import { findLeaks, linkTokenOf } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { counts, rows } from '../support/rows';
import { eventually } from '../support/simulator';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';

let product: Product;
let merchants: [DemoMerchant, DemoMerchant];
let mine: Calls;
let theirs: Calls;

beforeAll(async () => {
  product = await startProduct();
  merchants = product.demo.merchants as [DemoMerchant, DemoMerchant];
  mine = new Calls(product, await bearer(product, merchants[0]));
  theirs = new Calls(product, await bearer(product, merchants[1]));
}, 120_000);

afterAll(() => product.stop());

/** Every call on a session, as somebody. */
const everyCall = async (session: Body, authorization: string): Promise<Answer[]> => [
  await mine.get(session, authorization),
  await mine.get(session, authorization, 'browser'),
  await mine.report(session, 'Y', authorization),
  await mine.collect(session, BROWSER, authorization),
  await mine.complete(session, authorization),
];

/** As `everyCall`, with what only a token may ask for. */
const everyTokenCall = async (session: Body, authorization: string): Promise<Answer[]> => [
  ...(await everyCall(session, authorization)),
  await mine.authorizationData(session, authorization),
];

/** What of a session and its merchant must be in no answer to another merchant. */
const tracesOf = (session: Body, merchant: DemoMerchant): string[] => [
  linkTokenOf(session) ?? secretOf(session),
  String(session['id']),
  String(session['transaction_id']),
  secretOf(session),
  String(session['reference']),
  String(session['card']?.['fingerprint']),
  merchant.clientId,
  merchant.processingChannelId,
  merchant.name,
];

describe.each<[string, () => Promise<Body>]>([
  ['waits for its cardholder', () => theirs.open(CARD, { reference: 'THEIR-ORDER' })],
  ['is hosted', () => theirs.open(CARD, { reference: 'THEIR-ORDER', ...hosted() })],
  ['is challenged', () => theirs.open(CHALLENGED, { reference: 'THEIR-ORDER', channel_data: BROWSER })],
  ['is final', () => theirs.open(CARD, { reference: 'THEIR-ORDER', channel_data: BROWSER })],
])("another merchant's session that %s", (_state, open) => {
  let session: Body;
  let before: Body;

  beforeAll(async () => {
    session = await open();
    before = await theirs.read(session);
  });

  afterEach(async () => expect(await theirs.read(session)).toEqual(before));

  it('does not exist for my token', async () => {
    for (const answer of await everyTokenCall(session, mine.authorization))
      expectRefusal(answer, 404, 'not_found', 'session_not_found');
  });

  it('does not exist for the secret of my session', async () => {
    const own = await mine.open(CARD);

    for (const answer of await everyCall(session, secretOf(own)))
      expectRefusal(answer, 404, 'not_found', 'session_not_found');
    expectRefusal(
      await mine.authorizationData(session, secretOf(own)),
      403,
      'operation_not_allowed',
      'operation_not_allowed_for_session_secret',
    );
  });

  it('leaves no trace in what I am answered, which is what nobody is answered', async () => {
    const nobody = { id: 'sid_aaaaaaaaaaaaaaaaaaaaaaaaaa' } as unknown as Body;
    const plain = ({ status, body }: Answer): unknown => ({ status, ...body, request_id: null });

    const answers = await everyTokenCall(session, mine.authorization);

    expect(answers.map(plain)).toEqual((await everyTokenCall(nobody, mine.authorization)).map(plain));
    const text = answers.map(({ headers, body }) => JSON.stringify([[...headers], body])).join('\n');
    expect(tracesOf(session, merchants[1]).filter((trace) => text.includes(trace))).toEqual([]);
  });
});

describe("another merchant's cards", () => {
  const card = { type: 'card', number: CARD, expiry_month: 12, expiry_year: 2030 };
  const handOver = async ({ publicKey }: DemoMerchant): Promise<string> =>
    String((await call(product, 'POST', '/tokens', publicKey, card)).body['token']);
  const by = (source: object): object => sessionRequest(CARD, { source, channel_data: BROWSER });
  const nobodys = { token: 'tok_aaaaaaaaaaaaaaaaaaaaaaaaaa', instrument: 'src_aaaaaaaaaaaaaaaaaaaaaaaaaa' };
  const plain = ({ status, body }: Answer): unknown => ({ status, ...body, request_id: null });
  const onInstrument = (method: string, id: string): Promise<Answer> =>
    call(product, method, `/instruments/${id}`, mine.authorization);

  it('that were handed over are not mine, and stay theirs', async () => {
    const token = await handOver(merchants[1]);

    const answer = await mine.create(by({ type: 'token', token }));

    expectRefusal(answer, 422, 'unprocessable_entity', 'invalid_token');
    expect(plain(answer)).toEqual(plain(await mine.create(by({ type: 'token', token: nobodys.token }))));
    expect((await theirs.create(by({ type: 'token', token }))).status).toBe(201);
  });

  it('that they keep are not mine, to use, to look at or to delete', async () => {
    const id = String((await theirs.open(CARD, { source: { ...card, stored: true } }))['card']?.['instrument_id']);

    const answers = [await mine.create(by({ type: 'id', id })), await onInstrument('GET', id)];
    answers.push(await onInstrument('DELETE', id));

    const others = [await mine.create(by({ type: 'id', id: nobodys.instrument }))];
    for (const method of ['GET', 'DELETE']) others.push(await onInstrument(method, nobodys.instrument));
    expect(answers.map(({ status }) => status)).toEqual([422, 404, 404]);
    expect(answers.map(plain)).toEqual(others.map(plain));
    expect((await theirs.create(by({ type: 'id', id }))).status).toBe(201);
  });

  it('are other instruments than mine, though they are the same card', async () => {
    const kept = async (calls: Calls): Promise<Body | undefined> =>
      (await calls.open(CARD, { source: { ...card, stored: true } }))['card'];

    const [one, again, other] = [await kept(mine), await kept(mine), await kept(theirs)];

    expect(again).toEqual(one);
    expect(other?.['instrument_id']).not.toEqual(one?.['instrument_id']);
    expect(other?.['fingerprint']).not.toEqual(one?.['fingerprint']);
  });
});

describe('merchants', () => {
  it("cannot open sessions on each other's channels, and nothing is stored", async () => {
    // Earlier sessions may still go on with their stories (an upstream is told of a completion); a session that was stored
    // all the same would have rows of its own.
    const stored = async (): Promise<object> => ({ ...(await counts(product)), events: 'not counted' });
    const before = await stored();

    for (const [calls, other] of [
      [mine, merchants[1]],
      [theirs, merchants[0]],
    ] as const)
      expectRefusal(
        await calls.create(sessionRequest(CARD, { processing_channel_id: other.processingChannelId })),
        422,
        'unprocessable_entity',
        'processing_channel_id_invalid',
      );

    expect(await stored()).toEqual(before);
  });

  it('can name their own channel', async () => {
    const { status } = await mine.create(
      sessionRequest(CARD, { processing_channel_id: merchants[0].processingChannelId }),
    );

    expect(status).toBe(202);
  });

  it('cannot tell that they know the same card', async () => {
    const [one, again, other] = [await mine.open(CARD), await mine.open(CARD), await theirs.open(CARD)];
    const fingerprintOf = (session: Body): string => String(session['card']?.['fingerprint']);

    expect(fingerprintOf(again)).toBe(fingerprintOf(one));
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(one));
  });

  it("do not see each other's answers by the same idempotency key", async () => {
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    const create = ({ authorization }: Calls): Promise<Answer> =>
      call(product, 'POST', '/sessions', authorization, sessionRequest(CARD), headers);

    const [first, other, again] = [await create(mine), await create(theirs), await create(mine)];

    expect([first.status, other.status, again.status]).toEqual([202, 202, 202]);
    expect(again.body['id']).toEqual(first.body['id']);
    expect(other.body['id']).not.toEqual(first.body['id']);
  });

  it('get tokens with their own credentials only', async () => {
    const mixed = { clientId: merchants[0].clientId, clientSecret: merchants[1].clientSecret };

    await expect(bearer(product, mixed)).rejects.toThrow('invalid_client');
  });

  it('each find their own sessions under their own id in every table', async () => {
    const sql = `SELECT s.merchant_id AS session, array_agg(DISTINCT x.merchant_id) AS others
                 FROM session s JOIN (SELECT session_id, merchant_id FROM attempt
                   UNION ALL SELECT session_id, merchant_id FROM session_event
                   UNION ALL SELECT session_id, merchant_id FROM exchange
                   UNION ALL SELECT session_id, merchant_id FROM hosted_link
                   UNION ALL SELECT session_id, merchant_id FROM session_leg
                   UNION ALL SELECT session_id, merchant_id FROM card) x ON x.session_id = s.id
                 GROUP BY s.merchant_id`;

    const found = await rows<{ session: string; others: string[] }>(product, sql);

    expect(found.length).toBeGreaterThanOrEqual(2);
    for (const { session, others } of found) expect(others).toEqual([session]);
  });
});

describe('a callback', () => {
  interface Received {
    headers: IncomingHttpHeaders;
    text: string;
  }
  const received: Received[] = [];
  let shop: Server;
  let url: string;

  beforeAll(async () => {
    shop = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, text });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callbacks`;
  });

  afterAll(() => new Promise((done) => shop.close(done)));

  it('is signed with the key of its own merchant', async () => {
    const completion = { type: 'non_hosted', callback_url: url };
    const session = await theirs.open(CARD, { channel_data: BROWSER, completion });

    expect(await theirs.complete(session)).toMatchObject({ status: 204 });

    const [callback] = received;
    const headers = callback?.headers as Record<string, string>;
    const verify = (secret: string): unknown => new Webhook(secret).verify(callback?.text ?? '', headers);
    expect(verify(merchants[1].webhookSecret)).toMatchObject({ session_id: session['id'], status: 'approved' });
    expect(() => verify(merchants[0].webhookSecret)).toThrow();
    const text = JSON.stringify(callback);
    expect([merchants[0].clientId, merchants[0].processingChannelId].filter((trace) => text.includes(trace))).toEqual(
      [],
    );
  });
});

it('a key without a channel has to be told which one, and may be told its own', async () => {
  const [, other] = merchants;
  const id = decodeId('accessKey', other.clientId);
  await rows(product, 'UPDATE access_key SET default_channel_id = NULL WHERE id = $1', [id]);

  const refused = await eventually(async () => {
    const answer = await theirs.create(sessionRequest(CARD));
    return answer.status === 202 ? undefined : answer;
  });

  expectRefusal(refused, 422, 'unprocessable_entity', 'processing_channel_id_required');
  const named = await theirs.create(sessionRequest(CARD, { processing_channel_id: other.processingChannelId }));
  expect(named.status).toBe(202);
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
