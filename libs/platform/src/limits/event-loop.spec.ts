import { setTimeout as sleep } from 'node:timers/promises';
import { Metrics } from '../metrics/metrics';
import { EventLoop } from './event-loop';

let metrics: Metrics;
let loop: EventLoop;

beforeEach(() => {
  metrics = new Metrics();
  loop = new EventLoop(metrics);
});

jest.setTimeout(20_000);

afterEach(() => loop.onApplicationShutdown());

const work = (ms: number): void => {
  const { user } = process.threadCpuUsage();
  while (process.threadCpuUsage().user - user < ms * 1000);
};

async function blocksLongerThan(seconds: string): Promise<number> {
  const { text } = await metrics.render();
  const value = (line: RegExp): number => Number(line.exec(text)?.[1]);
  const name = 'countersign_event_loop_block_seconds';
  return value(new RegExp(`${name}_count (\\d+)`)) - value(new RegExp(`${name}_bucket\\{le="${seconds}"\\} (\\d+)`));
}

it('sees one long turn, and does not take it for an overload', async () => {
  await sleep(100);

  work(150);
  await sleep(100);

  expect(await blocksLongerThan('0.1')).toBe(1);
  // COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS
  expect(loop.delayMs).toBeLessThan(300);
});

it('sees turns that are long again and again', async () => {
  for (let turn = 0; turn < 8; turn++) {
    work(30);
    await sleep(0);
  }

  expect(loop.delayMs).toBeGreaterThan(10);
});

it('forgets soon when they are over', async () => {
  for (let turn = 0; turn < 8; turn++) {
    work(30);
    await sleep(0);
  }
  const busy = loop.delayMs;

  await sleep(500);

  expect(loop.delayMs).toBeLessThan(busy / 2);
});
