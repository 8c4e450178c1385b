import type { FixedClock } from '@app/kernel';
import { aClock, ACCOUNT, aReplica, aRequest, ScriptedUpstream, type Replica } from './testing/house';
import { MemoryTokenStore } from './testing/memory-token-store';
import { TokenRefused, TokenUnavailable } from './token-cache.errors';

const HOUR = 3_600_000;
const REFUSED = { outcome: 'refused', code: 'invalid_client' } as const;
const FAILED = { outcome: 'failed', cause: 'http_500' } as const;

let clock: FixedClock;
let store: MemoryTokenStore;
let upstream: ScriptedUpstream;
let one: Replica;
let other: Replica;

beforeEach(() => {
  clock = aClock();
  store = new MemoryTokenStore(clock);
  upstream = new ScriptedUpstream();
  one = aReplica(store, upstream, clock);
  other = aReplica(store, upstream, clock);
});

const textFrom = async ({ cache }: Replica, request = aRequest()): Promise<string> =>
  (await cache.token(request)).accessToken.expose();

const settled = async (): Promise<void> => {
  await one.renewal.settled();
  await other.renewal.settled();
};

describe('a token', () => {
  it('is fetched once for all who ask at the same time, in every process', async () => {
    const asking = [one, other].flatMap((replica) => Array.from({ length: 250 }, () => textFrom(replica)));

    expect(new Set(await Promise.all(asking))).toEqual(new Set(['token 1']));
    expect(upstream.asked).toEqual([
      { accountId: ACCOUNT, credentialVersion: 1, scopes: ['sessions:app', 'sessions:browser'] },
    ]);
  });

  it('comes from memory without touching Postgres', async () => {
    await one.cache.token(aRequest());
    store.calls.length = 0;

    const tokens = await Promise.all([one.cache.token(aRequest()), one.cache.token(aRequest())]);

    expect(tokens[0]).toBe(tokens[1]);
    expect(store.calls).toEqual([]);
    expect(await one.metric('upstream_token_waits_total', '{for="upstream"}')).toBe(1);
  });

  it('is counted for who had to wait for the upstream, and for nobody who had not', async () => {
    await Promise.all([textFrom(one), textFrom(one)]);
    await textFrom(one);
    await textFrom(other);

    expect(one.memory.takeUses(clock.now().getTime())).toMatchObject([{ waits: 2, waitedAt: clock.now().getTime() }]);
    expect(other.memory.takeUses(clock.now().getTime())).toMatchObject([{ waits: 0 }]);
  });

  it('comes from Postgres where another process fetched it', async () => {
    await textFrom(one);

    expect(await textFrom(other)).toBe('token 1');
    expect(await other.metric('upstream_token_waits_total', '{for="postgres"}')).toBe(1);
    expect(await other.metric('upstream_token_waits_total', '{for="upstream"}')).toBe(0);
  });

  it('is another one for other scopes, and the same for the same scopes in another order', async () => {
    await textFrom(one);

    expect(await textFrom(one, aRequest({ scopes: ['sessions:browser', 'sessions:app'] }))).toBe('token 1');
    expect(await textFrom(one, aRequest({ scopes: ['vault'] }))).toBe('token 2');
    expect(await textFrom(one, aRequest({ audience: 'gateway' }))).toBe('token 3');
    expect(upstream.asked.at(-1)).toHaveProperty('audience', 'gateway');
  });

  it('is not handed out once its end is near', async () => {
    const { expiresAt } = await one.cache.token(aRequest());
    expect(expiresAt.getTime()).toBe(clock.now().getTime() + HOUR - 10_000);

    clock.advance(HOUR - 10_001);
    expect(await textFrom(one)).toBe('token 1');
    await settled();
    clock.advance(HOUR);
    expect(await textFrom(one)).toBe('token 3');
  });

  it('is never logged', async () => {
    upstream.script.push(FAILED, upstream.issue('a-secret-token'), REFUSED);
    await textFrom(one);
    await expect(textFrom(one, aRequest({ scopes: ['x'] }))).rejects.toThrow(TokenRefused);

    expect(one.logged.length).toBeGreaterThan(0);
    expect(one.logged.join()).not.toContain('a-secret-token');
  });

  it('is not there before it was said how to fetch one', async () => {
    await expect(aReplica(store, null, clock).cache.token(aRequest())).rejects.toMatchObject({ reason: 'not_bound' });
    expect(store.calls).not.toContain('claim');
  });
});

describe('the next token', () => {
  it('is fetched behind the back of who asks, once the present one is due', async () => {
    await textFrom(one);
    clock.advance(0.86 * HOUR);
    const answer = upstream.hang();

    expect(await textFrom(one)).toBe('token 1');
    expect(await textFrom(one)).toBe('token 1');
    answer(upstream.issue('token b'));
    await settled();

    expect(await textFrom(one)).toBe('token b');
    expect(upstream.asked).toHaveLength(2);
    expect(await one.metric('upstream_token_waits_total', '{for="upstream"}')).toBe(1);
  });

  it('is fetched without anybody asking, and found by the other processes, while the account is in use', async () => {
    await textFrom(one);
    await textFrom(other);
    clock.advance(0.86 * HOUR);

    one.renewal.renewDue();
    await settled();
    other.renewal.renewDue();
    await settled();

    expect(upstream.asked).toHaveLength(2);
    const fetched = await other.cache.token(aRequest());
    expect(fetched.accessToken.expose()).toBe('token 2');
    expect(await other.metric('upstream_token_waits_total', '{for="postgres"}')).toBe(1);
  });

  it('is not fetched for who has not asked for two lives', async () => {
    await textFrom(one);
    for (let life = 0; life < 5; life++) {
      clock.advance(0.86 * HOUR);
      one.renewal.renewDue();
      await settled();
    }

    // One when it was asked for, and those that fell into the two lives after.
    expect(upstream.asked).toHaveLength(3);
  });

  it('is fetched by a worker for a process that is gone, after a second of grace', async () => {
    await textFrom(one);
    await store.noteUse(one.memory.takeUses(clock.now().getTime()));
    const [row] = store.rows.values();
    clock.advance((row?.renewAt ?? 0) - clock.now().getTime() + 999);
    expect(await other.renewal.renewAbandoned()).toBe(0);

    clock.advance(1);
    expect(await other.renewal.renewAbandoned()).toBe(1);
    await settled();

    expect(upstream.asked).toHaveLength(2);
    expect(await other.renewal.renewAbandoned()).toBe(0);
  });

  it('is left to others where a worker has claimed it and cannot begin in time', async () => {
    const busy = Array.from({ length: 32 }, (_, index) => aRequest({ scopes: [`busy ${index}`] }));
    await textFrom(other);
    await store.noteUse(other.memory.takeUses(clock.now().getTime()));
    for (const request of busy) await textFrom(one, request);
    clock.advance(0.9 * HOUR);
    const answers = busy.map(() => upstream.hang());
    const claimDue = store.claimDue.bind(store);
    store.claimDue = async (times, limit) => {
      // What this process uses itself takes all places while the claim is on its way.
      one.renewal.renewDue();
      while (upstream.asked.length < 65) await new Promise((resolve) => setImmediate(resolve));
      return claimDue(times, limit);
    };

    expect(await one.renewal.renewAbandoned()).toBe(1);
    clock.advance(2_501);
    for (const answer of answers) answer(upstream.issue());
    await settled();

    expect(upstream.asked).toHaveLength(65);
  });

  it('may take its time: an upstream that is down for half a life is noticed by nobody', async () => {
    await textFrom(one);
    upstream.always = FAILED;
    for (let minute = 0; minute < 59; minute++) {
      clock.advance(60_000);
      if (minute === 56) upstream.always = null;
      one.renewal.renewDue();
      await settled();
      expect(await textFrom(one)).toMatch(/^token /);
    }

    expect(await textFrom(one)).not.toBe('token 1');
    expect(await one.metric('upstream_token_waits_total', '{for="upstream"}')).toBe(1);
  });
});

describe('a refusal', () => {
  it('is remembered: one answer, then silence, everywhere', async () => {
    upstream.always = REFUSED;
    const asking = Array.from({ length: 50 }, () => textFrom(one).catch((error: unknown) => error));
    const errors = [...(await Promise.all(asking)), await textFrom(other).catch((error: unknown) => error)];

    expect(errors).toHaveLength(51);
    for (const error of errors) {
      expect(error).toBeInstanceOf(TokenRefused);
      expect(error).toHaveProperty('code', 'invalid_client');
    }
    clock.advance(0.99 * HOUR);
    one.renewal.renewDue();
    await other.renewal.renewAbandoned();
    await settled();
    await expect(textFrom(one)).rejects.toThrow(TokenRefused);
    expect(upstream.asked).toHaveLength(1);
  });

  it('is over when the credential changes', async () => {
    upstream.script.push(REFUSED);
    await expect(textFrom(one)).rejects.toThrow(TokenRefused);

    expect(await textFrom(one, aRequest({ credentialVersion: 2 }))).toBe('token 2');
    expect(upstream.asked[1]).toHaveProperty('credentialVersion', 2);
  });

  it('is over when the account is forgotten', async () => {
    upstream.script.push(REFUSED);
    await expect(textFrom(one)).rejects.toThrow(TokenRefused);

    await other.cache.forget(ACCOUNT);

    expect(await textFrom(one)).toBe('token 2');
  });

  it('is tried once more after an hour', async () => {
    upstream.script.push(REFUSED);
    await expect(textFrom(one)).rejects.toThrow(TokenRefused);

    clock.advance(HOUR);

    expect(await textFrom(one)).toBe('token 2');
  });

  it('to replace a token leaves that token to its end', async () => {
    await textFrom(one);
    upstream.always = REFUSED;
    clock.advance(0.9 * HOUR);
    await textFrom(one);
    await settled();

    expect(await textFrom(one)).toBe('token 1');
    clock.advance(0.1 * HOUR);
    await expect(textFrom(one)).rejects.toThrow(TokenRefused);
    expect(upstream.asked).toHaveLength(2);
  });

  it('is told in printable characters, and not many', async () => {
    upstream.script.push({ outcome: 'refused', code: `\u0000<b>\n${'x'.repeat(500)}` });

    const error: unknown = await textFrom(one).catch((reason: unknown) => reason);

    expect((error as TokenRefused).code).toMatch(/^\?<b>\?x{95}$/);
  });
});

describe('an upstream that fails', () => {
  it('is asked again while somebody waits', async () => {
    upstream.script.push(FAILED, FAILED);

    expect(await textFrom(one)).toBe('token 3');
    expect(upstream.asked).toHaveLength(3);
  });

  it('is asked less and less often, and the callers hear what it failed with', async () => {
    upstream.always = FAILED;
    for (let call = 0; call < 100; call++) {
      await expect(textFrom(one)).rejects.toMatchObject({ name: 'TokenUnavailable', reason: 'http_500' });
    }

    expect(upstream.asked.length).toBeLessThan(10);
  });

  it('is left alone for as long as it says', async () => {
    upstream.script.push({ ...FAILED, retryAfterSeconds: 30 });
    await expect(textFrom(one)).rejects.toThrow(TokenUnavailable);
    clock.advance(23_000);
    await expect(textFrom(other)).rejects.toThrow(TokenUnavailable);
    expect(upstream.asked).toHaveLength(1);

    clock.advance(7_000);
    expect(await textFrom(other)).toBe('token 2');
  });

  it.each([
    ['no text', '', 3_600],
    ['no life', 'x', 0],
    ['a negative life', 'x', -1],
    ['a life that is no number', 'x', NaN],
  ])('by a token with %s has failed', async (_, text, expiresInSeconds) => {
    const garbage = new ScriptedUpstream();
    garbage.expiresInSeconds = expiresInSeconds;
    const good = upstream.issue('good');
    upstream.script.push(garbage.issue(text), good);

    expect(await textFrom(one)).toBe('good');
  });

  it('by a bug has failed, and the bug is told', async () => {
    upstream.script.push(new TypeError('a bug'));

    expect(await textFrom(one)).toBe('token 2');
    expect(one.logged.join()).toContain('a bug');
  });
});

describe('a token that the upstream does not take', () => {
  it('is replaced, in every process that hears of it', async () => {
    const { sequence } = await one.cache.token(aRequest());
    await textFrom(other);

    await one.cache.invalidate(aRequest(), sequence);
    expect(await textFrom(one)).toBe('token 2');
    await other.cache.invalidate(aRequest(), sequence);
    expect(await textFrom(other)).toBe('token 2');

    expect(upstream.asked).toHaveLength(2);
  });

  it('takes no newer one with it, however late that is heard', async () => {
    const first = await one.cache.token(aRequest());
    await one.cache.invalidate(aRequest(), first.sequence);
    const second = await one.cache.token(aRequest());
    expect(second.sequence).toBeGreaterThan(first.sequence);

    await one.cache.invalidate(aRequest(), first.sequence);
    await other.cache.invalidate(aRequest(), first.sequence);

    expect(await textFrom(one)).toBe('token 2');
    expect(await textFrom(other)).toBe('token 2');
    expect(upstream.asked).toHaveLength(2);
  });

  it('is not handed out again to who asks while that is written down', async () => {
    const { sequence } = await one.cache.token(aRequest());

    const all = await Promise.all([
      ...Array.from({ length: 20 }, async () => {
        await one.cache.invalidate(aRequest(), sequence);
        return textFrom(one);
      }),
      Promise.resolve().then(() => textFrom(one)),
    ]);

    expect(new Set(all)).toEqual(new Set(['token 2']));
  });

  it('is replaced less and less often when no other is taken either', async () => {
    const calls = 50;
    for (let call = 0; call < calls; call++) {
      const token = await one.cache.token(aRequest(), { patienceMs: 100 }).catch(() => null);
      if (token) await one.cache.invalidate(aRequest(), token.sequence);
    }

    expect(upstream.asked.length).toBeLessThan(8);
    await expect(one.cache.token(aRequest(), { patienceMs: 100 })).rejects.toMatchObject({ reason: 'rejected' });
  });
});

describe('an answer that comes late', () => {
  it('is ignored when another took over, and its caller gets the other’s token', async () => {
    const answer = upstream.hang();
    const early = textFrom(one);
    while (upstream.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // The holder is silent for longer than its lease.
    clock.advance(2_501);

    expect(await textFrom(other)).toBe('token 2');
    answer(upstream.issue('too late'));

    expect(await early).toBe('token 2');
    expect(await textFrom(other)).toBe('token 2');
  });

  it('is ignored when the account was forgotten meanwhile', async () => {
    const answer = upstream.hang();
    const early = textFrom(one);
    while (upstream.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));

    await one.cache.forget(ACCOUNT);
    answer(upstream.issue('of the old secret'));

    expect(await early).toBe('token 2');
    expect(await textFrom(one)).toBe('token 2');
  });

  it('is ignored when a newer credential was asked for meanwhile', async () => {
    const answer = upstream.hang();
    const early = textFrom(one);
    while (upstream.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));

    expect(await textFrom(other, aRequest({ credentialVersion: 2 }))).toBe('token 2');
    answer(upstream.issue('of the old secret'));

    expect(await early).toBe('token 2');
  });
});

describe('a changed credential', () => {
  it('drops the token of the one before, and who still knows the old one gets the new token', async () => {
    await textFrom(one);
    await textFrom(other);

    expect(await textFrom(one, aRequest({ credentialVersion: 2 }))).toBe('token 2');
    expect(await textFrom(one, aRequest({ credentialVersion: 1 }))).toBe('token 2');
    expect(await textFrom(other, aRequest({ credentialVersion: 2 }))).toBe('token 2');
    expect(upstream.asked).toHaveLength(2);
  });

  it('leaves nothing of a forgotten account in memory or store', async () => {
    await textFrom(one);
    await textFrom(one, aRequest({ scopes: ['x'] }));
    await textFrom(one, aRequest({ accountId: ACCOUNT.replace(/1$/, '2') }));

    await one.cache.forget(ACCOUNT);

    expect(one.memory.size).toBe(1);
    expect([...store.rows.values()].filter(({ token }) => token !== null)).toHaveLength(1);
  });
});

describe('without Postgres', () => {
  it('a token in memory serves to its end', async () => {
    await textFrom(one);
    store.away = '*';
    for (const part of [0.5, 0.3, 0.19]) {
      clock.advance(part * HOUR);
      one.renewal.renewDue();
      await settled();
      expect(await textFrom(one)).toBe('token 1');
    }
    clock.advance(0.01 * HOUR);

    await expect(textFrom(one)).rejects.toMatchObject({ reason: 'storage' });

    store.away = null;
    expect(await textFrom(one)).toBe('token 2');
  });

  it('what was fetched when it went away is used all the same', async () => {
    store.away = 'settle';

    expect(await textFrom(one)).toBe('token 1');
    expect(await textFrom(one)).toBe('token 1');

    store.away = null;
    clock.advance(3_000);
    expect(await textFrom(other)).toBe('token 2');
    clock.advance(0.9 * HOUR);
    await textFrom(one);
    await settled();
    expect(await textFrom(one)).toMatch(/token [23]/);
  });

  it('what was fetched after its claim was kept alive is replaced in time, by that process alone', async () => {
    const answer = upstream.hang();
    const asked = textFrom(one);
    while (upstream.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const [row] = store.rows.values();
    await store.extend(row?.key ?? '', row?.fence ?? 0, clock.now().getTime() + 3_000);
    store.away = 'settle';
    answer(upstream.issue('token of an outage'));
    expect(await asked).toBe('token of an outage');

    store.away = null;
    clock.advance(0.9 * HOUR);
    one.renewal.renewDue();
    await settled();
    one.renewal.renewDue();
    await settled();

    expect(await textFrom(one)).toBe('token 2');
  });
});

describe('the renewal lag', () => {
  it('is measured when a token is replaced, and not when the upstream failed to', async () => {
    await textFrom(one);
    upstream.script.push(FAILED);
    clock.advance(0.9 * HOUR);
    one.renewal.renewDue();
    await settled();

    expect(await one.metric('upstream_token_renewal_lag_seconds_count')).toBe(0);
    clock.advance(60_000);
    one.renewal.renewDue();
    await settled();
    expect(await one.metric('upstream_token_renewal_lag_seconds_count')).toBe(1);
  });
});
