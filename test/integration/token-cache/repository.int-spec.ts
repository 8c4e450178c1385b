import { FixedClock, newUuidV7, Secret } from '@app/kernel';
import { CryptoBox, Database, KekRotation } from '@app/platform';
import { TOKEN_CACHE_SEALED_COLUMNS } from '@app/token-cache';
import { newUuidV4 } from '@app/kernel';
import { createLogger } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { UpstreamTokenRepository } from '../../../libs/token-cache/src/persistence/upstream-token.repository';
import type { TokenRow } from '../../../libs/token-cache/src/domain/token-row';
import type { Settlement, TokenUse, WantedClaim } from '../../../libs/token-cache/src/token-store';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
/** The other process's clock runs ahead. */
const AHEAD = 60 * MINUTE;
/** Long enough that none ends while a test looks. */
const CLAIM = 10 * MINUTE;
const kek = { id: newUuidV4(), key: new Secret(Buffer.alloc(32, 7)) };
const log = createLogger('silent');

let test: TestDatabase;
let database: Database;
let box: CryptoBox;
let one: UpstreamTokenRepository;
let other: UpstreamTokenRepository;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database(await createDataSource(test.url, 8).initialize());
  box = new CryptoBox({ keks: [kek] });
  one = new UpstreamTokenRepository(database, box, new FixedClock(new Date(NOW)), log);
  other = new UpstreamTokenRepository(database, box, new FixedClock(new Date(NOW + AHEAD)), log);
}, 120_000);

beforeEach(async () => {
  await database.query('DELETE FROM upstream_token');
});

afterAll(async () => {
  await database?.onApplicationShutdown();
  await test?.drop();
});

const wanted = (claim: Partial<WantedClaim> = {}): WantedClaim => ({
  key: 'a',
  accountId: newUuidV7(new Date()),
  credentialVersion: 1,
  scopes: ['sessions:app', 'sessions:browser'],
  audience: null,
  seenVersion: 0,
  now: NOW,
  forMs: CLAIM,
  inUseUntil: NOW + 10 * MINUTE,
  ...claim,
});

const issued = ({ key, fence }: TokenRow, end: Partial<Settlement> = {}): Settlement => ({
  key,
  fence,
  token: {
    accessToken: new Secret(`token of ${key} ${fence}`),
    issuedAt: NOW,
    expiresAt: NOW + 59 * MINUTE,
    lifeMs: 60 * MINUTE,
  },
  renewAt: NOW + 48 * MINUTE,
  refusalCode: null,
  failures: 0,
  failureCause: null,
  endedAt: NOW,
  ...end,
});

const claimed = async (claim: Partial<WantedClaim> = {}): Promise<TokenRow> => {
  const row = await one.claim(wanted(claim));
  if (row === null) throw new Error('not claimed');
  return row;
};

const found = async (key = 'a'): Promise<TokenRow> => {
  const row = await one.find(key);
  if (row === null) throw new Error('not found');
  return row;
};

const used = (use: Partial<TokenUse> = {}): TokenUse => ({
  key: 'a',
  inUseUntil: NOW,
  waits: 0,
  waitedAt: null,
  ...use,
});

/** A row with a token. */
const filled = async (claim: Partial<WantedClaim> = {}, end: Partial<Settlement> = {}): Promise<TokenRow> => {
  const row = await claimed(claim);
  await one.settle(issued(row, end));
  return found(row.key);
};

describe('a claim', () => {
  it('makes the row, and is the only one of many at the same moment', async () => {
    const accountId = newUuidV7(new Date());
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).claim(wanted({ accountId }))),
    );

    expect(claims.filter((row) => row !== null)).toHaveLength(1);
    expect(await found()).toMatchObject({
      accountId,
      credentialVersion: 1,
      scopes: ['sessions:app', 'sessions:browser'],
      audience: null,
      renewAt: NOW,
      token: null,
      version: 1,
    });
  });

  it('ends by the clock of the database, whatever the clocks of processes say', async () => {
    await claimed();

    for (const [reader, now] of [
      [one, NOW],
      [other, NOW + AHEAD],
    ] as const) {
      const left = ((await reader.find('a'))?.claimedUntil ?? 0) - now;
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(CLAIM);
    }
    expect(await other.claimDue({ dueBefore: NOW + AHEAD, now: NOW + 5 * MINUTE, forMs: CLAIM }, 10)).toEqual([]);
  });

  it('that ends later than any could is of a clock that was set back, and gone', async () => {
    await claimed({ forMs: 3 * CLAIM });

    expect(await other.claimDue({ dueBefore: NOW, now: NOW, forMs: CLAIM }, 10)).toHaveLength(1);
  });

  it('is made on the row that was seen, and on no other', async () => {
    const row = await filled();

    expect(await one.claim(wanted({ seenVersion: row.version - 1 }))).toBeNull();
    expect(await one.claim(wanted({ seenVersion: row.version + 1 }))).toBeNull();
    expect(await one.claim(wanted({ seenVersion: 0 }))).toBeNull();
    const again = await claimed({ seenVersion: row.version });

    expect(again.fence).toBeGreaterThan(row.fence);
    expect(again.token?.accessToken.expose()).toBe(row.token?.accessToken.expose());
  });

  it('of many rows at once, by two processes in opposite order, gets each row to one of them', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => `row ${index}`);
    const [ours, theirs] = await Promise.all([
      Promise.all(keys.map((key) => one.claim(wanted({ key })))),
      Promise.all(keys.toReversed().map((key) => other.claim(wanted({ key })))),
    ]);

    const holders = [...ours, ...theirs].flatMap((row) => (row === null ? [] : [row.key]));
    expect(holders.sort()).toEqual([...keys].sort());
  });

  it('for a newer credential keeps nothing of the older one', async () => {
    const row = await filled({}, { refusalCode: 'invalid_client', failures: 3, failureCause: 'timeout' });

    const anew = await claimed({ credentialVersion: 2, seenVersion: row.version });

    expect(anew).toMatchObject({
      credentialVersion: 2,
      token: null,
      refusalCode: null,
      failures: 0,
      failureCause: null,
    });
  });

  it('for an older credential leaves the newer one', async () => {
    const row = await filled({ credentialVersion: 3 });

    const again = await claimed({ credentialVersion: 2, seenVersion: row.version });

    expect(again.credentialVersion).toBe(3);
    expect(again.token).not.toBeNull();
  });

  it('lasts longer when its holder says so, and only then', async () => {
    const row = await claimed();

    expect(await one.extend('a', row.fence, 3 * CLAIM)).toBe(true);
    expect(await one.extend('a', row.fence - 1, CLAIM)).toBe(false);
    expect((await found()).claimedUntil).toBeGreaterThan(NOW + 2 * CLAIM);

    await one.settle(issued(row));
    expect(await one.extend('a', row.fence, CLAIM)).toBe(false);
  });
});

describe('the end of a fetch', () => {
  it('is a token that opens again, numbered after its fetch', async () => {
    const row = await claimed();
    const version = await one.settle(issued(row));

    expect(await other.find('a')).toMatchObject({
      version,
      fence: row.fence,
      claimedUntil: null,
      renewAt: NOW + 48 * MINUTE,
      lifeMs: 60 * MINUTE,
      token: { sequence: row.fence, issuedAt: NOW, expiresAt: NOW + 59 * MINUTE },
    });
    expect((await found()).token?.accessToken.expose()).toBe(`token of a ${row.fence}`);
  });

  it('is ignored when another fetch was begun since', async () => {
    const late = await claimed();
    const present = await claimed({ seenVersion: late.version });

    expect(await one.settle(issued(present))).not.toBeNull();
    expect(await one.settle(issued(late))).toBeNull();
    expect((await found()).token?.sequence).toBe(present.fence);
  });

  it('is ignored when another fetch was begun since, also where both end at the same moment', async () => {
    const late = await claimed();
    const present = await claimed({ seenVersion: late.version });

    const [ofLate, ofPresent] = await Promise.all([one.settle(issued(late)), one.settle(issued(present))]);

    expect(ofLate).toBeNull();
    expect(ofPresent).toBe((await found()).version);
  });

  it('that is a refusal or a failure leaves the token', async () => {
    const row = await filled();
    const again = await claimed({ seenVersion: row.version });

    await one.settle(issued(again, { token: null, failures: 2, failureCause: 'http_500', renewAt: NOW + 1 }));

    expect(await found()).toMatchObject({
      failures: 2,
      failureCause: 'http_500',
      renewAt: NOW + 1,
      claimedUntil: null,
      lifeMs: 60 * MINUTE,
      token: { sequence: row.fence, issuedAt: NOW },
    });
  });

  it('is its own in a batch of others', async () => {
    const rows = await Promise.all(Array.from({ length: 30 }, (_, index) => claimed({ key: `row ${index}` })));
    const ends = await Promise.all(
      rows.map((row, index) => one.settle(issued(index % 3 ? row : { ...row, fence: row.fence + 1_000 }))),
    );

    ends.forEach((version, index) => expect(version === null).toBe(index % 3 === 0));
    for (const [index, { key, fence }] of rows.entries()) {
      expect((await found(key)).token?.accessToken.expose()).toBe(index % 3 ? `token of ${key} ${fence}` : undefined);
    }
  });
});

describe('a rejected token', () => {
  it('is dropped by its number only', async () => {
    const row = await filled();
    const rejection = { key: 'a', rejections: 1, renewAt: NOW + 5 };

    expect(await one.reject({ ...rejection, sequence: row.fence - 1 })).toBe(false);
    expect((await found()).token).not.toBeNull();
    expect(await one.reject({ ...rejection, sequence: row.fence })).toBe(true);
    expect(await found()).toMatchObject({ token: null, rejections: 1, renewAt: NOW + 5 });
  });

  it.each([{ refusalCode: 'invalid_client' }, { failures: 1, failureCause: 'timeout' }])(
    'does not shorten the pause after %j',
    async (pause) => {
      const row = await filled({}, { ...pause, renewAt: NOW + MINUTE });

      await one.reject({ key: 'a', sequence: row.fence, rejections: 1, renewAt: NOW });

      expect((await found()).renewAt).toBe(NOW + MINUTE);
    },
  );
});

describe('a forgotten account', () => {
  it('keeps no token and no refusal, and whoever is fetching for it is fenced off', async () => {
    const accountId = newUuidV7(new Date());
    await filled({ accountId });
    const fetching = await claimed({ accountId, key: 'b' });
    await filled({ key: 'c' });

    await other.forget(accountId, NOW + 7);

    expect(await found()).toMatchObject({ token: null, renewAt: NOW + 7 });
    expect(await one.settle(issued(fetching))).toBeNull();
    expect((await found('c')).token).not.toBeNull();
  });
});

describe('what is due', () => {
  const times = { dueBefore: NOW + 50 * MINUTE, now: NOW + 51 * MINUTE, forMs: CLAIM };
  const inUse = { inUseUntil: NOW + 120 * MINUTE };

  it('is claimed by one of two who look at the same moment', async () => {
    for (let index = 0; index < 40; index++) await filled({ key: `row ${index}`, ...inUse });

    const [ours, theirs] = await Promise.all([one.claimDue(times, 30), other.claimDue(times, 30)]);

    const keys = [...ours, ...theirs].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length + (await one.claimDue(times, 30)).length).toBe(40);
    expect([...ours, ...theirs].every(({ claimedUntil }) => claimedUntil !== null)).toBe(true);
    expect(ours[0]?.token?.accessToken.expose()).toMatch(/^token of row/);
  });

  it('is what is in use, whose time has come, and that nobody is at', async () => {
    await filled({ key: 'due', ...inUse });
    await filled({ key: 'not in use', inUseUntil: times.now });
    await filled({ key: 'not yet', ...inUse }, { renewAt: times.dueBefore + 1 });
    const row = await filled({ key: 'claimed', ...inUse });
    await claimed({ key: 'claimed', seenVersion: row.version });
    await claimed({ key: 'its holder died', forMs: -1, ...inUse });

    const due = await one.claimDue(times, 30);

    expect(due.map(({ key }) => key).sort()).toEqual(['due', 'its holder died']);
  });

  it('counts as in use for longer when somebody used it, never for shorter', async () => {
    await filled({ inUseUntil: NOW });
    await one.noteUse([used({ inUseUntil: NOW + 120 * MINUTE }), used({ key: 'nobody' })]);
    await other.noteUse([used({ inUseUntil: NOW + 1 })]);

    expect(await one.claimDue(times, 30)).toHaveLength(1);
  });
});

describe('what is counted', () => {
  const counts = async () => {
    const [row] = await database.query(
      `SELECT holder, fetches::int, lives::int, failed_fetches::int, last_failure, last_failed_at, waits::int, last_waited_at
       FROM upstream_token`,
    );
    return row;
  };

  it('are fetches, tokens and failures of all processes, and the last failure outlives a success', async () => {
    const first = await filled({ inUseUntil: NOW + 120 * MINUTE }, { renewAt: NOW });
    const [second] = await other.claimDue({ dueBefore: NOW, now: NOW, forMs: CLAIM }, 1);
    if (!second) throw new Error('not claimed');
    await other.settle(issued(second, { token: null, failures: 1, failureCause: 'http_500', endedAt: NOW + 7 }));
    const row = await found();
    // Died on the way: it asked, and nobody will ever know what came of it.
    const third = await claimed({ seenVersion: row.version });
    await one.settle(issued(await claimed({ seenVersion: third.version })));

    expect(first.fence).toBeLessThan(second.fence);
    expect(await counts()).toMatchObject({
      holder: expect.stringMatching(/:\d+$/) as unknown,
      fetches: 4,
      lives: 2,
      failed_fetches: 1,
      last_failure: 'http_500',
      last_failed_at: new Date(NOW + 7),
    });
  });

  it('are requests that waited, of all processes', async () => {
    await filled();

    await one.noteUse([used({ waits: 2, waitedAt: NOW + 5 })]);
    await other.noteUse([used({ waits: 3, waitedAt: NOW + 4 })]);
    await one.noteUse([used({ inUseUntil: NOW + 500 * MINUTE })]);

    expect(await counts()).toMatchObject({ waits: 5, last_waited_at: new Date(NOW + 5) });
  });
});

describe('idle rows', () => {
  it('are deleted when they hold nothing worth knowing, and their numbers are never given again', async () => {
    const later = NOW + 600 * MINUTE;
    const old = await filled({ key: 'old' });
    await filled({ key: 'in use', inUseUntil: later + 1 });
    await filled({ key: 'refused' }, { token: null, refusalCode: 'invalid_client', renewAt: later + 1 });
    await claimed({ key: 'claimed' });

    expect(await one.deleteIdle(later)).toBe(1);

    expect(await one.find('old')).toBeNull();
    expect((await filled({ key: 'old' })).fence).toBeGreaterThan(old.fence);
  });

  it('whose token is valid stay', async () => {
    await filled({ inUseUntil: NOW });

    expect(await one.deleteIdle(NOW + 58 * MINUTE)).toBe(0);
    expect(await one.deleteIdle(NOW + 59 * MINUTE)).toBe(1);
  });
});

describe('at rest', () => {
  it('a token is readable in no column', async () => {
    const { fence } = await filled();
    const [row] = await database.query<{ line: string }>('SELECT t::text AS line FROM upstream_token t');

    for (const form of ['utf8', 'hex', 'base64'] as const) {
      expect(row?.line).not.toContain(Buffer.from(`token of a ${fence}`).toString(form));
    }
  });

  it('a token that was moved to another row is none', async () => {
    await filled();
    await filled({ key: 'b' });
    await database.query(
      `UPDATE upstream_token SET sealed = (SELECT sealed FROM upstream_token WHERE key = 'a') WHERE key = 'b'`,
    );

    expect((await found('b')).token).toBeNull();
    expect((await found('a')).token).not.toBeNull();
  });

  it('a token is moved to the next key encryption key like everything else', async () => {
    await filled();
    const next = { id: newUuidV4(), key: new Secret(Buffer.alloc(32, 8)) };
    const rotation = new KekRotation(database, new CryptoBox({ keks: [next, kek] }), TOKEN_CACHE_SEALED_COLUMNS);

    expect(await rotation.rotate()).toMatchObject({ rewrapped: 1, unreadable: {} });

    const after = new UpstreamTokenRepository(
      database,
      new CryptoBox({ keks: [next] }),
      new FixedClock(new Date(NOW)),
      log,
    );
    expect((await after.find('a'))?.token?.accessToken.expose()).toMatch(/^token of a/);
    expect((await found()).token).toBeNull();
  });
});
