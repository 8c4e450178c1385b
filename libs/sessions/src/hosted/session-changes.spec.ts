import { createLogger } from '@app/platform';
import { LOOK_EVERY_MS } from './hosted.settings';
import { SessionChanges } from './session-changes';

let asked: (readonly string[])[];
let looks: Map<string, string>;
let isBroken: boolean;
let changes: SessionChanges;

beforeEach(() => {
  jest.useFakeTimers();
  asked = [];
  looks = new Map([
    ['a', '1'],
    ['b', '1'],
  ]);
  isBroken = false;
  changes = new SessionChanges(async (ids) => {
    asked.push(ids);
    if (isBroken) throw new Error('database is gone');
    return new Map(looks);
  }, createLogger('silent'));
});

afterEach(() => {
  changes.onApplicationShutdown();
  jest.useRealTimers();
});

const look = (): Promise<void> => jest.advanceTimersByTimeAsync(LOOK_EVERY_MS);

/** Watches a session; the list grows with each time it is told. */
function watch(id: string): { told: number[]; stop: () => void } {
  const told: number[] = [];
  return { told, stop: changes.watch(id, () => told.push(told.length + 1)) };
}

describe('who watches a session', () => {
  it('hears of the first look, then of changes and of nothing else', async () => {
    const { told } = watch('a');
    await look();
    await look();
    expect(told).toEqual([1]);

    looks.set('a', '2');
    await look();
    await look();

    expect(told).toEqual([1, 2]);
  });

  it('hears of the first look also where another one has looked before', async () => {
    watch('a');
    await look();
    const { told } = watch('a');

    await look();

    expect(told).toEqual([1]);
  });

  it('does not hear of other sessions', async () => {
    const { told } = watch('a');
    watch('b');
    await look();

    looks.set('b', '2');
    await look();

    expect(told).toEqual([1]);
  });

  it('hears at once of what this process changes', () => {
    const [a, b] = [watch('a'), watch('b')];

    changes.announce('a');
    changes.announce('nobody watches');

    expect([a.told, b.told]).toEqual([[1], []]);
  });

  it('hears no more when it has stopped', async () => {
    const { told, stop } = watch('a');
    stop();

    changes.announce('a');
    await look();

    expect(told).toEqual([]);
  });

  it('hears of a session that is gone once', async () => {
    const { told } = watch('a');
    await look();
    looks.delete('a');

    await look();
    await look();

    expect(told).toEqual([1, 2]);
  });

  it('hears of what happened while the database was gone', async () => {
    const { told } = watch('a');
    await look();
    isBroken = true;
    looks.set('a', '2');
    await look();
    await look();
    isBroken = false;

    await look();

    expect(told).toEqual([1, 2]);
  });
});

describe('the looks', () => {
  it('are one for all sessions, and none while nobody watches', async () => {
    await look();
    expect(asked).toEqual([]);

    const all = [watch('a'), watch('a'), watch('b')];
    await look();
    await look();
    expect(asked).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);

    for (const { stop } of all) stop();
    await look();
    await look();
    const before = asked.length;
    await look();
    expect(asked).toHaveLength(before);
    expect(asked.at(-1)).not.toContain('a');
  });

  it('begin anew when somebody comes after all have gone', async () => {
    watch('a').stop();
    await look();
    await look();
    const { told } = watch('b');

    await look();

    expect(told).toEqual([1]);
  });
});
