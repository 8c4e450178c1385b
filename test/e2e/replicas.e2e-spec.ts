import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bearer, call, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, pathOf, secretOf } from '../support/calls';
import { PASSWORD, playChallenge } from '../support/cardholder';
import { demoOperator } from '../support/console';
import { createEmptyDatabase } from '../support/database';
import { ready, SERVER, start, type Product } from '../support/product';
import { POOL_SIZE, startPgBouncer } from '../support/pgbouncer';
import { POOLER, startReplicas, type Replica, type ReplicatedProduct } from '../support/replicas';
import { rows, uuidOf } from '../support/rows';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';
import { runSuite } from '../support/suites';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
/** How soon every replica must have heard of a revocation. */
const HEARD_WITHIN_MS = 5_000;

const via = POOLER === null ? 'connected directly (PgBouncer could not be had)' : 'through PgBouncer';

let product: ReplicatedProduct;
let authorization: string;
let sessions: Calls;
let each: readonly [Calls, Calls];

beforeAll(async () => {
  product = await startReplicas();
  authorization = await bearer(product);
  sessions = new Calls(product, authorization);
  each = product.replicas.map((replica) => new Calls(product.through(replica), authorization)) as unknown as [
    Calls,
    Calls,
  ];
}, 240_000);

afterAll(() => product?.stop());

const asked = (extra: Record<string, unknown> = {}): Record<string, unknown> => ({
  channel_data: BROWSER,
  completion: { type: 'non_hosted', callback_url: callbackUrl(product) },
  ...extra,
});
const final = (session: Body): Promise<Body> =>
  eventually(async () => {
    const now = await sessions.read(session);
    return (now['next_actions'] as unknown as string[]).includes('complete') ? now : undefined;
  });

describe(`two replicas over one database, ${via}`, () => {
  (POOLER === null ? it.skip : it)(
    'reach Postgres through the pooler, on fewer connections than they hold',
    async () => {
      await Promise.all(Array.from({ length: 60 }, () => sessions.open(CARD)));

      const [found] = await rows<{ count: number }>(
        product,
        `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'countersign' AND pid <> pg_backend_pid()`,
      );

      expect(found?.count).toBeGreaterThan(0);
      expect(found?.count).toBeLessThanOrEqual(POOL_SIZE);
    },
  );

  it('share every step of a session, whoever gets it', async () => {
    for (let round = 0; round < 4; round++) {
      const [one, other] = round % 2 ? each : [each[1], each[0]];
      const session = await one.open(CARD, { completion: asked()['completion'] });
      expect(await other.collect(session)).toMatchObject({ status: 200, body: { status: 'approved' } });
      expect(await one.get(session)).toMatchObject({ status: 200, body: { approved: true } });
      expect(await other.get(session, secretOf(session))).toMatchObject({ status: 200 });
      expect(await one.complete(session)).toMatchObject({ status: 204 });
      expectRefusal(await other.complete(session), 403, 'operation_not_allowed', 'update_not_allowed_due_to_state');
      expect(await callbacksOf(product, String(session['id']))).toHaveLength(1);
    }
  });

  it('take the result of a challenge, whoever asked for it', async () => {
    for (let round = 0; round < 6; round++) {
      const session = await (round % 2 ? each[0] : each[1]).open(CHALLENGED, asked());
      await playChallenge(session, { password: PASSWORD });
      expect(await final(session)).toMatchObject({ status: 'approved', challenged: true });
      expect(await sessions.complete(session)).toMatchObject({ status: 204 });
    }
    const results = await rows<{ count: number }>(
      product,
      `SELECT count(*)::int AS count FROM session_event WHERE type = 'authenticated'`,
    );
    expect(results[0]?.count).toBeGreaterThanOrEqual(6);
    for (const { url } of product.replicas) expect(product.balancer.answered.get(url)).toBeGreaterThan(5);
  });

  it('let one of many at once through', async () => {
    const session = await sessions.open(CARD);

    const answers = await Promise.all(Array.from({ length: 30 }, () => sessions.collect(session)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => ![200, 403, 409].includes(status))).toEqual([]);
    expect((await sessions.read(session))['status']).toBe('approved');
  });

  it('make one session of a request that comes to both', async () => {
    const reference = randomUUID();
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    const create = (replica: Replica): Promise<Answer> =>
      call(
        product.through(replica),
        'POST',
        '/sessions',
        authorization,
        sessionRequest(CARD, asked({ reference })),
        headers,
      );

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => create(product.replicas[index % 2] as Replica)),
    );

    expect(answers.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
    const [again, elsewhere] = [await create(product.replicas[0]), await create(product.replicas[1])];
    expect(again.body).toEqual(elsewhere.body);
    expect(await rows(product, 'SELECT 1 FROM session WHERE reference = $1', [reference])).toHaveLength(1);
  });

  it('send a callback that nobody asked for once', async () => {
    const session = await sessions.open(CARD, asked());
    await rows(product, 'UPDATE callback_message SET next_try_at = now() WHERE session_id = $1', [
      uuidOf(String(session['id'])),
    ]);

    await eventually(async () => ((await sessions.read(session))['completed'] as unknown) === true || undefined);

    expect(await callbacksOf(product, String(session['id']))).toHaveLength(1);
  });

  it('take each other’s tokens, and publish the same keys', async () => {
    const [one, other] = product.replicas.map((replica) => product.through(replica)) as [Product, Product];
    const token = await bearer(one);
    const session = await sessions.open(CARD);

    expect(await call(other, 'GET', pathOf(session), token)).toMatchObject({ status: 200 });
    const keys = async ({ apiUrl }: Product): Promise<unknown> =>
      (await fetch(`${apiUrl}/.well-known/jwks.json`)).json();
    expect(await keys(one)).toEqual(await keys(other));
  });
});

describe(`what both replicas hear within five seconds, ${via}`, () => {
  const statuses = async (session: Body, token: string): Promise<number[]> =>
    Promise.all(each.map(async (one) => (await one.get(session, token)).status));
  const allAnswer = (session: Body, token: string, wanted: number): Promise<true> =>
    eventually(async () => (await statuses(session, token)).every((status) => status === wanted) || undefined, 8_000);

  it('that an access key is revoked', async () => {
    const name = product.demo.merchants[1]?.name ?? '';
    const key = product.cli<{ id: string; clientId: string; clientSecret: string }>(
      ...['access-key', 'create', '--merchant', merchantOf(name), '--environment', 'test'],
      ...['--channel', product.demo.merchants[1]?.processingChannelId ?? ''],
    );
    const token = await bearer(product, key);
    const session = await new Calls(product, token).open(CARD);
    expect(await statuses(session, token)).toEqual([200, 200]);

    product.cli('access-key', 'revoke', key.id);
    const revokedAt = performance.now();
    await allAnswer(session, token, 401);

    expect(performance.now() - revokedAt).toBeLessThan(HEARD_WITHIN_MS + 500);
    await expect(bearer(product, key)).rejects.toThrow('invalid_client');
  });

  it('that a merchant is suspended, and that it is back', async () => {
    const session = await sessions.open(CARD);
    expect(await statuses(session, authorization)).toEqual([200, 200]);

    const merchant = merchantOf(product.demo.merchants[0]?.name ?? '');
    product.cli('merchant', 'suspend', merchant);
    const suspendedAt = performance.now();
    await eventually(
      async () => (await statuses(session, authorization)).every((status) => status !== 200) || undefined,
      8_000,
    );
    expect(performance.now() - suspendedAt).toBeLessThan(HEARD_WITHIN_MS + 500);

    product.cli('merchant', 'resume', merchant);
    await allAnswer(session, authorization, 200);
  });

  const merchantOf = (name: string): string =>
    product.cli<{ id: string; name: string }[]>('merchant', 'list').find((merchant) => merchant.name === name)?.id ??
    '';
});

describe(`a replica that is killed under load, ${via}`, () => {
  interface Heard {
    passage: number;
    status: number;
  }

  it('takes only its own requests in flight along', async () => {
    const [survivor, victim] = product.replicas;
    const heard: Heard[] = [];
    let isOver = false;
    const shop = async (): Promise<void> => {
      while (!isOver) {
        const { status, headers } = await call(
          product,
          'POST',
          '/sessions',
          authorization,
          sessionRequest(CARD, asked()),
        );
        heard.push({ passage: Number(headers.get('x-passage')), status });
      }
    };
    const shops = Promise.all(Array.from({ length: 12 }, shop));
    await sleep(1_500);

    const underWay = new Set(
      [...product.balancer.underWay].filter(({ replica }) => replica === victim.url).map(({ number }) => number),
    );
    const killedAt = product.balancer.begun;
    await victim.kill();
    const goneAt = product.balancer.begun;
    /** It had the request when it was killed, or got it in the moment that dying takes. */
    const wasInFlight = ({ passage }: Heard): boolean =>
      underWay.has(passage) || (passage >= killedAt && passage < goneAt);
    const answeredBefore = product.balancer.answered.get(survivor.url) ?? 0;
    const since = (): number => heard.filter(({ passage }) => passage >= goneAt).length;
    await eventually(async () => (since() > 20 ? true : undefined), 20_000);
    isOver = true;
    await shops;

    const failed = heard.filter(({ status }) => status !== 201);
    expect(failed.filter((one) => !wasInFlight(one))).toEqual([]);
    expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 502));
    expect((product.balancer.answered.get(survivor.url) ?? 0) - answeredBefore).toBeGreaterThan(20);
  });

  it('is shown as silent', async () => {
    // Half a minute later: the other one has told of itself by then, as it does all the time.
    await rows(product, `UPDATE replica SET seen_at = seen_at - interval '31 seconds'`);
    const operator = await demoOperator(product.through(product.replicas[0]));

    const replicas = await eventually(async () => {
      const { replicas: told } = (await operator.get('system')).body as unknown as Record<'replicas', Body[]>;
      return told.some(({ is_alive: isAlive }) => isAlive) ? told : undefined;
    }, 30_000);

    // The one that started last is the one that was killed.
    expect(replicas).toMatchObject([{ is_alive: false }, { is_alive: true }]);
  });

  it('comes back and takes its share', async () => {
    const [, victim] = product.replicas;
    await victim.revive();
    const answered = product.balancer.answered.get(victim.url) ?? 0;

    for (let count = 0; count < 10; count++) await sessions.open(CARD);

    expect(product.balancer.answered.get(victim.url)).toBeGreaterThanOrEqual(answered + 5);
  });
});

describe(`suites that know nothing of replicas, ${via}`, () => {
  // Not those that need a server of their own settings, break the HTTP that the balancer reads, or stop what they share.
  it.each(['sdk', 'results', 'contract', 'tenants', 'refusals', 'idempotency', 'authorization', 'issuers', 'openapi'])(
    '%s',
    async (suite) => {
      const { passed, failures, told } = await runSuite(suite, product);

      expect(failures.length === 0 ? '' : `${failures.join('\n')}\n${told}`).toBe('');
      expect(passed).toBeGreaterThan(5);
    },
    180_000,
  );

  it('sdk, as a merchant whose upstream is another one on the same replicas', async () => {
    const [native, , loop] = product.demo.merchants;
    if (!native || !loop) throw new Error('The demo has three merchants');
    const { clientId, clientSecret, processingChannelId, publicKey } = loop;
    const seen = { ...product.demo, clientId, clientSecret, processingChannelId, publicKey, merchants: [loop, native] };

    const { passed, failures, told } = await runSuite('sdk', { ...product, demo: seen });

    expect(failures.length === 0 ? '' : `${failures.join('\n')}\n${told}`).toBe('');
    expect(passed).toBeGreaterThan(5);
  }, 180_000);
});

it(`two replicas that start at once on an empty database, ${via}, both come up`, async () => {
  const database = await createEmptyDatabase();
  const pooler = POOLER === null ? null : await startPgBouncer(POOLER, database.url);
  const env = {
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    DATABASE_URL: pooler?.url ?? database.url,
    DATABASE_DIRECT_URL: database.url,
    COUNTERSIGN_KEK: randomBytes(32).toString('base64'),
    COUNTERSIGN_PUBLIC_URL: 'https://pay.example',
  };
  const started = await Promise.allSettled(Array.from({ length: 3 }, () => start(SERVER, env)));
  try {
    expect(started.map((one) => (one.status === 'rejected' ? String(one.reason) : ''))).toEqual(['', '', '']);
    for (const one of started) if (one.status === 'fulfilled') await ready(one.value.url, one.value.output);
    const keys = started.map(async (one) =>
      one.status === 'fulfilled' ? (await fetch(`${one.value.url}/.well-known/jwks.json`)).json() : null,
    );
    expect(new Set((await Promise.all(keys)).map((set) => JSON.stringify(set))).size).toBe(1);
  } finally {
    await Promise.all(started.map(async (one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
    await pooler?.stop();
    await database.drop();
  }
});
