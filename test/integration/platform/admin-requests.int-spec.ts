import { randomBytes } from 'node:crypto';
import { CountersignError, FixedClock, NotAllowed } from '@app/kernel';
import {
  ADMIN_REQUEST_COLUMN,
  AdminRequests,
  CLOCK,
  createLogger,
  CryptoBox,
  Database,
  loadConfig,
  PlatformModule,
  type AdminActor,
  type NamedAdminRequest,
} from '@app/platform';
import { Test, type TestingModule } from '@nestjs/testing';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const MERCHANT = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
/** Longer than any request takes. */
const LONG_MS = 61_000;
const DAY_MS = 24 * 3_600_000;

let test: TestDatabase;
let house: TestingModule;
let database: Database;
let requests: AdminRequests;
const clock = new FixedClock(new Date());

beforeAll(async () => {
  test = await createTestDatabase();
  const config = loadConfig({ DATABASE_URL: test.url, COUNTERSIGN_KEK: randomBytes(32).toString('base64') });
  const dataSource = await createDataSource(test.url, 4).initialize();
  house = await Test.createTestingModule({
    imports: [PlatformModule.forRoot({ config, log: createLogger('silent'), dataSource })],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  database = house.get(Database);
  requests = house.get(AdminRequests);
});

afterAll(async () => {
  await house.close();
  await database.onApplicationShutdown();
  await test.drop();
});

const actorOf = (change: Partial<AdminActor> = {}): AdminActor => ({
  kind: 'operator',
  id: MERCHANT,
  wireId: 'opr_1',
  name: 'ada@example.com',
  role: 'admin',
  merchants: 'all',
  permissions: new Set(),
  sessionId: null,
  origin: { address: null, requestId: null },
  ...change,
});
const ADA = actorOf();

let keys = 0;
const named = (change: Partial<NamedAdminRequest> = {}): NamedAdminRequest => ({
  key: `key-${(keys += 1)}`,
  content: ['POST', '/things', { name: 'x' }],
  once: 'answered',
  ...change,
});
/** What is done, in a transaction of its own, as an act and its entry of the audit log are. */
const act = (merchantId: string | null = null): Promise<void> =>
  database.transaction((tx) => requests.noteDone(tx, merchantId));
/** A process that dies: nothing is heard of it again. */
const dies = (): Promise<never> => new Promise(() => undefined);
const codesOf = (attempt: Promise<unknown>): Promise<readonly string[]> =>
  attempt.then(
    () => [],
    (error: unknown) => (error as CountersignError).codes,
  );

describe('a request that names itself', () => {
  it('is done once, and answered alike for a day', async () => {
    const request = named();
    let times = 0;
    const work = async (): Promise<object> => {
      await act();
      return { times: (times += 1) };
    };

    const first = await requests.run(ADA, request, work);
    const second = await requests.run(ADA, request, work);
    clock.advance(DAY_MS);
    const third = await requests.run(ADA, request, work);

    expect([first, second, third]).toEqual([
      { answer: { times: 1 }, isRepeated: false },
      { answer: { times: 1 }, isRepeated: true },
      { answer: { times: 2 }, isRepeated: false },
    ]);
  });

  it('whose process died before it did anything is done by the repeat; a straggler then does nothing', async () => {
    const request = named();
    let wake: () => void = () => undefined;
    const straggler = requests.run(ADA, request, async () => {
      await new Promise<void>((resolve) => (wake = resolve));
      await act();
    });
    expect(await codesOf(requests.run(ADA, request, dies))).toEqual(['idempotency_key_in_use']);
    clock.advance(LONG_MS);

    const repeated = await requests.run(ADA, request, async () => {
      await act();
      return 'done';
    });
    wake();

    expect(repeated).toEqual({ answer: 'done', isRepeated: false });
    expect(await codesOf(straggler)).toEqual(['idempotency_key_in_use']);
    // And takes nothing away from who did it.
    expect(await requests.run(ADA, request, dies)).toEqual({ answer: 'done', isRepeated: true });
  });

  it('whose process died after it was done is not done again', async () => {
    const request = named();
    let isDone: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (isDone = resolve));
    void requests.run(ADA, request, async () => {
      await act();
      isDone();
      return dies();
    });
    await done;
    expect(await codesOf(requests.run(ADA, request, dies))).toEqual(['idempotency_key_in_use']);

    clock.advance(LONG_MS);

    expect(await codesOf(requests.run(ADA, request, dies))).toEqual(['idempotent_answer_gone']);
  });

  it('that was refused is free to be asked again, and one that failed after it was done is not', async () => {
    const [refused, failed] = [named(), named()];
    const fails = (error: Error) => async (): Promise<never> => {
      await act();
      throw error;
    };
    expect(await codesOf(requests.run(ADA, refused, fails(new NotAllowed('not_now', 'Not now'))))).toEqual(['not_now']);
    await expect(requests.run(ADA, failed, fails(new Error('lost')))).rejects.toThrow('lost');

    expect(await requests.run(ADA, refused, () => Promise.resolve('now'))).toMatchObject({ answer: 'now' });
    expect(await codesOf(requests.run(ADA, failed, dies))).toEqual(['idempotent_answer_gone']);
  });

  it('that asks for something else is not answered, and neither is who has lost the merchant since', async () => {
    const request = named();
    await requests.run(ADA, request, async () => {
      await act(MERCHANT);
      return 'theirs';
    });

    expect(await codesOf(requests.run(ADA, { ...request, content: ['POST', '/others', null] }, dies))).toEqual([
      'idempotency_key_reused',
    ]);
    expect(await codesOf(requests.run(actorOf({ merchants: [] }), request, dies))).toEqual(['merchant_not_found']);
    expect(await requests.run(actorOf({ merchants: [MERCHANT] }), request, dies)).toMatchObject({ answer: 'theirs' });
  });

  it('whose work knows by itself what it has done is asked again, also where the first died after it', async () => {
    const [told, lost] = [named({ once: 'by_itself' }), named({ once: 'by_itself' })];
    let times = 0;
    const work = async (): Promise<number> => {
      if (times === 0) await act();
      return (times += 1);
    };
    const first = await requests.run(ADA, told, work);
    const failed = requests.run(ADA, lost, async () => {
      await act();
      throw new Error('lost');
    });

    expect(first).toEqual({ answer: 1, isRepeated: false });
    expect(await requests.run(ADA, told, work)).toEqual({ answer: 2, isRepeated: true });
    await expect(failed).rejects.toThrow('lost');
    expect(await requests.run(ADA, lost, work)).toEqual({ answer: 3, isRepeated: true });
  });

  it('whose answer is told once leaves nothing of it behind', async () => {
    const request = named({ once: 'told_once' });
    const kept = () => database.query('SELECT answer_sealed FROM admin_request WHERE answer_sealed IS NOT NULL');
    const before = await kept();

    await requests.run(ADA, request, () => Promise.resolve({ secret: 'a-secret' }));

    expect(await codesOf(requests.run(ADA, request, dies))).toEqual(['idempotent_answer_gone']);
    expect(await kept()).toEqual(before);
  });

  it('keeps its answer sealed, and a rotation of keys finds it', async () => {
    const request = named();
    await requests.run(ADA, request, () => Promise.resolve({ email: 'somebody@example.com' }));
    const rows = await database.query<{ actor: string; key_hash: string; answer_sealed: Buffer }>(
      'SELECT actor, key_hash::text, answer_sealed FROM admin_request WHERE answer_sealed IS NOT NULL',
    );

    const opened = rows.map(({ answer_sealed: sealed, ...key }) =>
      house.get(CryptoBox).open(sealed, ADMIN_REQUEST_COLUMN.context(key)).toString(),
    );

    expect(opened).toContain('{"email":"somebody@example.com"}');
    for (const row of rows) expect(row.answer_sealed.toString('latin1')).not.toContain('somebody');
  });

  it('is forgotten after its day', async () => {
    await requests.run(ADA, named(), () => Promise.resolve('x'));
    clock.advance(DAY_MS);

    await requests.forget();

    expect(await database.query('SELECT FROM admin_request')).toEqual([]);
  });
});
