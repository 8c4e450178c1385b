import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { TokenRefused, type TokenRequest, type UpstreamToken } from '@app/token-cache';
import { canonicalRequest, keyOf } from '../../../libs/token-cache/src/domain/request-key';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { findPgBouncer, startPgBouncer, type Pooler } from '../../support/pgbouncer';
import { aRequest, eventually, startReplica, Upstream, type Replica } from './house';

const POOLER = findPgBouncer();

let test: TestDatabase;
let database: Client;
let upstream: Upstream;
const replicas: Replica[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Client({ connectionString: test.url });
  await database.connect();
}, 120_000);

beforeEach(async () => {
  upstream = new Upstream();
  // Workers would go on renewing what the test before used.
  await database.query('DELETE FROM upstream_token');
});

afterEach(async () => {
  for (const replica of replicas.splice(0)) await replica.close();
});

afterAll(async () => {
  await database?.end();
  await test?.drop();
});

async function start(options: Parameters<typeof startReplica>[2] = {}, url = test.url): Promise<Replica> {
  const replica = await startReplica(url, upstream.fetch, options);
  replicas.push(replica);
  return replica;
}

const textOf = ({ accessToken }: UpstreamToken): string => accessToken.expose();
const rowKey = (request: TokenRequest): string => keyOf(canonicalRequest(request));

/** Uses every request every few milliseconds until stopped; gives what was thrown. */
function use(replica: Replica, requests: readonly TokenRequest[]): { stop(): Promise<unknown[]>; used: Set<string> } {
  let isOver = false;
  const errors: unknown[] = [];
  const used = new Set<string>();
  const loop = (async () => {
    while (!isOver) {
      const tokens = await Promise.allSettled(requests.map((request) => replica.cache.token(request)));
      for (const token of tokens) {
        if (token.status === 'fulfilled') used.add(textOf(token.value));
        else errors.push(token.reason);
      }
      await sleep(5);
    }
  })();
  return {
    used,
    stop: async () => {
      isOver = true;
      await loop;
      return errors;
    },
  };
}

/** Two replicas, 500 callers, 10 accounts: the stampede. */
async function stampede(one: Replica, other: Replica): Promise<void> {
  const requests = Array.from({ length: 10 }, () => aRequest());
  const asking = Array.from({ length: 500 }, (_, index) =>
    (index % 2 ? one : other).cache.token(requests[index % 10] ?? aRequest()),
  );

  const texts = new Set((await Promise.all(asking)).map(textOf));

  expect(texts.size).toBe(10);
  expect(upstream.asked).toHaveLength(10);
}

describe('two processes over one database', () => {
  it('ask the upstream once for all their callers', async () => {
    await stampede(await start(), await start());
  });

  it('keep short-lived tokens fresh with one fetch per life, and nobody waits', async () => {
    upstream = new Upstream(3);
    const [one, other] = [await start(), await start()];
    const requests = Array.from({ length: 5 }, () => aRequest());
    const using = [use(one, requests), use(other, requests)];

    await eventually(() => upstream.issued.size >= 15);
    const errors = (await Promise.all(using.map(({ stop }) => stop()))).flat();

    expect(errors).toEqual([]);
    // What was fetched was used: nothing was fetched twice.
    const used = new Set(using.flatMap((each) => [...each.used]));
    expect(upstream.asked.length - used.size).toBeLessThanOrEqual(requests.length);
  });

  it('take over from a holder that died when its lease runs out', async () => {
    const replica = await start();
    const request = aRequest();
    const now = Date.now();
    // Claimed, and never heard of again.
    const dead = await replica.store.claim({
      ...request,
      key: rowKey(request),
      audience: null,
      seenVersion: 0,
      now,
      forMs: 2_500,
      inUseUntil: now + 600_000,
    });

    const token = await replica.cache.token(request);

    expect(upstream.asked).toHaveLength(1);
    expect(token.sequence).toBeGreaterThan(dead?.fence ?? Infinity);
  });

  it('do not take over from one whose upstream is slow', async () => {
    const [one, other] = [await start(), await start()];
    const request = aRequest();
    upstream.next.push(async () => {
      await sleep(3_500);
      return upstream.issue();
    });

    const [ours, theirs] = await Promise.all([one.cache.token(request), other.cache.token(request)]);

    expect(textOf(ours)).toBe(textOf(theirs));
    expect(upstream.asked).toHaveLength(1);
  });

  it('give up waiting when their callers’ patience ends, and the answer still is for the next', async () => {
    const replica = await start();
    const request = aRequest();
    let answer: () => void = () => undefined;
    upstream.next.push(async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return upstream.issue();
    });

    await expect(replica.cache.token(request, { patienceMs: 300 })).rejects.toMatchObject({
      reason: 'waited_too_long',
    });
    answer();

    expect(upstream.issued).toContain(textOf(await replica.cache.token(request)));
    expect(upstream.asked).toHaveLength(1);
  });

  it('replace a token that the upstream does not take, once for both, however many say so', async () => {
    const [one, other] = [await start(), await start()];
    const request = aRequest();
    const { sequence } = await one.cache.token(request);
    await other.cache.token(request);

    const again = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const { cache } = index % 2 ? one : other;
        await cache.invalidate(request, sequence);
        return cache.token(request);
      }),
    );

    expect(new Set(again.map(textOf)).size).toBe(1);
    expect(upstream.asked).toHaveLength(2);
    await one.cache.invalidate(request, sequence);
    expect((await one.cache.token(request)).sequence).toBe(again[0]?.sequence);
  });

  it('remember a refusal together until the credential changes', async () => {
    const [one, other] = [await start(), await start()];
    const request = aRequest();
    upstream.next.push(() => Promise.resolve({ outcome: 'refused', code: 'invalid_client' }));

    for (const { cache } of [one, other, one, other]) await expect(cache.token(request)).rejects.toThrow(TokenRefused);
    expect(upstream.asked).toHaveLength(1);

    const changed = { ...request, credentialVersion: 2 };
    expect(textOf(await other.cache.token(changed))).toBe(textOf(await one.cache.token(changed)));
    expect(upstream.asked.map(({ credentialVersion }) => credentialVersion)).toEqual([1, 2]);
  });

  it('forget an account together', async () => {
    const [one, other] = [await start(), await start()];
    const request = aRequest();
    const first = await one.cache.token(request);

    await other.cache.forget(request.accountId);

    expect(textOf(await other.cache.token(request))).not.toBe(textOf(first));
  });

  it('do not notice an upstream that is down for half a life', async () => {
    upstream = new Upstream(6);
    const replica = await start();
    const requests = [aRequest(), aRequest()];
    await Promise.all(requests.map((request) => replica.cache.token(request)));
    upstream.isDown = true;
    const using = use(replica, requests);
    setTimeout(() => (upstream.isDown = false), 3_000);

    await eventually(() => upstream.issued.size >= 6);

    expect(await using.stop()).toEqual([]);
  });
});

describe('a worker', () => {
  it('renews what a process used that is gone', async () => {
    upstream = new Upstream(4);
    const api = await start({ role: 'api' });
    const request = aRequest();
    await api.cache.token(request);
    await api.jobs.noteUse();
    const { rows } = await database.query('SELECT fetches::int, lives::int, waits::int FROM upstream_token');
    expect(rows).toEqual([{ fetches: 1, lives: 1, waits: 1 }]);
    const worker = await start({ role: 'worker' });
    await api.close();
    replicas.splice(replicas.indexOf(api), 1);

    await eventually(() => upstream.asked.length >= 2);

    expect(textOf(await worker.cache.token(request))).toBe([...upstream.issued].at(-1));
  });

  it('leaves alone what nobody uses, and deletes it in the end', async () => {
    upstream = new Upstream(1);
    const replica = await start({ ticks: false });
    const request = aRequest();
    await replica.cache.token(request);
    await replica.database.query('UPDATE upstream_token SET in_use_until = now() WHERE key = $1', [rowKey(request)]);
    await sleep(1_100);

    await replica.jobs.renewAbandoned();
    await replica.jobs.clean();

    expect(await replica.store.find(rowKey(request))).toBeNull();
    expect(upstream.asked).toHaveLength(1);
  });

  it('writes down what it is fetching before it ends', async () => {
    const replica = await start();
    const request = aRequest();
    const asking = replica.cache.token(request);
    await eventually(() => upstream.asked.length === 1);

    await replica.close();
    replicas.splice(replicas.indexOf(replica), 1);

    const other = await start();
    expect(textOf(await other.cache.token(request))).toBe(textOf(await asking));
    expect(upstream.asked).toHaveLength(1);
  });

  it('tells nothing of a token in its log', async () => {
    const replica = await start();
    upstream.next.push(() => Promise.resolve({ outcome: 'refused', code: 'invalid_client' }));
    await expect(replica.cache.token(aRequest())).rejects.toThrow(TokenRefused);
    const token = await replica.cache.token(aRequest());

    expect(replica.logged.join()).toContain('invalid_client');
    expect(replica.logged.join()).not.toContain(textOf(token));
  });
});

describe(`through PgBouncer in transaction mode${POOLER === null ? ' (could not be had)' : ''}`, () => {
  const through = POOLER === null ? it.skip : it;
  let pooler: Pooler | null = null;

  afterEach(async () => {
    for (const replica of replicas.splice(0)) await replica.close();
    await pooler?.stop();
    pooler = null;
  });

  async function pooled(): Promise<Replica> {
    pooler ??= await startPgBouncer(POOLER ?? '', test.url);
    return start({ poolSize: 8 }, pooler.url);
  }

  through('one fetch serves all callers of two processes', async () => {
    await stampede(await pooled(), await pooled());
  });

  through('tokens are kept fresh', async () => {
    upstream = new Upstream(2);
    const [one, other] = [await pooled(), await pooled()];
    const requests = Array.from({ length: 20 }, () => aRequest());
    const using = [use(one, requests), use(other, requests)];

    await eventually(() => upstream.issued.size >= 60);

    expect((await Promise.all(using.map(({ stop }) => stop()))).flat()).toEqual([]);
  });

  through('a token in memory serves while the database is away, and is renewed when it is back', async () => {
    upstream = new Upstream(10);
    const replica = await pooled();
    const request = aRequest();
    const { expiresAt } = await replica.cache.token(request);
    const port = new URL(pooler?.url ?? '').port;
    await pooler?.stop();
    // It is due meanwhile, and cannot be renewed.
    await sleep(expiresAt.getTime() - Date.now() - 1_500);

    expect(upstream.issued).toContain(textOf(await replica.cache.token(request)));
    expect(upstream.asked).toHaveLength(1);
    await eventually(() => Date.now() >= expiresAt.getTime());
    await expect(replica.cache.token(request, { patienceMs: 100 })).rejects.toHaveProperty('name', 'TokenUnavailable');

    pooler = await startPgBouncer(POOLER ?? '', test.url, { port: Number(port) });
    await eventually(() => replica.cache.token(request).then(Boolean, () => false));
    expect(upstream.asked).toHaveLength(2);
  });
});
