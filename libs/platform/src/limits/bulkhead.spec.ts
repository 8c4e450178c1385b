import { Bulkhead } from './bulkhead';

describe('a bulkhead', () => {
  const held = (): { work: () => Promise<string>; end: (value: string) => void } => {
    let end: (value: string) => void = () => {};
    const done = new Promise<string>((resolve) => (end = resolve));
    return { work: () => done, end: (value) => end(value) };
  };

  it('lets so many in, has so many wait, and turns the others away', async () => {
    const bulkhead = new Bulkhead({ running: 1, waiting: 1 });
    const first = held();
    const running = bulkhead.run(1_000, first.work);
    const waiting = bulkhead.run(1_000, async () => 'second');

    expect(await bulkhead.run(1_000, async () => 'third')).toBeNull();
    first.end('first');
    expect(await Promise.all([running, waiting])).toEqual(['first', 'second']);
    expect(bulkhead.isIdle).toBe(true);
  });

  it('turns away who has waited long enough, and forgets them', async () => {
    const bulkhead = new Bulkhead({ running: 1, waiting: 2 });
    const first = held();
    const running = bulkhead.run(1_000, first.work);

    expect(await bulkhead.run(1, async () => 'late')).toBeNull();
    first.end('first');
    await running;
    expect(bulkhead.isIdle).toBe(true);
    expect(await bulkhead.run(1, async () => 'next')).toBe('next');
  });

  it('makes room after work that failed', async () => {
    const bulkhead = new Bulkhead({ running: 1, waiting: 0 });
    await expect(bulkhead.run(1, async () => Promise.reject(new Error('x')))).rejects.toThrow('x');

    expect(await bulkhead.run(1, async () => 'next')).toBe('next');
  });
});
