import { SystemClock } from '@app/kernel';
import type { Logger, TickReport } from '@app/platform';
import { DiscoveryService } from '@nestjs/core';
import { AsyncLocalStorage } from 'node:async_hooks';

/** Metadata of @Interval and @Timeout (@nestjs/schedule). */
const INTERVAL = 'SCHEDULE_INTERVAL_OPTIONS';
const TIMEOUT = 'SCHEDULE_TIMEOUT_OPTIONS';

type Work = (this: unknown, ...args: unknown[]) => unknown;
type Instance = Record<string, unknown>;

/** One run that is under way. */
interface Run {
  hasFailed: boolean;
  isOver: boolean;
}

interface Tick {
  everyMs: number | null;
  lastAt: Date | null;
  durationMs: number | null;
  outcome: TickReport['outcome'];
  runs: number;
  failures: number;
}

/**
 * How the scheduled work of this process goes. It is watched from outside, so that no tick has to tell of itself: ticks catch
 * what goes wrong and log it, and what is logged as an error while one runs is its failure.
 */
export class Ticks {
  private readonly ticks = new Map<string, Tick>();
  private readonly running = new AsyncLocalStorage<Run>();
  private readonly clock = new SystemClock();

  /** A logger like `log` whose errors count for the tick that logs them. */
  noticing(log: Logger): Logger {
    const failed = (): void => {
      const run = this.running.getStore();
      // What a tick has set going and not waited for is no part of it.
      if (run && !run.isOver) run.hasFailed = true;
    };
    const noticing = Object.create(log) as Logger;
    noticing.error = (...args: Parameters<Logger['error']>) => {
      failed();
      log.error(...args);
    };
    return noticing;
  }

  /** Watches every tick there is. After everything was made, and before the schedule looks for them. */
  watch(discovery: DiscoveryService): void {
    for (const { instance } of discovery.getProviders()) {
      if (typeof instance === 'object' && instance !== null) this.watchOf(instance as Instance);
    }
  }

  /** By name. */
  report(): TickReport[] {
    return [...this.ticks]
      .map(([name, { lastAt, ...tick }]) => ({ name, ...tick, lastAt: lastAt?.toISOString() ?? null }))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  private watchOf(instance: Instance): void {
    const prototype = Object.getPrototypeOf(instance) as object | null;
    if (prototype === null || prototype === Object.prototype) return;
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value !== 'function') continue;
      const interval = timeIn(value as object, INTERVAL);
      if (interval === undefined && timeIn(value as object, TIMEOUT) === undefined) continue;
      instance[name] = this.watched(`${prototype.constructor.name}.${name}`, interval ?? null, value as Work);
    }
  }

  private watched(name: string, everyMs: number | null, work: Work): Work {
    const tick: Tick = { everyMs, lastAt: null, durationMs: null, outcome: null, runs: 0, failures: 0 };
    this.ticks.set(name, tick);
    const record = this.record.bind(this, tick);
    const watched: Work = function (...args) {
      return record(() => work.apply(this, args));
    };
    for (const key of Reflect.getMetadataKeys(work) as unknown[]) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, work) as unknown, watched);
    }
    return watched;
  }

  private record(tick: Tick, work: () => unknown): unknown {
    const run: Run = { hasFailed: false, isOver: false };
    const begun = performance.now();
    tick.lastAt = this.clock.now();
    const end = (): void => {
      run.isOver = true;
      tick.durationMs = Math.round(performance.now() - begun);
      tick.outcome = run.hasFailed ? 'failed' : 'done';
      tick.runs += 1;
      if (run.hasFailed) tick.failures += 1;
    };
    return this.running.run(run, () => {
      try {
        const done = work();
        if (!(done instanceof Promise)) {
          end();
          return done;
        }
        return done.then(
          () => end(),
          (error: unknown) => {
            run.hasFailed = true;
            end();
            throw error;
          },
        );
      } catch (error) {
        run.hasFailed = true;
        end();
        throw error;
      }
    });
  }
}

function timeIn(method: object, key: string): number | undefined {
  return (Reflect.getMetadata(key, method) as { timeout?: number } | undefined)?.timeout;
}
