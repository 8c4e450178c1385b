import { keepWanted, takeWanted } from './wanted';

const stored = new Map<string, string>();

beforeAll(() => {
  const sessionStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  Object.assign(globalThis, { window: { sessionStorage } });
});

describe('where somebody wanted to go', () => {
  it('is known once', () => {
    keepWanted({ nextPathname: '/sessions', nextSearch: '?filter=x' });

    expect([takeWanted(), takeWanted()]).toEqual(['/sessions?filter=x', '/']);
  });

  it.each([null, {}, 'x'])('is the beginning where nobody noted anything: %j', (state) => {
    keepWanted(state);

    expect(takeWanted()).toBe('/');
  });

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)'])('is never %s', (address) => {
    keepWanted({ nextPathname: address });

    expect(takeWanted()).toBe('/');
  });
});
