import { FixedClock } from '@app/kernel';
import { RecentCache } from './recent-cache';

interface Row {
  n: number;
}

/** A source that counts its reads and answers when told. */
class Source {
  reads = 0;
  private waiting: { resolve: (row: Row | null) => void; reject: (error: Error) => void }[] = [];

  readonly load = (): Promise<Row | null> => {
    this.reads++;
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  };

  async answer(row: Row | null): Promise<void> {
    this.waiting.shift()?.resolve(row);
    await new Promise(setImmediate);
  }

  async fail(): Promise<void> {
    this.waiting.shift()?.reject(new Error('down'));
    await new Promise(setImmediate);
  }
}

describe('a cache of recent values', () => {
  let clock: FixedClock;
  let source: Source;
  let cache: RecentCache<Row | null>;

  beforeEach(() => {
    clock = new FixedClock(new Date('2026-01-01T00:00:00Z'));
    source = new Source();
    cache = new RecentCache(clock, source.load, 3_000, 2);
  });

  it('loads once for callers of one key, and remembers absence', async () => {
    const both = [cache.get('a'), cache.get('a')];
    await source.answer(null);

    expect(await Promise.all(both)).toEqual([null, null]);
    expect(await cache.get('a')).toBeNull();
    expect(source.reads).toBe(1);
  });

  it('renews behind the caller past half the age, and makes him wait past the whole', async () => {
    const first = cache.get('a');
    await source.answer({ n: 1 });
    await first;

    clock.advance(1_500);
    expect(cache.peek('a')).toEqual({ n: 1 });
    expect(source.reads).toBe(2);
    await source.answer({ n: 2 });
    expect(cache.peek('a')).toEqual({ n: 2 });

    clock.advance(3_000);
    expect(cache.peek('a')).toBeUndefined();
  });

  it('counts the age from the start of the load', async () => {
    const slow = cache.get('a');
    clock.advance(3_000);
    await source.answer({ n: 1 });
    await slow;

    expect(cache.peek('a')).toBeUndefined();
  });

  it('remembers no failure, and survives one of a renewal', async () => {
    const failed = cache.get('a');
    const outcome = expect(failed).rejects.toThrow('down');
    await source.fail();
    await outcome;

    const again = cache.get('a');
    await source.answer({ n: 1 });
    await again;
    clock.advance(2_000);
    cache.peek('a');
    await source.fail();

    expect(cache.peek('a')).toEqual({ n: 1 });
  });

  it('keeps no load that began before it was told to forget', async () => {
    const stale = cache.get('a');
    cache.clear();
    await source.answer({ n: 1 });
    await stale;

    expect(cache.peek('a')).toBeUndefined();
  });

  it('lets the least recently used go at its limit', async () => {
    for (const key of ['a', 'b']) {
      const loaded = cache.get(key);
      await source.answer({ n: 1 });
      await loaded;
    }
    cache.peek('a');
    const third = cache.get('c');
    await source.answer({ n: 1 });
    await third;

    expect([cache.peek('a'), cache.peek('b'), cache.peek('c')]).toEqual([{ n: 1 }, undefined, { n: 1 }]);
  });

  it('does not trust an age when the clock was set back', async () => {
    const loaded = cache.get('a');
    await source.answer({ n: 1 });
    await loaded;
    clock.advance(-60_000);

    expect(cache.peek('a')).toBeUndefined();
  });
});
