/** The whole simulator over HTTP, with a 3DS Server that only listens. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeMessage, encodeMessage, type AReq, type CReq } from '@app/emv3ds';
import { newUuidV4 } from '@app/kernel';
import { startSimulator, type RunningSimulator } from './simulator';

type Json = Record<string, unknown>;

let simulator: RunningSimulator;
let server: Server;
let serverUrl: string;
/** RReqs as they arrived; `reply` decides what the 3DS Server answers. */
let received: Json[];
let reply: (rreq: Json) => { status: number; body: string };

const rres = (rreq: Json): { status: number; body: string } => ({
  status: 200,
  body: JSON.stringify({
    messageType: 'RRes',
    messageVersion: '2.2.0',
    threeDSServerTransID: rreq['threeDSServerTransID'],
    acsTransID: rreq['acsTransID'],
    dsTransID: rreq['dsTransID'],
    resultsStatus: '01',
  }),
});
const erro = (rreq: Json, code: string): { status: number; body: string } => ({
  status: 200,
  body: JSON.stringify({
    messageType: 'Erro',
    messageVersion: '2.2.0',
    errorCode: code,
    errorComponent: 'S',
    errorDescription: 'refused',
    errorDetail: 'authenticationValue',
    errorMessageType: 'RReq',
    threeDSServerTransID: rreq['threeDSServerTransID'],
  }),
});

const purchaseDate = (): string => new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const anAReq = (acctNumber: string, fields: Json = {}): Json =>
  ({
    messageType: 'AReq',
    messageVersion: '2.2.0',
    threeDSServerTransID: newUuidV4(),
    threeDSServerRefNumber: '3DS_LOA_SER_CSGN_020200_00001',
    threeDSServerURL: `${serverUrl}/rreq`,
    threeDSRequestorID: 'requestor-1',
    threeDSRequestorName: 'Fable & Thread',
    threeDSRequestorURL: 'https://shop.example',
    threeDSRequestorAuthenticationInd: '01',
    deviceChannel: '02',
    messageCategory: '01',
    threeDSCompInd: 'Y',
    acquirerBIN: '400000',
    acquirerMerchantID: 'm-1',
    mcc: '5411',
    merchantCountryCode: '250',
    merchantName: 'Fable & <Thread>',
    acctNumber,
    cardExpiryDate: '3012',
    purchaseAmount: '6540',
    purchaseCurrency: '978',
    purchaseExponent: '2',
    purchaseDate: purchaseDate(),
    browserAcceptHeader: '*/*',
    browserIP: '127.0.0.1',
    browserJavascriptEnabled: true,
    browserJavaEnabled: false,
    browserLanguage: 'en-GB',
    browserColorDepth: '24',
    browserScreenHeight: '900',
    browserScreenWidth: '1440',
    browserTZ: '-60',
    browserUserAgent: 'test',
    notificationURL: 'https://shop.example/done',
    ...fields,
  }) satisfies Partial<Record<keyof AReq, unknown>>;

const toDs = async (id: string, body: unknown): Promise<Json> => {
  const response = await fetch(`${simulator.url}/ds/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
};
const control = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> => {
  const response = await fetch(`${simulator.url}/control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: (await response.json()) as Json };
};
const postForm = async (path: string, fields: Record<string, string>): Promise<string> => {
  const response = await fetch(simulator.url + path, { method: 'POST', body: new URLSearchParams(fields) });
  return response.text();
};
const cresOf = (page: string): Json => {
  const field = /name="cres" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return decodeMessage(field, { expect: ['CRes', 'Erro'], receiver: 'S' }) as unknown as Json;
};
const creqOf = (ares: Json, fields: Partial<CReq> = {}): string =>
  encodeMessage({
    messageType: 'CReq',
    messageVersion: '2.2.0',
    threeDSServerTransID: String(ares['threeDSServerTransID']),
    acsTransID: String(ares['acsTransID']),
    challengeWindowSize: '03',
    ...fields,
  });
/** A challenge opened on the page, ready for answers. */
const openChallenge = async (number: string, id = 'visa'): Promise<{ ares: Json; answer: Answer; page: string }> => {
  const ares = await toDs(id, anAReq(number));
  expect(ares).toMatchObject({ messageType: 'ARes', transStatus: 'C' });
  const page = await postForm('/acs/challenge', { creq: creqOf(ares), threeDSSessionData: 'c2Vzc2lvbg' });
  const answer: Answer = (action, otp) =>
    postForm('/acs/challenge/answer', {
      acsTransID: String(ares['acsTransID']),
      threeDSSessionData: 'c2Vzc2lvbg',
      otp,
      action,
    });
  return { ares, answer, page };
};
type Answer = (action: string, otp: string) => Promise<string>;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const rreq = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json;
      received.push(rreq);
      const { status, body } = reply(rreq);
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    dataDir: '/nonexistent',
    timeScale: 1,
  });
});
beforeEach(() => {
  received = [];
  reply = rres;
});
afterEach(async () => {
  await control('DELETE', 'faults');
});
afterAll(async () => {
  await simulator.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('card ranges', () => {
  const preq = (fields: Json = {}): Json => ({
    messageType: 'PReq',
    messageVersion: '2.2.0',
    threeDSServerTransID: newUuidV4(),
    threeDSServerRefNumber: '3DS_LOA_SER_CSGN_020200_00001',
    ...fields,
  });

  it('come whole without a serial number, and not at all when nothing changed', async () => {
    const first = await toDs('visa', preq());
    const second = await toDs('visa', preq({ serialNum: first['serialNum'] }));

    expect(first).toMatchObject({
      messageType: 'PRes',
      dsStartProtocolVersion: '2.1.0',
      dsEndProtocolVersion: '2.2.0',
    });
    expect((first['cardRangeData'] as Json[])[0]).toMatchObject({ threeDSMethodURL: `${simulator.url}/acs/method` });
    expect(second).toMatchObject({ messageType: 'PRes', serialNum: first['serialNum'] });
    expect(second).not.toHaveProperty('cardRangeData');
  });

  it('refuse an unknown serial number', async () => {
    expect(await toDs('jcb', preq({ serialNum: 'old1' }))).toMatchObject({ errorCode: '307', errorComponent: 'D' });
  });
});

describe('an authentication request', () => {
  it.each([
    ['visa', '4485040371536584', 'Y', '05'],
    ['mastercard', '5558468902774508', 'A', '01'],
    ['amex', '371064645462927', 'N', '07'],
    ['mastercard', '5596061690670931', 'R', '00'],
    ['visa', '4024007186645015', 'U', '07'],
    ['cartes_bancaires', '5132562600000029', 'A', '01'],
    ['discover', '36747880216043', 'Y', '05'],
  ])('at %s for %s is answered %s', async (id, number, transStatus, eci) => {
    const compInd = number === '36747880216043' ? 'U' : 'Y';
    const ares = await toDs(id, anAReq(number, { threeDSCompInd: compInd }));

    expect(ares).toMatchObject({ messageType: 'ARes', transStatus, eci });
    expect('authenticationValue' in ares).toBe(transStatus === 'Y' || transStatus === 'A');
  });

  it('whose issuer is down is answered with an Erro', async () => {
    expect(await toDs('visa', anAReq('4452927588210665'))).toMatchObject({
      messageType: 'Erro',
      errorCode: '403',
      errorComponent: 'A',
    });
  });

  it.each([
    ['without a merchant name', { merchantName: undefined }, '201', 'merchantName'],
    ['with an excluded currency', { purchaseCurrency: '999' }, '304', 'purchaseCurrency'],
    ['of another version', { messageVersion: '2.1.0' }, '102', ''],
    ['of an unknown 3DS Server', { threeDSServerRefNumber: 'ACME' }, '303', 'threeDSServerRefNumber'],
    ['with a stale purchase date', { purchaseDate: '20200101000000' }, '203', 'purchaseDate'],
    ['that denies the 3DS Method', { threeDSCompInd: 'U' }, '203', 'threeDSCompInd'],
  ])('%s is refused', async (_name, fields, code, detail) => {
    const answer = await toDs('visa', anAReq('4485040371536584', fields));

    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: code, errorComponent: 'D' });
    expect(answer['errorDetail']).toContain(detail);
  });

  it.each([
    ['garbage', 'not json', '101'],
    ['another message type', { messageType: 'CReq', messageVersion: '2.2.0' }, '101'],
  ])('that is %s is refused', async (_name, body, code) => {
    expect(await toDs('visa', body)).toMatchObject({ messageType: 'Erro', errorCode: code });
  });

  it('leaves no card number behind', async () => {
    const areq = anAReq('4485040371536584');
    await toDs('visa', areq);

    const record = await control('GET', `transactions/${String(areq['threeDSServerTransID'])}`);

    expect(record.body).toMatchObject({ directoryServer: 'visa', ares: { transStatus: 'Y' } });
    expect(JSON.stringify(record.body)).not.toContain('4485040371536584');
  });
});

describe('the 3DS Method', () => {
  it('reports the transaction id back to the page that asked', async () => {
    const data = Buffer.from(
      JSON.stringify({
        threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
        threeDSMethodNotificationURL: 'https://shop.example/method',
      }),
    ).toString('base64url');

    const page = await postForm('/acs/method', { threeDSMethodData: data });

    expect(page).toContain('action="https://shop.example/method"');
    const back = /name="threeDSMethodData" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(JSON.parse(Buffer.from(back, 'base64url').toString())).toEqual({
      threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
    });
  });
});

describe('a challenge', () => {
  it('shows the purchase, escaped, in the documented DOM', async () => {
    const { page } = await openChallenge('4242424242424242');

    expect(page).toContain('Fable &amp; &lt;Thread&gt;');
    expect(page).toContain('65.40 EUR');
    expect(page).toContain('•••• 4242');
    expect(page).toMatch(/<form id="challenge"/);
    expect(page).toMatch(/<input id="otp" name="otp"/);
    expect(page).toMatch(/<button id="submit" name="action" value="submit"/);
    expect(page).toMatch(/<button id="cancel" name="action" value="cancel"/);
  });

  it.each([
    ['visa', '4242424242424242', 'Y', undefined, 'Y'],
    ['visa', '4152868552773614', 'A', undefined, 'N'],
    ['amex', '347411540178242', 'N', '01', 'N'],
    ['mastercard', '5484482393204262', 'R', '11', 'N'],
    ['cartes_bancaires', '4150561000000035', 'U', '22', 'N'],
  ])('at %s for %s reports %s', async (id, number, transStatus, reason, cresStatus) => {
    const { answer } = await openChallenge(number, id);

    const page = await answer('submit', 'Checkout1!');

    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ messageType: 'RReq', transStatus, interactionCounter: '01' });
    expect(received[0]?.['transStatusReason']).toBe(reason);
    expect(cresOf(page)).toMatchObject({ messageType: 'CRes', transStatus: cresStatus });
    expect(page).toContain('action="https://shop.example/done"');
    expect(page).toContain('name="threeDSSessionData" value="c2Vzc2lvbg"');
  });

  it('ends after three wrong passwords', async () => {
    const { answer } = await openChallenge('4242424242424242');

    expect(await answer('submit', 'a')).toContain('2 tries left');
    expect(await answer('submit', 'b')).toContain('1 try left');
    const page = await answer('submit', 'c');

    expect(received[0]).toMatchObject({ transStatus: 'N', transStatusReason: '19', interactionCounter: '03' });
    expect(cresOf(page)).toMatchObject({ transStatus: 'N' });
  });

  it('can be cancelled', async () => {
    const { answer } = await openChallenge('4242424242424242');

    await answer('cancel', '');

    expect(received[0]).toMatchObject({ transStatus: 'N', challengeCancel: '01', interactionCounter: '00' });
  });

  it('reports once however often the answer is sent', async () => {
    const { answer } = await openChallenge('4242424242424242');

    const pages = await Promise.all([1, 2, 3].map(() => answer('submit', 'Checkout1!')));

    expect(received).toHaveLength(1);
    expect(new Set(pages.map((page) => JSON.stringify(cresOf(page)))).size).toBe(1);
  });

  it('shows the page again for the same CReq and refuses another', async () => {
    const { ares } = await openChallenge('4242424242424242');

    expect(await postForm('/acs/challenge', { creq: creqOf(ares) })).toContain('id="challenge"');
    const page = await postForm('/acs/challenge', { creq: creqOf(ares, { challengeWindowSize: '05' }) });

    expect(cresOf(page)).toMatchObject({ messageType: 'Erro', errorCode: '305', errorComponent: 'A' });
    expect(received[0]).toMatchObject({ transStatus: 'U', challengeCancel: '06' });
  });

  it.each([
    ['garbage', '!!!', '101'],
    ['an unknown transaction', creqOf({ threeDSServerTransID: newUuidV4(), acsTransID: newUuidV4() }), '301'],
  ])('is refused for %s', async (_name, creq, code) => {
    const response = await fetch(`${simulator.url}/acs/challenge`, {
      method: 'POST',
      body: new URLSearchParams({ creq }),
    });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`&quot;errorCode&quot;: &quot;${code}&quot;`);
  });

  it('whose result is refused comes back as not authenticated', async () => {
    reply = (rreq) => erro(rreq, '201');
    const { answer } = await openChallenge('4539929207120660');

    const page = await answer('submit', 'Checkout1!');

    expect(received[0]).toMatchObject({ transStatus: 'Y' });
    expect(received[0]).not.toHaveProperty('authenticationValue');
    expect(received).toHaveLength(1);
    expect(cresOf(page)).toMatchObject({ transStatus: 'N' });
  });

  it('sends its result again when the first delivery fails', async () => {
    reply = (rreq) => (received.length === 1 ? { status: 500, body: '' } : rres(rreq));
    const { answer } = await openChallenge('4242424242424242');

    const page = await answer('submit', 'Checkout1!');

    expect(received).toHaveLength(2);
    expect(cresOf(page)).toMatchObject({ transStatus: 'Y' });
  });

  it('that nobody begins is reported as timed out', async () => {
    const hasty = await startSimulator({
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      dataDir: '/nonexistent',
      timeScale: 300,
    });
    await fetch(`${hasty.url}/ds/visa`, { method: 'POST', body: JSON.stringify(anAReq('4242424242424242')) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await hasty.close();

    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ transStatus: 'N', transStatusReason: '14', challengeCancel: '05' });
  });

  it('is forced by a mandate on a frictionless card', async () => {
    const ares = await toDs('visa', anAReq('4485040371536584', { threeDSRequestorChallengeInd: '04' }));

    expect(ares).toMatchObject({ transStatus: 'C', acsChallengeMandated: 'Y' });
  });
});

describe('the control', () => {
  it.each([
    ['html', 200],
    ['empty', 200],
    ['garbage', 200],
    ['status500', 500],
  ])('makes a directory server answer %s, as often as asked', async (mode, status) => {
    await control('PUT', 'faults', { ds: { mode, times: 1 } });
    const send = () =>
      fetch(`${simulator.url}/ds/visa`, { method: 'POST', body: JSON.stringify(anAReq('4485040371536584')) });

    const broken = await send();

    expect(broken.status).toBe(status);
    expect(await broken.text()).not.toContain('ARes');
    expect(await (await send()).json()).toMatchObject({ transStatus: 'Y' });
  });

  it.each(['reset', 'timeout'])('makes a directory server fail by %s', async (mode) => {
    await control('PUT', 'faults', { ds: { mode } });

    const attempt = fetch(`${simulator.url}/ds/visa`, {
      method: 'POST',
      body: JSON.stringify(anAReq('4485040371536584')),
      signal: AbortSignal.timeout(200),
    });

    await expect(attempt).rejects.toThrow(mode === 'timeout' ? /timeout/ : /fetch failed/);
  });

  it('refuses what it does not know and names the field', async () => {
    expect(await control('PUT', 'faults', { ds: { mode: 'explode' } })).toMatchObject({
      status: 422,
      body: { error_codes: ['ds_mode_invalid'] },
    });
    const malformed = await fetch(`${simulator.url}/control/faults`, { method: 'PUT', body: '{' });
    expect(malformed.status).toBe(400);
  });

  it.each([
    ['duplicate', 2],
    ['parallel', 50],
    ['foreign_ids', 2],
    ['never', 0],
  ])('delivers results as %s', async (mode, count) => {
    await toDs('visa', anAReq('4242424242424242'));
    const { ares, answer } = await openChallenge('4242424242424242');
    await control('PUT', 'faults', { rreq: { mode, times: 1 } });
    reply = (rreq) => (rreq['acsTransID'] === ares['acsTransID'] ? rres(rreq) : erro(rreq, '301'));

    const page = await answer('submit', 'Checkout1!');

    expect(received).toHaveLength(count);
    expect(cresOf(page)).toMatchObject({ transStatus: 'Y' });
    if (mode === 'foreign_ids') expect(received[0]?.['acsTransID']).not.toBe(ares['acsTransID']);
  });

  it('delivers a result before the answer to the request', async () => {
    await control('PUT', 'faults', { rreq: { mode: 'before_ares', times: 1 } });

    const ares = await toDs('visa', anAReq('4242424242424242'));

    expect(received[0]).toMatchObject({ transStatus: 'Y', acsTransID: ares['acsTransID'] });
    expect(ares).toMatchObject({ transStatus: 'C' });
  });

  it('sends a result again on demand, changed as asked', async () => {
    const { ares, answer } = await openChallenge('4242424242424242');
    await answer('submit', 'Checkout1!');
    reply = (rreq) => erro(rreq, '305');
    const id = String(ares['threeDSServerTransID']);

    const sent = await control('POST', `transactions/${id}/rreq`, { transStatus: 'N', authenticationValue: null });

    expect(sent.body).toMatchObject({ answer: { status: 200, messageType: 'Erro', body: { errorCode: '305' } } });
    expect(received.at(-1)).toMatchObject({ transStatus: 'N' });
    expect(received.at(-1)).not.toHaveProperty('authenticationValue');
    expect((await control('GET', `transactions/${id}`)).body['rreqs']).toHaveLength(2);
  });

  it('knows no transaction that never was', async () => {
    expect(await control('GET', `transactions/${newUuidV4()}`)).toMatchObject({ status: 404 });
  });
});
