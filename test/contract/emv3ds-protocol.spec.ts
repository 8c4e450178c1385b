import { NOTIFICATION_PATH, RREQ_PATH } from '@app/connector-emv3ds';
import type { Attempt, Step } from '@app/authentication-port';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { anAskedAttempt, CARD } from './attempts';
import { after } from './connector.contract';
import { approval, ares, Emv3dsHouse, rreq } from './emv3ds.house';
import { answering, page, type Behaviour } from './fake-directory-server';

/** 256 bits that only who got the AReq knows. */
const addressPattern = (base: string): RegExp => new RegExp(`^${base}${RREQ_PATH}/[\\w-]{43}$`);

const erroOf = (text: string): Record<string, string> => JSON.parse(text) as Record<string, string>;

describe('what the native connector says to directory servers', () => {
  let house: Emv3dsHouse;

  beforeAll(async () => {
    house = await Emv3dsHouse.open();
  }, 120_000);
  afterEach(() => house.reset());
  afterAll(() => house.close());

  const start = async (behaviour: Behaviour): Promise<{ attempt: Attempt; step: Step }> => {
    house.answer(behaviour);
    const attempt = anAskedAttempt(house.connector);
    return { attempt, step: await house.connector.start(attempt) };
  };

  const challenged = async (): Promise<Attempt> => {
    await house.behave('challenges');
    const attempt = anAskedAttempt(house.connector);
    return after(attempt, await house.connector.start(attempt));
  };

  /** Complaints are sent beside the answer: so many are waited for. */
  const complaints = async (expected: number): Promise<unknown[]> => {
    const sent = (): Record<string, unknown>[] => house.directoryServer.receivedOf('Erro');
    while (sent().length < expected) await sleep(5);
    return sent().map((erro) => [erro['errorCode'], erro['errorDetail']]);
  };

  it('names the address for the result, and the transaction of the plan', async () => {
    const { attempt } = await start(answering(ares(approval)));

    expect(house.directoryServer.receivedOf('AReq')[0]).toMatchObject({
      threeDSServerURL: expect.stringMatching(addressPattern(await house.url())) as string,
      threeDSServerTransID: attempt.transactionId,
      threeDSCompInd: 'Y',
    });
  });

  it.each<[string, Behaviour, string, string]>([
    [
      'another transaction',
      answering(ares({ ...approval, threeDSServerTransID: '11111111-2222-4333-8444-555555555555' })),
      '301',
      'threeDSServerTransID',
    ],
    ['a missing value', answering(ares({ transStatus: 'Y', eci: '05' })), '201', 'authenticationValue'],
    [
      'a decoupled answer that was not asked for',
      answering(
        ares({
          transStatus: 'D',
          acsChallengeMandated: 'Y',
          acsDecConInd: 'Y',
          authenticationType: '04',
          cardholderInfo: 'Call us',
        }),
      ),
      '203',
      'transStatus',
    ],
    ['another message', answering({ messageType: 'RRes' }), '101', 'messageType RRes'],
  ])('tells about an answer with %s', async (_, behaviour, code, detail) => {
    const { step } = await start(behaviour);

    expect(step).toMatchObject({ next: 'final', failure: 'ares_error', facts: { error: { code, component: 'S' } } });
    expect(step.exchanges.at(-1)).toMatchObject({ direction: 'sent', messageType: 'Erro' });
    expect(await complaints(1)).toEqual([[code, expect.stringContaining(detail)]]);
  });

  it.each<[string, Behaviour]>([
    [
      'an Erro',
      answering({
        messageType: 'Erro',
        messageVersion: '2.2.0',
        errorCode: '305',
        errorComponent: 'D',
        errorDescription: 'x',
        errorDetail: 'y',
      }),
    ],
    ['a malformed Erro', answering({ messageType: 'Erro' })],
    ['a page', page('<html></html>')],
  ])('says nothing about %s', async (_, behaviour) => {
    await start(behaviour);
    await start(answering({ messageType: 'RRes' }));

    // What comes after it is heard, and nothing before.
    expect(await complaints(1)).toEqual([['101', expect.stringContaining('RRes')]]);
  });

  it('reads an Erro that came with another status', async () => {
    const { step } = await start(
      answering(
        {
          messageType: 'Erro',
          messageVersion: '2.2.0',
          errorCode: '306',
          errorComponent: 'D',
          errorDescription: 'MCC',
          errorDetail: 'mcc',
        },
        400,
      ),
    );

    expect(step).toMatchObject({ facts: { error: { code: '306', component: 'D', detail: 'mcc' } } });
  });

  const GROUPED = CARD.replace(/(.{4})(?=.)/g, '$1 ');
  const erro = { messageType: 'Erro', messageVersion: '2.2.0', errorCode: '305', errorComponent: 'A' };
  const hasCard = (value: unknown): boolean =>
    [CARD, GROUPED].some((text) => (JSON.stringify(value) + inspect(value, { depth: 10 })).includes(text));

  it.each<[string, Behaviour]>([
    ['an Erro', answering({ ...erro, errorDescription: `No card ${CARD}`, errorDetail: `acctNumber ${GROUPED}` })],
    [
      'an Erro with a number across its end',
      answering({ ...erro, errorDescription: 'x', errorDetail: 'x'.repeat(2030) + CARD }),
    ],
    ['the name of a member that stands twice', answering(`{"messageType":"ARes","${CARD}":1,"${CARD}":1}`)],
    [
      'the id of an extension',
      answering(
        ares({
          ...approval,
          messageExtension: [{ name: 'x', id: CARD, criticalityIndicator: true, data: { a: 1 } }],
        }),
      ),
    ],
  ])('keeps no card number that comes back in %s', async (_, behaviour) => {
    const { step } = await start(behaviour);

    expect(step).toMatchObject({ next: 'final', failure: 'ares_error' });
    expect(hasCard(step)).toBe(false);
    // What was said about it is kept as sent, and heard some time later.
    await complaints(step.exchanges.filter((line) => line.direction === 'sent' && line.messageType === 'Erro').length);
    expect(hasCard(house.directoryServer.receivedOf('Erro'))).toBe(false);
  });

  it('keeps no card number that a result brings along', async () => {
    const attempt = await challenged();
    const result = JSON.stringify({ ...rreq(attempt), ...approval }).replace('{', `{"${CARD}":1,"${CARD}":1,`);

    const { answer, steps } = await house.deliver(attempt, result);

    expect(erroOf(answer)).toMatchObject({ errorCode: '204', errorDetail: '[masked]' });
    expect(steps).toHaveLength(1);
    expect(hasCard([steps, answer])).toBe(false);
  });

  it('trusts no ARes that came with another status', async () => {
    const { step } = await start(answering(ares(approval), 500));

    expect(step).toMatchObject({ failure: 'ares_error', facts: { error: { code: '405' } } });
  });

  it('answers a result with an RRes of the same ids', async () => {
    const attempt = await challenged();

    const { answer } = await house.endChallenge(attempt, 'success');

    expect(erroOf(answer)).toMatchObject({
      messageType: 'RRes',
      threeDSServerTransID: attempt.transactionId,
      resultsStatus: '01',
    });
  });

  it('answers 301 to the result of nobody', async () => {
    const attempt = await challenged();

    const { answer } = await house.deliver(
      attempt,
      JSON.stringify({ ...rreq(anAskedAttempt(house.connector)), ...approval }),
    );

    expect(erroOf(answer)).toMatchObject({ messageType: 'Erro', errorCode: '301', errorComponent: 'S' });
  });

  it('answers 305 to a second result, and to one after a frictionless answer', async () => {
    const attempt = await challenged();
    const { steps } = await house.endChallenge(attempt, 'success');
    const second = await house.endChallenge(after(attempt, steps[0] as Step), 'failure');
    const frictionless = await start(answering(ares(approval)));
    const unexpected = await house.endChallenge(after(frictionless.attempt, frictionless.step), 'success');

    expect(erroOf(second.answer)).toMatchObject({ messageType: 'Erro', errorCode: '305' });
    expect(erroOf(unexpected.answer)).toMatchObject({ messageType: 'Erro', errorCode: '305' });
  });

  it.each<[string, (body: object) => string, string, string]>([
    ['a member twice', (body) => JSON.stringify(body).replace('{', '{"transStatus":"N",'), '204', 'transStatus'],
    [
      'no authentication value',
      (body) => JSON.stringify({ ...body, authenticationValue: undefined }),
      '201',
      'authenticationValue',
    ],
    ['an illegal status', (body) => JSON.stringify({ ...body, transStatus: 'C' }), '203', 'transStatus'],
    ['another category', (body) => JSON.stringify({ ...body, messageCategory: '02' }), '203', 'messageCategory'],
  ])('refuses a result with %s, and the attempt ends without one', async (_, write, code, detail) => {
    const attempt = await challenged();

    const { answer, steps } = await house.deliver(attempt, write({ ...rreq(attempt), ...approval }));

    expect(erroOf(answer)).toMatchObject({ messageType: 'Erro', errorCode: code, errorDetail: detail });
    expect(steps[0]).toMatchObject({ next: 'final', failure: 'rreq_error', effective: true });
    expect(steps[0]).not.toMatchObject({ facts: { resultSource: 'RReq' } });
  });

  it.each([
    ['broken JSON', '{"messageType":"RReq"', 'application/json'],
    ['nothing', '', 'application/json'],
    ['plain text', 'hello', 'text/plain'],
    ['a body far too long', ' '.repeat(2_000_000), 'application/json'],
    ['another message', '{"messageType":"AReq","messageVersion":"2.2.0"}', 'application/json'],
  ])('answers 101 to %s in place of a result', async (_, body, contentType) => {
    const { answer } = await house.deliver(null, body, contentType);

    expect(erroOf(answer)).toMatchObject({ messageType: 'Erro', errorCode: '101', errorComponent: 'S' });
  });

  it('reads a result whatever content type it came with', async () => {
    const attempt = await challenged();

    const { steps } = await house.deliver(attempt, JSON.stringify({ ...rreq(attempt), ...approval }), 'text/plain');

    expect(steps[0]).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
  });

  it('tells the directory server that the merchant declined the challenge', async () => {
    const attempt = await challenged();
    const declined = after(attempt, await house.connector.advance(attempt, { type: 'challenge_declined' }));

    const { answer } = await house.endChallenge(declined, 'failure');

    expect(erroOf(answer)).toMatchObject({ messageType: 'RRes', resultsStatus: '02' });
  });

  it('shows the returning cardholder a page that may stand in a frame and runs one script', async () => {
    const response = await fetch(`${await house.url()}${NOTIFICATION_PATH}`, {
      method: 'POST',
      body: new URLSearchParams({ cres: 'eyJ9', threeDSSessionData: 'c2lk' }),
    });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'sha256-/);
  });

  it('plans in microseconds', () => {
    const attempt = anAskedAttempt(house.connector);
    const rounds = 20_000;
    const startedAt = performance.now();

    for (let round = 0; round < rounds; round++) house.connector.plan(attempt.request);

    expect(((performance.now() - startedAt) / rounds) * 1000).toBeLessThan(100);
  });
});
