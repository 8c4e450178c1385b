import { sharedActivity, tellActivity } from './shared-activity';

let stored: Map<string, string>;
let writes: number;

/** What a page sees of a browser. */
const browserWith = (localStorage: object): void => void Object.assign(globalThis, { window: { localStorage } });

// One page's time, from one test to the next.
beforeAll(() => jest.useFakeTimers({ now: new Date(2026, 5, 1) }));
afterAll(() => jest.useRealTimers());

beforeEach(() => {
  stored = new Map();
  writes = 0;
  browserWith({
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      writes += 1;
      stored.set(key, value);
    },
  });
  // Later than whatever was told before.
  jest.advanceTimersByTime(60_000);
});

describe('what somebody does at one page', () => {
  it('is known to the others by when it was, in their own time', () => {
    const then = performance.now();
    jest.advanceTimersByTime(700);
    tellActivity(then);
    jest.advanceTimersByTime(60_000);

    expect(sharedActivity()).toBe(then);
  });

  it('is told once', () => {
    const then = performance.now();
    tellActivity(then);
    tellActivity(then);

    expect(writes).toBe(1);
  });

  it('is not told of every key, and the last one of many is not lost', () => {
    const first = performance.now();
    for (let key = 0; key < 10; key++) tellActivity(first + key * 10, 1_000);
    expect(writes).toBe(1);

    tellActivity(first + 90);
    expect(writes).toBe(2);
    expect(sharedActivity()).toBe(first + 90);
  });

  it('is not told where another page knows of something later', () => {
    const then = performance.now();
    jest.advanceTimersByTime(10_000);
    stored.set('countersign.active', String(new Date().getTime()));
    tellActivity(then);

    expect(sharedActivity()).toBe(then + 10_000);
  });

  it('is told in the place of what is yet to come, as the clock was set back', () => {
    stored.set('countersign.active', String(new Date().getTime() + 3_600_000));
    tellActivity(performance.now());

    expect(sharedActivity()).toBe(performance.now());
  });

  it('is unknown where nobody did anything, or what is kept says nothing', () => {
    expect(sharedActivity()).toBeNull();
    stored.set('countersign.active', 'x');
    expect(sharedActivity()).toBeNull();
  });

  it('is yet to come once the clock was set back', () => {
    tellActivity(performance.now());
    jest.setSystemTime(new Date(2026, 4, 1));

    expect(sharedActivity()).toBeGreaterThan(performance.now());
  });

  it('is unknown where nothing can be kept, and stops nobody', () => {
    const refuse = (): never => {
      throw new Error('The browser keeps nothing');
    };
    browserWith({ getItem: refuse, setItem: refuse });

    expect(() => tellActivity(performance.now())).not.toThrow();
    expect(sharedActivity()).toBeNull();
  });
});
