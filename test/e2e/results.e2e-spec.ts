import { bearer, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { PASSWORD, playChallenge, type Deed } from '../support/cardholder';
import { findLeaks, watchedKinds, watchSecret } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { rows, statusesOf, storyOf, uuidOf } from '../support/rows';
import {
  resetFaults,
  resultAddressOf,
  resultsSent,
  sendResult,
  setFaults,
  type SentResult,
} from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';
const RIGHT: Deed = { password: PASSWORD };
const NO = { transStatus: 'N', transStatusReason: '01', eci: '07', authenticationValue: null };

let product: Product;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct();
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

async function challenge(extra: Record<string, unknown> = {}): Promise<Body> {
  const session = await sessions.open(CHALLENGED, { channel_data: BROWSER, ...extra });
  expect(session).toMatchObject({ status: 'challenged' });
  return session;
}

const idOf = (session: Body): string => String(session['id']);
const transactionIdOf = (session: Body): string => String(session['transaction_id']);

async function notices(session: Body): Promise<number> {
  const sql = 'SELECT 1 FROM notice_seen WHERE session_id = $1';
  return (await rows(product, sql, [uuidOf(idOf(session))])).length;
}

/** Posts to the address of the directory servers as one that nobody checked. */
async function postResult(
  body: string | Buffer,
  contentType = 'application/json',
  address = `${product.apiUrl}/3ds/rreq`,
): Promise<Answer> {
  const headers = { 'content-type': contentType };
  const response = await fetch(address, {
    method: 'POST',
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

const rreqOf = (session: Body, overrides: object = {}): string =>
  JSON.stringify({
    messageType: 'RReq',
    messageVersion: '2.2.0',
    threeDSServerTransID: session['transaction_id'],
    acsTransID: session['acs']?.['transaction_id'],
    dsTransID: session['ds']?.['transaction_id'],
    messageCategory: '01',
    authenticationType: '02',
    interactionCounter: '01',
    transStatus: 'N',
    transStatusReason: '01',
    eci: '07',
    ...overrides,
  });

const answers = (sent: SentResult[]): unknown[] => sent.map(({ answer }) => answer.body);
const isRRes = ({ answer }: SentResult): boolean => answer.messageType === 'RRes';

describe('the result of a challenge', () => {
  it('counts once when it is sent twice, and gets the same answer', async () => {
    await setFaults(product, { rreq: { mode: 'duplicate' } });
    const session = await challenge();

    await playChallenge(session, RIGHT);

    const sent = await resultsSent(product, transactionIdOf(session));
    expect(sent).toHaveLength(2);
    expect(sent.every(isRRes)).toBe(true);
    expect(answers(sent)[1]).toEqual(answers(sent)[0]);
    expect(await statusesOf(product, idOf(session))).toEqual(['pending', 'processing', 'challenged', 'approved']);
    expect(await notices(session)).toBe(1);
  });

  it('counts once when it is sent 50 times in parallel, and every time gets the same answer', async () => {
    await setFaults(product, { rreq: { mode: 'parallel' } });
    const session = await challenge();

    await playChallenge(session, RIGHT);

    const sent = await resultsSent(product, transactionIdOf(session));
    expect(sent).toHaveLength(50);
    expect(sent.every(isRRes)).toBe(true);
    expect(new Set(answers(sent).map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(sent[0]?.answer.body).toMatchObject({ resultsStatus: '01' });
    expect(await statusesOf(product, idOf(session))).toEqual(['pending', 'processing', 'challenged', 'approved']);
    expect(await notices(session)).toBe(1);
    expect(await sessions.read(session)).toMatchObject({
      status: 'approved',
      cryptogram: expect.any(String) as string,
    });
  });

  it('is one, also where two that differ come at the same time', async () => {
    const session = await challenge();

    const sent = await Promise.all([
      sendResult(product, transactionIdOf(session)),
      sendResult(product, transactionIdOf(session), NO),
    ]);

    const [accepted, ...more] = sent.filter(isRRes);
    expect(more).toEqual([]);
    const refused = sent.find((result) => !isRRes(result));
    expect(refused?.answer).toMatchObject({ messageType: 'Erro', body: { errorCode: '305' } });
    expect(await sessions.read(session)).toMatchObject({ response_code: accepted?.rreq['transStatus'] });
    expect(await statusesOf(product, idOf(session))).toHaveLength(4);
  });

  it('is taken before the answer to the request came, and that answer then changes nothing', async () => {
    await setFaults(product, { rreq: { mode: 'before_ares' } });

    const { status, body } = await sessions.create(sessionRequest(CHALLENGED, { channel_data: BROWSER }));

    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'approved',
      response_code: 'Y',
      challenged: true,
      next_actions: ['complete'],
    });
    expect(body).toMatchObject({
      acs: { reference_number: expect.any(String) as string, authentication_type: '02' },
      ds: { reference_number: expect.any(String) as string },
    });
    expect(await sessions.read(body)).toEqual(body);
    expect((await resultsSent(product, transactionIdOf(body))).map(isRRes)).toEqual([true]);
    expect(await statusesOf(product, idOf(body))).toEqual(['pending', 'processing', 'approved']);
    expect((await storyOf(product, idOf(body))).map(({ type }) => type)).toContain('late_answer');
  });

  it('is refused with the ids of another session, and neither session changes', async () => {
    const [mine, other] = [await challenge(), await challenge()];
    const foreign = { acsTransID: other['acs']?.['transaction_id'], dsTransID: other['ds']?.['transaction_id'] };

    const { answer } = await sendResult(product, transactionIdOf(mine), foreign);

    expect(answer).toMatchObject({ status: 200, messageType: 'Erro', body: { errorCode: '301', errorComponent: 'S' } });
    expect(await sessions.read(mine)).toMatchObject({ status: 'challenged' });
    expect(await sessions.read(other)).toMatchObject({ status: 'challenged' });
  });

  it('is believed at its own address only, whatever ids it carries', async () => {
    const [mine, other] = [await challenge(), await challenge()];
    const own = await resultAddressOf(product, transactionIdOf(mine));
    watchSecret(own.split('/').at(-1) ?? '');
    const forged = rreqOf(mine);
    const addresses = [
      `${product.apiUrl}/3ds/rreq`,
      `${product.apiUrl}/3ds/rreq/`,
      await resultAddressOf(product, transactionIdOf(other)),
      own.slice(0, -1),
      own.replace(/.{4}$/, 'AAAA'),
    ];

    for (const address of addresses) {
      const { status, body } = await postResult(forged, 'application/json', address);

      expect(status).toBe(200);
      expect(body).toMatchObject({ messageType: 'Erro', errorCode: '301', errorComponent: 'S' });
    }

    expect(await sessions.read(mine)).toMatchObject({ status: 'challenged' });
    expect(await notices(mine)).toBe(0);
    const { body } = await postResult(rreqOf(mine), 'application/json', own);
    expect(body).toMatchObject({ messageType: 'RRes' });
    expect(await sessions.read(mine)).toMatchObject({ status: 'declined' });
  });

  it('is still taken after such a one', async () => {
    await setFaults(product, { rreq: { mode: 'foreign_ids' } });
    const session = await challenge();

    await playChallenge(session, RIGHT);

    expect((await resultsSent(product, transactionIdOf(session))).map(isRRes)).toEqual([false, true]);
    expect(await sessions.read(session)).toMatchObject({ status: 'approved' });
  });

  it('is refused after a frictionless one', async () => {
    const session = await sessions.open(FRICTIONLESS, { channel_data: BROWSER });

    const { answer } = await sendResult(product, transactionIdOf(session), NO);

    expect(answer).toMatchObject({ status: 200, messageType: 'Erro', body: { errorCode: '305' } });
    expect(await sessions.read(session)).toEqual(session);
  });

  it('is refused before anything was asked', async () => {
    const session = await sessions.open(FRICTIONLESS);

    const { body: answer } = await postResult(
      rreqOf(session, { acsTransID: session['transaction_id'], dsTransID: session['transaction_id'] }),
    );

    // Nobody was told its address yet.
    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: '301' });
    expect(await sessions.read(session)).toMatchObject({ status: 'pending' });
  });

  it.each([
    ['without a member that it needs', { messageCategory: null }, '201'],
    ['with a value that is none', { transStatus: 'X' }, '203'],
  ])('fails the session when it comes %s', async (_what, overrides, code) => {
    const session = await challenge();

    const { answer } = await sendResult(product, transactionIdOf(session), overrides);
    const { answer: afterwards } = await sendResult(product, transactionIdOf(session));

    expect(answer).toMatchObject({ status: 200, messageType: 'Erro', body: { errorCode: code, errorComponent: 'S' } });
    expect(afterwards).toMatchObject({ messageType: 'Erro', body: { errorCode: '305' } });
    expect(await sessions.read(session)).toMatchObject({
      status: 'unavailable',
      status_reason: 'rreq_error',
      response_code: 'U',
      '3ds': { error_details: { error_code: code, error_component: 'S' } },
    });
  });

  it('changes nothing when it comes after another', async () => {
    const session = await challenge();
    await playChallenge(session, RIGHT);
    const before = await sessions.read(session);

    const { answer } = await sendResult(product, transactionIdOf(session), NO);

    expect(answer).toMatchObject({ messageType: 'Erro', body: { errorCode: '305' } });
    expect(await sessions.read(session)).toEqual(before);
  });

  it('changes nothing when its session ended without it, and is told so', async () => {
    await setFaults(product, { ds: { mode: 'reset' } });
    const session = await sessions.open(CHALLENGED, { channel_data: BROWSER });
    expect(session).toMatchObject({ status: 'unavailable' });

    const { answer } = await sendResult(product, transactionIdOf(session));

    expect(answer).toMatchObject({ messageType: 'RRes', body: { resultsStatus: '03' } });
    expect(await sessions.read(session)).toEqual(session);
  });
});

describe('the address for results', () => {
  const message = JSON.stringify({ messageType: 'AReq', messageVersion: '2.2.0' });
  const unknown = { transaction_id: '11111111-2222-4333-8444-555555555555' } as unknown as Body;
  const stranger = rreqOf(unknown, {
    acsTransID: '21111111-2222-4333-8444-555555555555',
    dsTransID: '31111111-2222-4333-8444-555555555555',
  });

  it.each([
    ['nothing', '', 'application/json', '101'],
    ['noise', Buffer.from([0xff, 0xfe, 0x00, 0x01]), 'application/octet-stream', '101'],
    ['a page', '<html><body>Hello</body></html>', 'text/html', '101'],
    ['half a message', stranger.slice(0, 80), 'application/json', '101'],
    ['a list', '[1,2,3]', 'application/json', '101'],
    ['a member twice', stranger.replace('{', '{"transStatus":"Y",'), 'application/json', '204'],
    ['another kind of message', message, 'application/json', '101'],
    ['an unknown version', stranger.replace('2.2.0', '9.9.9'), 'application/json', '102'],
    ['ids of nobody', stranger, 'application/json', '301'],
    ['ids of nobody, as text', stranger, 'text/plain', '301'],
    ['far too much', `"${'x'.repeat(300 * 1024)}"`, 'application/json', '101'],
  ])('answers %s with an Erro', async (_what, body, contentType, code) => {
    const { status, headers, body: answer } = await postResult(body, contentType);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: code, errorComponent: 'S' });
  });

  it('never answers an Erro with an Erro', async () => {
    const erro = { messageType: 'Erro', messageVersion: '2.2.0', errorCode: '402', errorComponent: 'D' };
    const whole = { ...erro, errorDescription: 'Timed out', errorDetail: 'RRes', errorMessageType: 'RReq' };

    for (const body of [whole, erro]) {
      expect(await postResult(JSON.stringify(body))).toMatchObject({ status: 200, body: {} });
    }
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(watchedKinds().cards).toBeGreaterThan(1);
  expect(watchedKinds().others).toBeGreaterThan(10);

  expect(await findLeaks(product)).toEqual([]);
});
