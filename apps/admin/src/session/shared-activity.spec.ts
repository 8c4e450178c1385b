import { IDLE_MS } from './idle';
import { shareActivity, sharedActivity } from './shared-activity';

let stored: Map<string, string>;
let writes: number;

/** What a page sees of a browser. */
const browserWith = (localStorage: object): void => void Object.assign(globalThis, { window: { localStorage } });

// One page's time, from one test to the next.
beforeAll(() => jest.useFakeTimers());
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
  // Long after whatever was written before.
  jest.advanceTimersByTime(IDLE_MS);
});

describe('what somebody does at one page', () => {
  it('is known to the others, in their own time', () => {
    shareActivity();
    const then = performance.now();
    jest.advanceTimersByTime(60_000);

    expect(sharedActivity()).toBe(then);
  });

  it('is not written for every key', () => {
    for (let key = 0; key < 20; key++) shareActivity();
    expect(writes).toBe(1);

    jest.advanceTimersByTime(3_000);
    shareActivity();
    expect(writes).toBe(2);
  });

  it('is unknown where nobody did anything, or what is kept says nothing', () => {
    expect(sharedActivity()).toBeNull();
    stored.set('countersign.active', 'x');
    expect(sharedActivity()).toBeNull();
  });

  it('is unknown when it is yet to come, as the clock was set back', () => {
    shareActivity();
    jest.setSystemTime(new Date(2026, 0, 1));

    expect(sharedActivity()).toBeNull();
  });

  it('is unknown where nothing can be kept, and stops nobody', () => {
    const refuse = (): never => {
      throw new Error('The browser keeps nothing');
    };
    browserWith({ getItem: refuse, setItem: refuse });

    expect(shareActivity).not.toThrow();
    expect(sharedActivity()).toBeNull();
  });
});
