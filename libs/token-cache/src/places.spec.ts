import { Places } from './places';

describe('places', () => {
  it('are never more than there are, and go by the order of coming', async () => {
    const places = new Places(2);
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const work = (n: number) => () => {
      begun.push(n);
      return new Promise<void>((end) => ends.push(end));
    };
    const all = [0, 1, 2, 3].map((n) => places.run(work(n)));
    expect(begun).toEqual([0, 1]);
    expect(places.free).toBe(0);

    ends[1]?.();
    await all[1];
    expect(begun).toEqual([0, 1, 2]);

    ends[0]?.();
    ends[2]?.();
    await Promise.all([all[0], all[2]]);
    ends[3]?.();
    await all[3];
    expect(places.free).toBe(2);
  });

  it('are given back by work that fails', async () => {
    const places = new Places(1);

    await expect(places.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await places.run(() => Promise.resolve('next'))).toBe('next');
  });
});
