import 'reflect-metadata';
import { createLogger, type Logger } from '@app/platform';
import type { DiscoveryService } from '@nestjs/core';
import { Interval, Timeout } from '@nestjs/schedule';
import { Ticks } from './ticks';

class Jobs {
  constructor(private readonly log: Logger) {}

  @Interval('fine', 1_000)
  fine(): string {
    return 'done';
  }

  @Interval(500)
  async caught(): Promise<void> {
    await Promise.resolve();
    this.log.error('it went wrong');
  }

  @Timeout(10)
  thrown(): Promise<void> {
    return Promise.reject(new Error('no'));
  }

  other(): void {}
}

const watched = (): { jobs: Jobs; ticks: Ticks } => {
  const ticks = new Ticks();
  const jobs = new Jobs(ticks.noticing(createLogger('silent')));
  ticks.watch({ getProviders: () => [{ instance: jobs }, { instance: null }] } as unknown as DiscoveryService);
  return { jobs, ticks };
};

describe('the watch over scheduled work', () => {
  it('lists what is scheduled, before it ever ran', () => {
    const none = { lastAt: null, durationMs: null, outcome: null, runs: 0, failures: 0 };

    expect(watched().ticks.report()).toEqual([
      { name: 'Jobs.caught', everyMs: 500, ...none },
      { name: 'Jobs.fine', everyMs: 1_000, ...none },
      { name: 'Jobs.thrown', everyMs: null, ...none },
    ]);
  });

  it('tells what went well, what was caught and what was thrown, and changes nothing of it', async () => {
    const { jobs, ticks } = watched();

    expect(jobs.fine()).toBe('done');
    await jobs.caught();
    await expect(jobs.thrown()).rejects.toThrow('no');

    expect(ticks.report().map(({ name, outcome, runs, failures }) => [name, outcome, runs, failures])).toEqual([
      ['Jobs.caught', 'failed', 1, 1],
      ['Jobs.fine', 'done', 1, 0],
      ['Jobs.thrown', 'failed', 1, 1],
    ]);
  });

  it('leaves the schedule what it finds its work by', () => {
    const { jobs } = watched();

    for (const name of ['fine', 'caught', 'thrown'] as const) {
      expect(Reflect.getMetadataKeys(jobs[name])).toEqual(Reflect.getMetadataKeys(Jobs.prototype[name]));
    }
  });
});
