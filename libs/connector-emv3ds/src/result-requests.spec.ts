import type { Ack } from '@app/authentication-port';
import type { RReq } from '@app/emv3ds';
import { newUuidV4, Secret } from '@app/kernel';
import { createLogger, CryptoBox, Metrics, type PublicAddress } from '@app/platform';
import { messageAnswer } from './rreq.mapper';
import { ResultAddress } from './result-address';
import { ResultRequests } from './result-requests';
import { TRANSACTION_ID } from './testing/attempt';
import { RecordingInbox } from './testing/inbox';

const VALUE = 'AAkBAyIGZVYzIkl0AhYyAAAAAAA=';
const IDS = {
  threeDSServerTransID: TRANSACTION_ID,
  dsTransID: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
  acsTransID: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
};
const RREQ: RReq = {
  messageType: 'RReq',
  messageVersion: '2.2.0',
  ...IDS,
  messageCategory: '01',
  transStatus: 'Y',
  authenticationType: '02',
  authenticationValue: VALUE,
  eci: '05',
  interactionCounter: '01',
};
const RRES = messageAnswer({ messageType: 'RRes', messageVersion: '2.2.0', ...IDS, resultsStatus: '01' });

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

const address = new ResultAddress(
  new CryptoBox({ keks: [{ id: newUuidV4(), key: new Secret(Buffer.alloc(32, 1)) }] }),
  { resultsUrl: 'https://3ds.example' } as PublicAddress,
);
const proofOf = (transactionId: string): string => address.of(transactionId).split('/').at(-1) ?? '';
const PROOF = proofOf(TRANSACTION_ID);

function receiver(reply: () => Promise<Ack> = async () => ({ outcome: 'answered', answer: RRES })) {
  const inbox = new RecordingInbox(reply);
  const lines: string[] = [];
  const log = createLogger('debug', { write: (line) => void lines.push(line) });
  const requests = new ResultRequests(inbox.asModules(), address, new Metrics(), log);
  const results = { receive: (body: Uint8Array, proof = PROOF) => requests.receive(body, proof) };
  return { inbox, lines, results };
}

const erroOf = (body: string): Record<string, string> => JSON.parse(body) as Record<string, string>;

describe('receiving result requests', () => {
  it('hands the masked notice and its secret to the inbox and answers what that says', async () => {
    const { inbox, results, lines } = receiver();

    expect(await results.receive(bytes(RREQ))).toEqual(RRES);

    const [accepted] = inbox.accepted;
    expect(accepted).toMatchObject({
      connector: 'emv3ds',
      correlationKey: TRANSACTION_ID,
      notice: { transStatus: 'Y', ...IDS },
    });
    expect(accepted?.secrets.authenticationValue?.expose()).toBe(VALUE);
    expect(JSON.stringify(accepted)).not.toContain(VALUE);
    expect(lines.join('')).not.toContain(VALUE);
  });

  it('gives one message one id, whatever the order of its members, and another message another', async () => {
    const { inbox, results } = receiver();

    await results.receive(bytes(RREQ));
    await results.receive(bytes(Object.fromEntries(Object.entries(RREQ).reverse())));
    await results.receive(bytes({ ...RREQ, authenticationValue: 'BBkBAyIGZVYzIkl0AhYyAAAAAAA=' }));

    const [first, second, third] = inbox.accepted.map((each) => each.noticeId);
    expect(first).toBe(second);
    expect(third).not.toBe(first);
  });

  it('finds the attempt by its id in lower case', async () => {
    const { inbox, results } = receiver();

    await results.receive(bytes({ ...RREQ, threeDSServerTransID: TRANSACTION_ID.toUpperCase() }));

    expect(inbox.accepted[0]?.correlationKey).toBe(TRANSACTION_ID);
  });

  it.each<[string, string]>([
    ['none', ''],
    ["another transaction's", proofOf('11111111-2222-4333-8444-555555555555')],
    ['half of its own', PROOF.slice(0, 22)],
    ['its own and more', `${PROOF}AAAA`],
    ['no base64', '%%%'],
  ])('believes no result that came with this proof in its address: %s', async (_, proof) => {
    const { inbox, results, lines } = receiver();

    const answer = await results.receive(bytes(RREQ), proof);
    const invalid = await results.receive(bytes({ ...RREQ, transStatus: 'C' }), proof);

    expect(erroOf(answer.body)).toMatchObject({ messageType: 'Erro', errorCode: '301', errorComponent: 'S', ...IDS });
    expect(erroOf(invalid.body)).toMatchObject({ messageType: 'Erro', errorCode: '203' });
    expect(inbox.accepted).toEqual([]);
    expect(lines.join('')).toContain('an address that is not its own');
  });

  it('answers 301 for an id that no attempt has', async () => {
    const { results } = receiver(async () => ({ outcome: 'unknown' }));

    const answer = await results.receive(bytes(RREQ));

    expect(answer).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(erroOf(answer.body)).toMatchObject({ messageType: 'Erro', errorCode: '301', errorComponent: 'S', ...IDS });
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'hello', '101'],
    ['an empty body', '', '101'],
    ['another message', { ...RREQ, messageType: 'AReq' }, '101'],
    ['an RReq without its transaction id', { ...RREQ, threeDSServerTransID: undefined }, '201'],
  ])('answers %s without bothering an attempt', async (_, body, code) => {
    const { inbox, results } = receiver();

    const answer = await results.receive(bytes(body));

    expect(erroOf(answer.body)).toMatchObject({ messageType: 'Erro', errorCode: code, errorComponent: 'S' });
    expect(inbox.accepted).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    ['an illegal status', { ...RREQ, transStatus: 'C' }, '203', 'transStatus'],
    ['a missing authentication value', { ...RREQ, authenticationValue: undefined }, '201', 'authenticationValue'],
  ])('hands an RReq with %s to the attempt that it names', async (_, body, code, detail) => {
    const { inbox, results } = receiver();

    await results.receive(bytes(body));

    expect(inbox.accepted[0]?.notice).toEqual({
      messageType: 'RReq',
      invalid: { code, description: expect.any(String) as string, detail },
      ids: IDS,
    });
  });

  it('answers a bad RReq of nobody with its own error', async () => {
    const { results } = receiver(async () => ({ outcome: 'unknown' }));

    const answer = await results.receive(bytes({ ...RREQ, transStatus: 'C' }));

    expect(erroOf(answer.body)).toMatchObject({ errorCode: '203', errorDetail: 'transStatus' });
  });

  it('never answers an Erro with an Erro', async () => {
    const { results } = receiver();
    const erro = {
      messageType: 'Erro',
      messageVersion: '2.2.0',
      errorCode: '101',
      errorComponent: 'D',
      errorDescription: 'd',
      errorDetail: 'd',
    };

    expect(await results.receive(bytes(erro))).toMatchObject({ status: 200, body: '' });
    expect(await results.receive(bytes({ messageType: 'Erro' }))).toMatchObject({ status: 200, body: '' });
  });

  it('answers 403 when the inbox fails', async () => {
    const { results } = receiver(async () => {
      throw new Error('database is gone');
    });

    expect(erroOf((await results.receive(bytes(RREQ))).body)).toMatchObject({ errorCode: '403', errorComponent: 'S' });
  });

  it('answers 403 within three seconds when the inbox is slow', async () => {
    const { results } = receiver(() => new Promise(() => {}));
    const startedAt = performance.now();

    const answer = await results.receive(bytes(RREQ));

    expect(erroOf(answer.body)).toMatchObject({ errorCode: '403' });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
