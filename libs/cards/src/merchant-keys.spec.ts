import { MerchantKeys } from './merchant-keys';

describe("merchants' keys", () => {
  it('are loaded once each, also for callers at a time', async () => {
    const loaded: string[] = [];
    const keys = new MerchantKeys(async (id) => loaded.push(id) && `key of ${id}`);

    expect(keys.peek('a')).toBeUndefined();
    expect(await Promise.all(['a', 'a', 'b'].map((id) => keys.get(id)))).toEqual(['key of a', 'key of a', 'key of b']);
    expect(keys.peek('a')).toBe('key of a');
    expect(loaded).toEqual(['a', 'b']);
  });

  it('that could not be loaded are asked for again', async () => {
    let tries = 0;
    const keys = new MerchantKeys(async () => {
      if (++tries === 1) throw new Error('no database');
      return 'key';
    });

    await expect(keys.get('a')).rejects.toThrow('no database');
    expect(await keys.get('a')).toBe('key');
  });

  it('leave memory when there are too many, the least recently used first', async () => {
    const keys = new MerchantKeys(async (id) => id);
    for (let count = 0; count < 10_000; count++) await keys.get(`m${count}`);
    keys.peek('m0');

    await keys.get('one more');

    expect([keys.peek('m0'), keys.peek('m1'), keys.peek('m2')]).toEqual(['m0', undefined, 'm2']);
  });
});
