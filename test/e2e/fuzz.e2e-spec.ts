import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startProduct, type Product } from '../support/product';
import { UpstreamMerchants } from '../support/upstream-merchants';

const FUZZ = resolve(__dirname, '../fuzz/fuzz.mjs');
const COLLECT = resolve(__dirname, '../support/collect-on-signal.cjs');
/** Another seed is another 6,000 requests: `FUZZ_SEED=7 npm run jest -- fuzz --selectProjects e2e`. */
const SEED = process.env['FUZZ_SEED'] ?? '20260803';
const REQUESTS = 6_000;
const KEK = randomBytes(32).toString('base64');

interface Outcome {
  statuses: Record<string, number>;
  findings: unknown[];
  slowestMs: number;
  blocksThatLast: number;
  heapGrowthMiB: number;
  stillInProgress: number;
}

let product: Product;
let outcome: Outcome;
let metrics: string;

beforeAll(async () => {
  product = await startProduct({
    COUNTERSIGN_KEK: KEK,
    COUNTERSIGN_RATE_LIMIT_TOKENS: '0',
    COUNTERSIGN_RATE_LIMIT_SESSIONS: '0',
    COUNTERSIGN_RATE_LIMIT_HOSTED: '0',
    NODE_OPTIONS: `--require ${JSON.stringify(COLLECT)}`,
  });
  const merchants = await UpstreamMerchants.open(product, KEK);
  const { credentials, webhookUrl, webhookKey } = await merchants.add();
  const world = join(product.dataDir, 'fuzz.json');
  writeFileSync(world, JSON.stringify({ ...product.demo, upstream: { ...credentials, webhookUrl, webhookKey } }));
  // A process of its own: its work is not the server's delay.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [FUZZ, world, SEED, String(REQUESTS), String(product.pid())],
    { timeout: 280_000, maxBuffer: 64 * 1024 * 1024 },
  );
  outcome = JSON.parse(stdout) as Outcome;
  metrics = await (await fetch(`${product.apiUrl}/metrics`)).text();
  await merchants.close();
}, 340_000);

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

  it('told of living sessions of an upstream, and were read', () => {
    expect(count(/^create upstream 20/)).toBeGreaterThan(5);
    expect(count(/^return 200/)).toBeGreaterThan(5);
    const outcomes = { webhook: ['taken', 'unreadable', 'not_signed', 'unknown_address'], callback: ['taken'] };
    for (const [kind, each] of Object.entries(outcomes)) {
      for (const what of each) {
        const line = `countersign_upstream_notices_total{kind="${kind}",outcome="${what}"}`;
        expect(metrics).toContain(line);
      }
    }
    expect(metrics).not.toMatch(/^countersign_upstream_notices_total\{.*outcome="failed"/m);
  });

  it('leave nothing hanging', () => {
    expect(outcome.slowestMs).toBeLessThan(10_000);
    expect(outcome.stillInProgress).toBe(0);
  });

  it('have none among them that blocks the event loop for more than 50 ms whenever it is sent', () => {
    expect(outcome.blocksThatLast).toBe(0);
  });

  it('leave memory as it was', () => {
    expect(outcome.heapGrowthMiB).toBeLessThan(15);
  });

  it('surprise nobody', () => {
    expect(product.logs()).not.toMatch(/"unexpected error"/);
  });
});
