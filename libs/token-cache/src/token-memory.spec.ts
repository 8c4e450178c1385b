import { aRow, aToken, NOW } from './testing/a-token-row';
import { ACCOUNT, aRequest } from './testing/house';
import { TokenMemory } from './token-memory';

const HOUR = 3_600_000;
const withToken = aRow({ token: aToken(), renewAt: NOW + HOUR, lifeMs: HOUR });

const filled = (limit?: number): { memory: TokenMemory; entry: ReturnType<TokenMemory['open']> } => {
  const memory = new TokenMemory(limit);
  const entry = memory.open(aRequest(), NOW);
  memory.adopt(entry, withToken, NOW);
  return { memory, entry };
};

describe('what a process remembers', () => {
  it('is not overwritten by an older answer', () => {
    const { memory, entry } = filled();

    memory.adopt(entry, aRow({ version: 2, token: null }), NOW);
    memory.adopt(entry, aRow({ fence: 4, version: 99, token: aToken({ sequence: 4 }) }), NOW);

    expect(entry.token?.sequence).toBe(5);
  });

  it('is overwritten by a newer one, also where the row was deleted and made again', () => {
    const { memory, entry } = filled();

    memory.adopt(entry, aRow({ fence: 9, version: 1, token: aToken({ sequence: 9 }) }), NOW);
    expect(entry.token?.sequence).toBe(9);

    memory.adopt(entry, aRow({ fence: 9, version: 2, token: null }), NOW);
    expect(entry.token).toBeNull();
  });

  it('never takes back a token that was rejected here', () => {
    const { memory, entry } = filled();

    memory.reject(entry, 5, NOW);
    expect(entry.token).toBeNull();
    memory.adopt(entry, { ...withToken, version: 4 }, NOW);

    expect(entry.token).toBeNull();
  });

  it('keeps what Postgres could not be told, until somebody else has something newer', () => {
    const { memory, entry } = filled();
    const unsaved = aRow({ fence: 6, version: 4, token: aToken({ sequence: 6 }), lifeMs: HOUR });

    memory.adoptUnsaved(entry, unsaved, NOW);
    memory.adopt(entry, { ...withToken, fence: 6, version: 4, claimedUntil: NOW + 1 }, NOW);
    memory.adopt(entry, null, NOW);
    expect(entry.token?.sequence).toBe(6);

    memory.adopt(entry, aRow({ fence: 7, version: 5, token: aToken({ sequence: 7 }) }), NOW);
    expect(entry.token?.sequence).toBe(7);
  });

  it('of what Postgres could not be told keeps up with the row, whose claim was kept alive meanwhile', () => {
    const { memory, entry } = filled();
    memory.adoptUnsaved(entry, aRow({ fence: 6, version: 4, token: aToken({ sequence: 6 }), lifeMs: HOUR }), NOW);

    const known = memory.adopt(entry, { ...withToken, fence: 6, version: 5, claimedUntil: NOW + 1 }, NOW);

    expect(entry.token?.sequence).toBe(6);
    expect(known?.version).toBe(5);
  });

  it('is due when it is to be renewed, soon again while another is at it, and not when nobody uses it', () => {
    const { memory, entry } = filled();
    expect(memory.takeDue(NOW + HOUR - 1)).toEqual([]);
    expect(memory.takeDue(NOW + HOUR)).toEqual([entry]);
    expect(memory.takeDue(NOW + HOUR)).toEqual([]);

    memory.adopt(entry, { ...withToken, version: 4, renewAt: NOW, claimedUntil: NOW + 2_000 }, NOW);
    expect(memory.takeDue(NOW + 49)).toEqual([]);
    expect(memory.takeDue(NOW + 50)).toEqual([entry]);

    memory.adopt(entry, { ...withToken, version: 5, renewAt: NOW + 2 * HOUR }, NOW);
    expect(memory.takeDue(NOW + 2 * HOUR)).toEqual([]);
  });

  it('tells at once who had to wait, once, and again where it could not be told', () => {
    const { memory, entry } = filled();
    memory.takeUses(NOW);
    Object.assign(entry, { waits: 2, waitedAt: NOW - 1 });

    const uses = memory.takeUses(NOW);
    expect(uses).toMatchObject([{ key: entry.key, waits: 2, waitedAt: NOW - 1 }]);
    expect(memory.takeUses(NOW)).toEqual([]);

    memory.putBack(uses);
    entry.waits++;
    expect(memory.takeUses(NOW)).toMatchObject([{ key: entry.key, waits: 3 }]);
  });

  it('tells of its use twice in a life at most', () => {
    const { memory, entry } = filled();
    expect(memory.takeUses(NOW)).toEqual([{ key: entry.key, inUseUntil: NOW + 2 * HOUR, waits: 0, waitedAt: null }]);

    memory.open(aRequest(), NOW + HOUR / 2 - 1);
    expect(memory.takeUses(NOW + HOUR / 2)).toEqual([]);

    memory.open(aRequest(), NOW + HOUR / 2);
    expect(memory.takeUses(NOW + HOUR / 2)).toHaveLength(1);
  });

  it('is let go when nobody uses it', () => {
    const { memory } = filled();

    memory.dropIdle(NOW + 2 * HOUR - 1);
    expect(memory.size).toBe(1);
    memory.dropIdle(NOW + 2 * HOUR);
    expect(memory.size).toBe(0);
  });

  it('is never more than its limit: the oldest goes', () => {
    const { memory, entry } = filled(2);
    const requests = ['a', 'b'].map((scope) => aRequest({ scopes: [scope] }));

    for (const request of requests) memory.open(request, NOW);

    expect(memory.size).toBe(2);
    expect(entry.token).toBeNull();
    expect(memory.find(aRequest())).toBeUndefined();
    expect(memory.findByKey(entry.key)).toBeUndefined();
    expect(memory.find(requests[1] ?? aRequest())).toBeDefined();
  });

  it('goes with its account', () => {
    const { memory, entry } = filled();

    memory.forgetAccount(ACCOUNT.replace(/1$/, '2'));
    expect(memory.size).toBe(1);
    memory.forgetAccount(ACCOUNT);

    expect([memory.size, entry.token, entry.row]).toEqual([0, null, null]);
  });
});
