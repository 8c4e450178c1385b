import type { Step } from '@app/authentication-port';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

const APPROVED = step('final', { transStatus: 'Y', resultSource: 'ARes', eci: '05' });

jest.setTimeout(20_000);

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

/** The issuer side's answer, to be given when the test wants. */
function heldBack(): { give: (step: Step) => void; fail: (error: Error) => void; asked: Promise<void> } {
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

const until = async (what: () => Promise<boolean>): Promise<void> => {
  while (!(await what())) await new Promise((done) => setTimeout(done, 20));
};

const owed = async ({ id }: Session): Promise<number> =>
  (await house.database.query('SELECT 1 FROM callback_message WHERE session_id = $1', [id])).length;

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
