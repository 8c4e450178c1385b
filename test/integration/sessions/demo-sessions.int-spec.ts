import { DataKeyring } from '@app/cards';
import { createLogger, Database } from '@app/platform';
import { AuthenticationValues } from '../../../libs/sessions/src/authentication-values';
import { planDemo } from '../../../libs/sessions/src/demo/demo-plan';
import { DemoSessions } from '../../../libs/sessions/src/demo/demo-sessions.service';
import { tellDemo, type DemoStory } from '../../../libs/sessions/src/demo/demo-story';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { DemoSessionRepository } from '../../../libs/sessions/src/persistence/demo-session.repository';
import { SessionRepository } from '../../../libs/sessions/src/persistence/session.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House } from './house';

jest.setTimeout(120_000);

/** Two months lie in the thirty days before it, and the third is not the present one. */
const NOW = new Date('2027-03-01T09:30:00.000Z');
const SEED = 20_260_803;
const DAY_MS = 86_400_000;

let test: TestDatabase;
let house: House;
let database: Database;
let repository: DemoSessionRepository;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  house.clock.advance(NOW.getTime() - house.clock.now().getTime());
  await house.get(DataKeyring).refresh();
  database = house.get(Database);
  repository = new DemoSessionRepository(database);
});

afterAll(async () => {
  await house.close();
  await test.drop();
});

const demo = (): DemoSessions =>
  new DemoSessions(repository, house.get(AuthenticationValues), house.clock, createLogger('silent'));
const count = async (table: string): Promise<number> => {
  const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count ?? 0;
};
const expected = (): DemoStory[] => {
  const stories = planDemo(SEED, NOW).map((planned) => tellDemo(planned, NOW));
  return stories.filter((story) => story !== null);
};

/** No two sealings are alike. */
const withoutValue = (session: Session | null): Session | null =>
  session && {
    ...session,
    attempt: { ...session.attempt, authenticationValueSealed: null, authenticationValueExpiresAt: null },
  };

it('a start that was cut off leaves whole stories, and the next one tells the rest', async () => {
  const cut = demo();
  const filling = cut.fill(NOW);
  while ((await count('session')) === 0) await new Promise((done) => setTimeout(done, 5));
  await cut.beforeApplicationShutdown();
  await filling;
  const left = await count('session');
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(expected().length);

  await demo().fill(NOW);

  const stories = expected();
  expect(await count('session')).toBe(stories.length);
  const sum = (of: (story: DemoStory) => number): number => stories.reduce((total, story) => total + of(story), 0);
  expect(await count('session_event')).toBe(sum((story) => story.changes.flatMap(({ events }) => events).length));
  expect(await count('exchange')).toBe(sum((story) => story.changes.flatMap(({ exchanges }) => exchanges).length));
  expect(await count('attempt')).toBe(sum(({ changes }) => changes.at(-1)?.session.attempt.number ?? 0));
  expect(await count('callback_message')).toBe(stories.length);
  expect(await count('callback_delivery')).toBe(sum(({ callback }) => callback?.deliveries.length ?? 0));
});

it('once told, it is not told again', async () => {
  const before = await count('session_event');

  await demo().fill(NOW);

  expect(await count('session_event')).toBe(before);
});

it('what was stored is read as it was told', async () => {
  const sessions = house.get(SessionRepository);
  const stories = expected();

  for (const story of [0, 0.3, 0.6, 0.99].map((share) => stories[Math.floor(share * stories.length)])) {
    const end = story?.changes.at(-1)?.session;
    expect(withoutValue(await sessions.findById(end?.id ?? ''))).toEqual(end);
  }
});

it('what succeeded within a day has a value that proves nothing, sealed and readable as a real one is', async () => {
  const sessions = house.get(SessionRepository);
  const values = house.get(AuthenticationValues);
  const ends = expected().flatMap(({ changes }) => changes.at(-1)?.session ?? []);
  const readable = async ({ id }: { id: string }): Promise<string | undefined> => {
    const session = await sessions.findById(id);
    return session === null ? undefined : (await values.open(session))?.expose();
  };
  const lately = ends.filter(({ createdAt }) => createdAt.getTime() > NOW.getTime() - DAY_MS);
  const succeeded = lately.filter(({ status }) => status === 'approved' || status === 'attempted');
  expect(succeeded.length).toBeGreaterThan(10);

  for (const session of succeeded) {
    const value = Buffer.from((await readable(session)) ?? '', 'base64');
    expect([value.length, value.subarray(1).toString()]).toEqual([20, 'DEMO, NO REAL VALUE']);
  }
  const others = [...lately.filter((one) => !succeeded.includes(one)), ...ends.slice(0, 20)];
  expect(await Promise.all(others.map(readable))).toEqual(others.map(() => undefined));

  house.clock.advance(DAY_MS);
  expect(await Promise.all(succeeded.slice(0, 20).map(readable))).toEqual(succeeded.slice(0, 20).map(() => undefined));
});

it('leaves nothing to do: no deadline, no inquiry, no message that is due or of which nobody was told', async () => {
  const [row] = await database.query(
    `SELECT (SELECT count(*)::int FROM session WHERE deadline_at IS NOT NULL OR inquire_at IS NOT NULL) AS open,
       (SELECT count(*)::int FROM callback_message WHERE state = 'due') AS due,
       (SELECT count(*)::int FROM callback_message WHERE state = 'delivered' AND subject_told_at IS NULL) AS untold,
       (SELECT count(*)::int FROM card) AS cards`,
  );

  expect(row).toEqual({ open: 0, due: 0, untold: 0, cards: 0 });
});

it('every line of a story leads to the next, to the status that its session has', async () => {
  const [row] = await database.query(
    `SELECT count(*) FILTER (WHERE e.from_status IS DISTINCT FROM before)::int AS gaps,
       count(*) FILTER (WHERE e.seq = s.event_seq - 1 AND e.to_status <> s.status)::int AS wrong
     FROM (SELECT *, lag(to_status) OVER (PARTITION BY session_id ORDER BY seq) AS before FROM session_event) e
     JOIN session s ON s.id = e.session_id`,
  );

  expect(row).toEqual({ gaps: 0, wrong: 0 });
});
