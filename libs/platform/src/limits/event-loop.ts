import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../metrics/metrics';

const TICK_MS = 10;
/** One look weighs this much: about five turns in a row must be slow before the average says so. */
const WEIGHT = 0.2;
/** One long pause (a collection, another program's turn) is no overload. */
const CAP_MS = 1_000;
/** Shorter turns are everyday work. */
const WORTH_NOTING_MS = 10;

/** How late timers are, which is how long a request waits for its turn in this process. */
@Injectable()
export class EventLoop implements OnApplicationShutdown {
  private averageMs = 0;
  private last = performance.now();
  private cpu = process.threadCpuUsage();
  private readonly timer: NodeJS.Timeout;
  private readonly delay;
  private readonly blocks;

  constructor(metrics: Metrics) {
    this.delay = metrics.gauge('event_loop_delay_seconds', 'How late this process gets to its work, averaged');
    this.blocks = metrics.histogram(
      'event_loop_block_seconds',
      'Turns of the event loop by their own CPU time, from 10 ms on',
      [],
      [0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5],
    );
    this.timer = setInterval(() => this.look(), TICK_MS).unref();
  }

  /** Milliseconds, averaged over the last few looks. */
  get delayMs(): number {
    return this.averageMs;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    const cpu = process.threadCpuUsage(this.cpu);
    const lateMs = Math.max(0, now - this.last - TICK_MS);
    this.averageMs += WEIGHT * (Math.min(lateMs, CAP_MS) - this.averageMs);
    this.delay.set(this.averageMs / 1000);
    // What a busy machine did in between is delay too, but no block of ours.
    const blockMs = Math.min(lateMs, (cpu.user + cpu.system) / 1000);
    if (blockMs >= WORTH_NOTING_MS) this.blocks.observe(blockMs / 1000);
    this.last = now;
    this.cpu = process.threadCpuUsage();
  }
}
