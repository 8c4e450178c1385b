import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startProduct, type Product } from '../support/product';

const FUZZ = resolve(__dirname, '../fuzz/fuzz.mjs');
const COLLECT = resolve(__dirname, '../support/collect-on-signal.cjs');
/** Another seed is another 6,000 requests: `FUZZ_SEED=7 npm run jest -- fuzz --selectProjects e2e`. */
const SEED = process.env['FUZZ_SEED'] ?? '20260803';
const REQUESTS = 6_000;

interface Outcome {
  statuses: Record<string, number>;
  findings: unknown[];
  slowestMs: number;
  blocksOver50Ms: number;
  heapGrowthMiB: number;
  stillInProgress: number;
}

let product: Product;
let outcome: Outcome;

beforeAll(async () => {
  product = await startProduct({
    COUNTERSIGN_RATE_LIMIT_TOKENS: '0',
    COUNTERSIGN_RATE_LIMIT_SESSIONS: '0',
    COUNTERSIGN_RATE_LIMIT_HOSTED: '0',
    NODE_OPTIONS: `--require ${JSON.stringify(COLLECT)}`,
  });
  // A process of its own: its work is not the server's delay.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [FUZZ, join(product.dataDir, 'demo.json'), SEED, String(REQUESTS), String(product.pid())],
    { timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
  );
  outcome = JSON.parse(stdout) as Outcome;
}, 240_000);

afterAll(() => product.stop());

const count = (pattern: RegExp): number =>
  Object.entries(outcome.statuses)
    .filter(([name]) => pattern.test(name))
    .reduce((sum, [, each]) => sum + each, 0);

describe('6,000 mutated requests over all public endpoints', () => {
  it('are each answered as the contract says, or refused with 503', () => {
    expect(outcome.findings).toEqual([]);
  });

  it('reached behind the doors as well as in front of them', () => {
    const often = ['create 20', 'create 422', 'create 400', 'get 200', 'collect 200', 'token 200', 'token 400'];
    const sometimes = ['rreq 200 RRes', 'notification 200', 'complete 204', 'complete 403', 'create 201'];
    for (const name of [...often, 'capture 201', 'capture 422'])
      expect([name, count(new RegExp(`^${name}`)) > 5]).toEqual([name, true]);
    const pages = ['page 200', 'page 303', 'page view 200', 'page device 200', 'page device 422', 'page call 409'];
    for (const name of [...sometimes, ...pages, 'instrument 200', 'forget 204'])
      expect([name, count(new RegExp(`^${name}`)) > 0]).toEqual([name, true]);
  });

  it('leave nothing hanging', () => {
    expect(outcome.slowestMs).toBeLessThan(10_000);
    expect(outcome.stillInProgress).toBe(0);
  });

  it('never block the event loop for more than 50 ms', () => {
    expect(outcome.blocksOver50Ms).toBe(0);
  });

  it('leave memory as it was', () => {
    expect(outcome.heapGrowthMiB).toBeLessThan(15);
  });

  it('surprise nobody', () => {
    expect(product.logs()).not.toMatch(/"unexpected error"/);
  });
});
