import { CallTally } from './call-tally';
import { figuresOf, maskedName, type CallCount } from './server-health';

const counted = (count: Partial<CallCount>): CallCount => ({
  environment: 'test',
  id: 'visa',
  isGood: true,
  bin: 28,
  lastHour: 0,
  lastDay: 0,
  ...count,
});

describe('figures of a directory server', () => {
  it('are of the time that they are asked for, and latencies of good answers only', () => {
    const counts = [
      counted({ bin: 28, lastHour: 3, lastDay: 90 }),
      counted({ bin: 40, lastHour: 0, lastDay: 10 }),
      counted({ bin: 54, isGood: false, lastHour: 1, lastDay: 100 }),
    ];

    expect(figuresOf(counts, 'lastHour')).toEqual({ calls: 4, failed: 1, errorRate: 0.25, p50Ms: 128, p95Ms: 128 });
    expect(figuresOf(counts, 'lastDay')).toEqual({ calls: 200, failed: 100, errorRate: 0.5, p50Ms: 128, p95Ms: 1024 });
  });

  it('are absent without calls, rather than 0', () => {
    expect(figuresOf([], 'lastDay')).toEqual({ calls: 0, failed: 0, errorRate: null, p50Ms: null, p95Ms: null });
  });
});

describe('a tally', () => {
  it('adds up what is alike, is empty once taken, and takes back', () => {
    const tally = new CallTally();
    tally.note('test', 'visa', true, 100);
    tally.note('test', 'visa', true, 101);
    tally.note('live', 'visa', true, 100);
    tally.note('test', 'visa', false, 100);

    const taken = tally.take();
    expect(taken.map(({ calls }) => calls)).toEqual([2, 1, 1]);
    expect(tally.take()).toEqual([]);

    tally.note('test', 'visa', true, 100);
    tally.putBack(taken);
    expect(tally.take().map(({ calls }) => calls)).toEqual([3, 1, 1]);
  });
});

it.each([
  ['ds.visa.example', 'd•••.visa.example'],
  ['localhost', 'l•••'],
  ['', '•••'],
])('the name %j is told as %j', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});
