import type { Step } from '@app/authentication-port';
import { Metrics } from '@app/platform';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { Relay } from '../../support/relay';
import { DS_TRANSACTION_ID, step } from './fake-connector';
import { House } from './house';

const APPROVED = step('final', { transStatus: 'Y', resultSource: 'ARes', eci: '05' });

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

afterEach(() => house.connector.reset());

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

interface HeldBack {
  give: (step: Step) => void;
  fail: (error: Error) => void;
  asked: Promise<void>;
}

/** The issuer side's answer, to be given when the test wants. */
function heldBack(): HeldBack {
  let give: (step: Step) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((done) => (ask = done));
  house.connector.answer = () => {
    ask();
    return new Promise<Step>((done, failed) => ([give, fail] = [done, failed]));
  };
  return { give: (answer) => give(answer), fail: (error) => fail(error), asked };
}

const create = async (on = house): Promise<Session> =>
  (await on.service.create(on.actor(), on.command({ callbackUrl: 'https://shop.example/callback' }))).view.session;

const typesOf = async ({ id }: Session): Promise<string[]> => (await house.events(id)).map(({ type }) => type);

async function contradictions(): Promise<number> {
  const { text } = await house.get(Metrics).render();
  return Number(/^countersign_results_contradicted_total\{.*\} (\d+)$/m.exec(text)?.[1] ?? 0);
}

async function settledAs(status: string, at: House): Promise<number> {
  const { text } = await at.get(Metrics).render();
  const line = new RegExp(`^countersign_sessions_settled_total\\{status="${status}",.*\\} (\\d+)$`, 'm');
  return Number(line.exec(text)?.[1] ?? 0);
}

const until = async (what: () => Promise<boolean>): Promise<void> => {
  while (!(await what())) await new Promise((done) => setTimeout(done, 20));
};

const owed = async ({ id }: Session): Promise<number> =>
  (await house.database.query('SELECT 1 FROM callback_message WHERE session_id = $1', [id])).length;

/** A session whose result came while its answer was still awaited. */
async function overtaken(result: object): Promise<{ session: Promise<Session>; id: string; answer: HeldBack }> {
  const answer = heldBack();
  const session = create();
  await answer.asked;
  const { request, transactionId } = house.connector.started.at(-1) ?? {};
  if (!request || transactionId === undefined) throw new Error('Nothing was asked');
  const notice = { messageType: 'RReq', facts: { ...IDS, ...result } };
  await house.inbox.accept('fake', transactionId, transactionId, notice, {});
  return { session, id: request.sessionId, answer };
}

const IDS = { dsTransactionId: DS_TRANSACTION_ID, acs: { transactionId: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340' } };
const CHALLENGE = {
  ...IDS,
  resultSource: 'ARes' as const,
  transStatus: 'C' as const,
  eci: '07',
  acs: { ...IDS.acs, referenceNumber: 'ACS-1', url: 'https://acs.example' },
  dsReferenceNumber: 'DS-1',
};

describe('an answer that its result has overtaken', () => {
  it('adds who the servers are, and takes nothing from the result', async () => {
    const { session, answer } = await overtaken({ transStatus: 'Y' });

    answer.give(step('challenge', CHALLENGE));

    const { status, attempt } = await session;
    expect(status).toBe('approved');
    expect(attempt.facts).toEqual({
      ...IDS,
      resultSource: 'RReq',
      transStatus: 'Y',
      acs: CHALLENGE.acs,
      dsReferenceNumber: 'DS-1',
    });
    expect(await house.stored((await session).id)).toMatchObject({ attempt: { facts: attempt.facts } });
  });

  it.each([
    ['speaks of another transaction', { ...CHALLENGE, dsTransactionId: '11111111-2222-4333-8444-555555555555' }],
    ['needed no result', { ...CHALLENGE, transStatus: 'N' as const }],
  ])('is told as a contradiction where it %s, and changes nothing', async (_what, facts) => {
    const { session, id, answer } = await overtaken({ transStatus: 'Y' });
    const before = await contradictions();

    answer.give(step('final', facts));

    expect(await session).toMatchObject({ status: 'approved', attempt: { facts: { transStatus: 'Y' } } });
    expect((await house.events(id)).at(-1)).toMatchObject({ type: 'late_answer', data: { contradicts: true } });
    expect(await contradictions()).toBe(before + 1);
  });
});

describe('an issuer side that takes its time', () => {
  it('is not waited for longer than a caller can be, and its answer counts when it comes', async () => {
    const answer = heldBack();
    const startedAt = performance.now();

    const session = await create();

    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect(session).toMatchObject({ status: 'processing', attempt: { progress: 'asked' } });
    expect(await owed(session)).toBe(0);

    answer.give(APPROVED);

    await until(async () => (await house.stored(session.id)).status === 'approved');
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'authenticated']);
    expect(await owed(session)).toBe(1);
  });

  it('may fail as it likes: the deadline settles the session', async () => {
    const answer = heldBack();
    const session = await create();

    answer.fail(new Error('A bug'));
    await new Promise((done) => setTimeout(done, 100));

    expect(await house.stored(session.id)).toMatchObject({ status: 'processing' });
  });

  it('is waited for by a stop', async () => {
    const replica = await house.replica();
    const answer = heldBack();
    const session = await create(replica);
    setTimeout(() => answer.give(APPROVED), 300);

    await replica.close();

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved' });
  });
});

describe('an answer that comes while the database is away', () => {
  let relay: Relay;
  let behind: House;

  beforeAll(async () => {
    const through = await Relay.to(test.url);
    relay = through.relay;
    behind = await house.replica(through.url);
  });

  afterAll(async () => {
    await behind?.close();
    await relay?.close();
  });

  it('is stored when it is back: there is no other', async () => {
    const answer = heldBack();
    const creating = create(behind);
    await answer.asked;

    relay.cut();
    answer.give(APPROVED);
    await until(async () => relay.refused > 0);
    relay.mend();

    const session = await creating;
    expect(session).toMatchObject({ status: 'approved', attempt: { facts: { transStatus: 'Y' } } });
    expect(await house.stored(session.id)).toMatchObject({ status: 'approved' });
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'authenticated']);
  });

  it('is known again where it was stored and only the word of that was lost', async () => {
    const answer = heldBack();
    const creating = create(behind);
    await answer.asked;
    const before = await settledAs('approved', behind);

    relay.loseAnswerTo('authenticated');
    answer.give(APPROVED);

    const session = await creating;
    expect(session.status).toBe('approved');
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'authenticated']);
    expect(await owed(session)).toBe(1);
    expect(await settledAs('approved', behind)).toBe(before + 1);
  });
});
