import type { Step } from '@app/authentication-port';
import { newUuidV4, newUuidV7, NotAllowed } from '@app/kernel';
import * as fc from 'fast-check';
import { CredentialsAdmin, type AccessTokenActor } from '@app/credentials';
import { presentSession } from '../../../libs/sessions/src/http/session.presenter';
import type { CreatedSession } from '../../../libs/sessions/src/sessions.service';
import { Idempotency, type NamedRequest } from '../../../libs/sessions/src/idempotency.service';
import { IdempotencyRepository } from '../../../libs/sessions/src/persistence/idempotency.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

const HOUR = 3_600_000;
const LOCK = 20_000;
const BODY: Record<string, unknown> = { amount: 6540, currency: 'USD', source: { type: 'card' } };

type Answer = Awaited<ReturnType<Idempotency['run']>>;

let test: TestDatabase;
let house: House;
let idempotency: Idempotency;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  idempotency = house.get(Idempotency);
});

afterEach(() => house.connector.reset());
afterAll(async () => {
  silence.resolve(step('waiting'));
  await house?.close();
  await test?.drop();
});

const named = (key: string, more: Partial<NamedRequest> = {}): NamedRequest => ({
  merchantId: house.merchantId,
  environment: 'test',
  route: 'POST /sessions',
  key,
  body: BODY,
  ...more,
});

const told = ({ view, asked }: CreatedSession): { status: number; body: object } => ({
  status: asked ? 201 : 202,
  body: presentSession(view, 'http://countersign.test'),
});

/** As the controller does it: creates a session by key through `at`. */
const createBy = (key: string, { at = house, actor = house.actor(), body = BODY } = {}): Promise<Answer> =>
  at.get(Idempotency).run(named(key, { merchantId: actor.merchantId, environment: actor.environment, body }), {
    make: async (id) => told(await at.service.create(actor, at.command(), id)),
    recover: async (id) => {
      const found = await at.service.recover(actor, id);
      return found && told(found);
    },
  });

/** What a client that gets an error sees of it. */
const codesOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'answered',
    (error: { codes?: string[]; message: string }) => error.codes?.join() ?? error.message,
  );

const sessionsOf = (merchantId: string): Promise<{ id: string; status: string }[]> =>
  house.database.query('SELECT id, status FROM session WHERE merchant_id = $1', [merchantId]);
const countOf = async (): Promise<number> => (await sessionsOf(house.merchantId)).length;

/** Issuers that the dead processes were still waiting for; they end with the tests, or closing would wait for them. */
const silence = Promise.withResolvers<Step>();

const NEVER = new Promise<never>(() => undefined);

/** The process dies at that point, which it has come to once `dead`: nothing of what it would still have done happens. */
function dies(at: 'reserve' | 'insert' | 'request'): { key: string; dead: Promise<void> } {
  const key = newUuidV4();
  const { promise: dead, resolve: die } = Promise.withResolvers<void>();
  void idempotency.run(named(key), {
    make: async (id) => {
      if (at === 'reserve') die();
      else if (at === 'insert') {
        house.connector.answer = () => {
          die();
          return silence.promise;
        };
        void house.service.create(house.actor(), house.command(), id);
      } else {
        house.connector.answer = () => step('challenge', { transStatus: 'C' });
        await house.service.create(house.actor(), house.command(), id);
        die();
      }
      return NEVER;
    },
    recover: () => NEVER,
  });
  return { key, dead };
}

/** A second merchant of the house, with a channel. */
async function anotherActor(): Promise<AccessTokenActor> {
  const admin = house.get(CredentialsAdmin);
  const merchant = await admin.createMerchant({ name: 'Other' });
  const { channel } = await admin.createChannel({
    merchantId: merchant.id,
    environment: 'test',
    name: 'web',
    connectors: ['fake'],
  });
  return { ...house.actor(), merchantId: merchant.id, defaultChannelId: channel.id };
}

describe('the same request again', () => {
  it('gets the same answer, its session secret included, and makes nothing', async () => {
    const first = await createBy('again');
    const before = await countOf();
    house.clock.advance(HOUR);

    const second = await createBy('again');

    expect(second).toEqual({ ...first, replayed: true });
    expect(first).toMatchObject({ status: 201, replayed: false });
    expect((first.body as { session_secret?: string }).session_secret).toMatch(/^sek_/);
    expect(await countOf()).toBe(before);
    expect(house.connector.started).toHaveLength(1);
  });

  it('is the same whatever the order of its members', async () => {
    const first = await createBy('order', { body: { a: 1, b: { c: [1, 2], d: null } } });

    expect(await createBy('order', { body: { b: { d: null, c: [1, 2] }, a: 1 } })).toEqual({
      ...first,
      replayed: true,
    });
  });

  it('is answered by another replica, too', async () => {
    const other = await house.replica();
    try {
      const first = await createBy('replica');

      expect(await createBy('replica', { at: other })).toEqual({ ...first, replayed: true });
    } finally {
      await other.close();
    }
  });

  it('has an answer that is not readable in the database', async () => {
    const { body } = await createBy('sealed');
    const secret = String((body as { session_secret?: string }).session_secret);

    expect(secret).toMatch(/^sek_/);
    expect(await house.dump()).not.toContain(secret.slice(4));
    expect(await house.dump()).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('is refused as before when it was refused', async () => {
    house.connector.refusal = 'card_not_enrolled';
    expect(await codesOf(createBy('refused'))).toBe('card_not_enrolled');
    house.connector.refusal = null;
    const before = await countOf();

    expect(await codesOf(createBy('refused'))).toBe('card_not_enrolled');
    expect(await countOf()).toBe(before);
  });

  it('is tried again when it failed for reasons of ours', async () => {
    let fails = true;
    const run = (): Promise<Answer> =>
      idempotency.run(named('failed'), {
        make: () =>
          fails ? Promise.reject(new Error('the database is away')) : Promise.resolve({ status: 201, body: {} }),
        recover: () => Promise.resolve(null),
      });
    expect(await codesOf(run())).toBe('the database is away');
    fails = false;

    expect(await run()).toEqual({ status: 201, body: {}, replayed: false });
    expect(await run()).toEqual({ status: 201, body: {}, replayed: true });
  });
});

describe('another request by the same key', () => {
  it('with another body is refused', async () => {
    await createBy('body');
    const before = await countOf();

    expect(await codesOf(createBy('body', { body: { ...BODY, amount: 6541 } }))).toBe('idempotency_key_reused');
    expect(await countOf()).toBe(before);
  });

  it('with another body is refused also while the first one is under way', async () => {
    const first = dies('reserve');
    await first.dead;

    expect(await codesOf(createBy(first.key, { body: { other: true } }))).toBe('idempotency_key_reused');
  });

  it('of another merchant is a request of its own', async () => {
    const first = await createBy('tenants');
    const second = await createBy('tenants', { actor: await anotherActor() });

    expect(second.replayed).toBe(false);
    expect((second.body as { id: string }).id).not.toBe((first.body as { id: string }).id);
  });

  it('in another environment is a request of its own', async () => {
    const answer = (n: number) => ({ make: async () => ({ status: 201, body: { n } }), recover: async () => null });
    await idempotency.run(named('environment', { environment: 'test' }), answer(1));

    expect(await idempotency.run(named('environment', { environment: 'live' }), answer(2))).toMatchObject({
      body: { n: 2 },
      replayed: false,
    });
  });

  it('on another route is a request of its own', async () => {
    const answer = (n: number) => ({ make: async () => ({ status: 201, body: { n } }), recover: async () => null });
    await idempotency.run(named('route'), answer(1));

    expect(await idempotency.run(named('route', { route: 'POST /else' }), answer(2))).toMatchObject({ body: { n: 2 } });
  });
});

describe('a key', () => {
  it.each(['', ' ', 'a b', 'é', 'tab\t', 'a\n', 'x'.repeat(256)])('that is %j is refused', async (key) => {
    expect(await codesOf(createBy(key))).toBe('idempotency_key_invalid');
  });

  it.each(['0', 'x'.repeat(255), '!~"{}', newUuidV4()])('that is %j is taken', async (key) => {
    expect((await createBy(key)).status).toBe(201);
  });

  it('is new again after 24 hours, and not before', async () => {
    const first = await createBy('day');
    house.clock.advance(24 * HOUR - 1);
    expect((await createBy('day')).replayed).toBe(true);
    house.clock.advance(1);

    const second = await createBy('day', { body: { another: 'body' } });

    expect(second.replayed).toBe(false);
    expect((second.body as { id: string }).id).not.toBe((first.body as { id: string }).id);
  });

  it('is forgotten by housekeeping once its day is over', async () => {
    await createBy('forgotten');
    const repository = house.get(IdempotencyRepository);
    const rows = async (): Promise<number> =>
      (
        await house.database.query('SELECT 1 FROM idempotency WHERE expires_at <= $1', [
          new Date(house.clock.now().getTime() + 24 * HOUR),
        ])
      ).length;
    expect(await rows()).toBeGreaterThan(0);
    house.clock.advance(24 * HOUR);

    await repository.deleteExpired(house.clock.now());

    expect(await house.database.query('SELECT 1 FROM idempotency WHERE expires_at <= $1', [house.clock.now()])).toEqual(
      [],
    );
  });
});

describe('fifty of the same request at once', () => {
  it('make one session; who is too early is told so and gets the same answer afterwards', async () => {
    const other = await house.replica();
    try {
      const actor = await anotherActor();
      // The issuer takes as long as it takes to hear from all the others.
      const all = Promise.withResolvers<void>();
      let heardOf = 0;
      const hear = (): void => {
        if (++heardOf === 50) all.resolve();
      };
      house.connector.answer = async () => {
        hear();
        await all.promise;
        return step('final', { transStatus: 'Y', resultSource: 'ARes' });
      };
      const runs = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          createBy('fifty', { at: index % 2 ? other : house, actor }).catch((error: { codes: string[] }) => {
            hear();
            return error.codes.join();
          }),
        ),
      );

      expect(await sessionsOf(actor.merchantId)).toHaveLength(1);
      const answers = runs.filter((run) => typeof run !== 'string');
      expect(answers).toHaveLength(1);
      expect(new Set(runs.filter((run) => typeof run === 'string'))).toEqual(new Set(['idempotency_key_in_use']));
      expect(await createBy('fifty', { actor })).toEqual({ ...answers[0], replayed: true });
    } finally {
      await other.close();
    }
  });
});

describe('a request whose process died', () => {
  it.each(['reserve', 'insert', 'request'] as const)(
    'after the %s is in use at first, then taken over, with one session in the end',
    async (point) => {
      const before = await countOf();
      const { key, dead } = dies(point);
      await dead;
      house.connector.answer = () => step('final', { transStatus: 'Y', resultSource: 'ARes' });
      expect(await codesOf(createBy(key))).toBe('idempotency_key_in_use');
      house.clock.advance(LOCK - 1);
      expect(await codesOf(createBy(key))).toBe('idempotency_key_in_use');
      house.clock.advance(1);

      const answer = await createBy(key);

      const expected = { reserve: 'approved', insert: 'processing', request: 'challenged' }[point];
      expect(answer).toMatchObject({ status: 201, replayed: false, body: { status: expected } });
      expect((answer.body as { session_secret?: string }).session_secret).toMatch(/^sek_/);
      expect(await countOf()).toBe(before + 1);
      expect(await createBy(key)).toEqual({ ...answer, replayed: true });
    },
  );

  it('is taken over by one only, however many come', async () => {
    const before = await countOf();
    const { key, dead } = dies('reserve');
    await dead;
    house.clock.advance(LOCK);

    const runs = await Promise.all(Array.from({ length: 20 }, () => codesOf(createBy(key))));

    expect(runs.filter((run) => run === 'answered')).toHaveLength(1);
    expect(new Set(runs)).toEqual(new Set(['answered', 'idempotency_key_in_use']));
    expect(await countOf()).toBe(before + 1);
  });

  it('and was refused, but never said so, is refused', async () => {
    const key = newUuidV4();
    house.connector.refusal = 'card_not_enrolled';
    await new Promise<void>((refused) => {
      void idempotency.run(named(key), {
        make: async (id) => {
          await codesOf(house.service.create(house.actor(), house.command(), id));
          refused();
          return NEVER;
        },
        recover: () => NEVER,
      });
    });
    const before = await countOf();
    house.connector.refusal = null;
    house.clock.advance(LOCK);

    expect(await codesOf(createBy(key))).toBe('card_not_enrolled');
    expect(await codesOf(createBy(key))).toBe('card_not_enrolled');
    expect(await countOf()).toBe(before);
  });

  it('but comes back to life collides with its own session instead of making a second', async () => {
    const before = await countOf();
    const key = newUuidV4();
    const begun = Promise.withResolvers<void>();
    let wake = (): void => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    const straggler = codesOf(
      idempotency.run(named(key), {
        make: async (id) => {
          begun.resolve();
          await asleep;
          return told(await house.service.create(house.actor(), house.command(), id));
        },
        recover: () => Promise.resolve(null),
      }),
    );
    await begun.promise;
    house.clock.advance(LOCK);
    const answer = await createBy(key);
    wake();

    expect(await straggler).toBe('idempotency_key_in_use');
    expect(await countOf()).toBe(before + 1);
    expect(await createBy(key)).toEqual({ ...answer, replayed: true });
  });
});

it('takes real time, not scaled time, for whether a process has died', async () => {
  const fast = new Idempotency(
    house.get(IdempotencyRepository),
    (idempotency as unknown as { macKeys: never }).macKeys,
    (idempotency as unknown as { keyring: never }).keyring,
    house.clock,
    { timeScale: 600 },
  );
  await new Promise<void>((begun) => {
    void fast.run(named('scaled'), {
      make: () => {
        begun();
        return NEVER;
      },
      recover: () => NEVER,
    });
  });
  house.clock.advance(600 * 5_000);

  expect(await codesOf(createBy('scaled'))).toBe('idempotency_key_in_use');
});

/** What may happen to a key, in any order. */
const EVENTS = ['request', 'other body', 'dies', 'fails', 'lock runs out', 'is refused'] as const;

it('never makes two sessions of one request, whatever happens to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...EVENTS), { minLength: 1, maxLength: 12 }), async (events) => {
      const key = newUuidV7(house.clock.now());
      const made = new Set<string>();
      const answers = new Set<string>();
      const run = (fate: string): Promise<string> => {
        const dead = Promise.withResolvers<string>();
        const heard = codesOf(
          idempotency
            .run(named(key), {
              make: async (id) => {
                made.add(id);
                if (fate === 'is refused') throw new NotAllowed('card_not_enrolled', 'refused');
                if (fate === 'dies') {
                  dead.resolve('still waiting');
                  return NEVER;
                }
                if (fate === 'fails') throw new Error('ours');
                return { status: 201, body: { id } };
              },
              recover: async () => null,
            })
            .then((answer) => answers.add(JSON.stringify(answer.body))),
        ) as Promise<string>;
        return Promise.race([heard, dead.promise]);
      };
      let final: string | null = null;
      for (const event of events) {
        if (event === 'lock runs out') house.clock.advance(LOCK);
        else if (event === 'other body') {
          const heard = await codesOf(idempotency.run(named(key, { body: 'other' }), neverWorks));
          expect(heard).toBe(made.size === 0 ? 'no work' : 'idempotency_key_reused');
          // The first to come owns the key, whatever became of it.
          if (made.size === 0) return;
        } else {
          const heard = await run(event);
          if (final !== null) expect(heard).toBe(final);
          else if (heard === 'answered' || heard === 'card_not_enrolled') final = heard;
        }
      }
      expect(made.size).toBeLessThanOrEqual(1);
      expect(answers.size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
}, 60_000);

const neverWorks = {
  make: () => Promise.reject(new Error('no work')),
  recover: () => Promise.resolve(null),
};
