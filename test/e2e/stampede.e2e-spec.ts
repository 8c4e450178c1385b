import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createEmptyDatabase, type TestDatabase } from '../support/database';
import { ROOT } from '../support/installation';

/** The benchmark with less of everything, and tokens that leave a busy machine time to replace them. */
const SMALL = {
  STAMPEDE_SERVERS: '2',
  STAMPEDE_CLIENTS: '60',
  STAMPEDE_ACCOUNTS: '10',
  STAMPEDE_TOKEN_S: '20',
  STAMPEDE_RUN_S: '42',
};

let test: TestDatabase;

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
  test = await createEmptyDatabase();
}, 240_000);

afterAll(() => test?.drop());

/** Its last line. */
async function stampede(): Promise<Record<string, unknown>> {
  const env = { ...process.env, ...SMALL, NODE_OPTIONS: '', BENCH_DATABASE_URL: test.url };
  const child = spawn(process.execPath, [join(ROOT, 'test/bench/stampede.bench.mjs')], { cwd: ROOT, env });
  const [output, told]: Buffer[][] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output?.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => told?.push(chunk));
  await new Promise((ended) => child.once('exit', ended));
  const last = Buffer.concat(output ?? [])
    .toString()
    .trim()
    .split('\n')
    .at(-1);
  if (!last) throw new Error(Buffer.concat(told ?? []).toString());
  return JSON.parse(last) as Record<string, unknown>;
}

describe('two servers, many creations at once, and one server killed while it fetches tokens', () => {
  it('fail no session, ask the upstream once per token, and let nobody wait for one', async () => {
    const result = await stampede();

    expect(result).toMatchObject({ value: 1, failedSessions: 0, steadyTokenWaits: 0 });
    // The first ones, those that replaced them, and those that replaced these.
    expect(result['tokenRequests']).toBeGreaterThanOrEqual(30);
    expect(result['fetchedAgainAfterKill']).toBeGreaterThan(0);
    expect(result['sessions']).toBeGreaterThan(500);
  }, 240_000);
});
