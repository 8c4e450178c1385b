import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/installation';

const CHAOS = join(ROOT, 'test/chaos/chaos.mjs');

jest.setTimeout(240_000);

interface Report {
  seed: number;
  kills: number;
  purchases: number;
  sessions: number;
  statuses: Record<string, number>;
  left: { open: number; untold: number };
  broken: string[];
}

beforeAll(
  () => execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' }),
  120_000,
);

/** Runs the harness; it starts processes of its own, its database included. Says how to repeat a run that broke. */
async function chaos(env: Record<string, string>): Promise<Report> {
  const child = spawn(process.execPath, [CHAOS], { cwd: ROOT, env: { ...process.env, ...env } });
  let [out, told] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await new Promise((done) => child.once('close', done));
  if (!out.startsWith('{')) throw new Error(`No report:\n${told}`);
  return JSON.parse(out) as Report;
}

const nameOf = (breach: string): string => breach.split(':', 1)[0] ?? '';

it('keeps every promise when server and database are killed while 200 purchases are made', async () => {
  const report = await chaos({ CHAOS_KILLS: '3', CHAOS_SESSIONS: '200' });

  expect({ seed: report.seed, broken: report.broken, left: report.left }).toEqual({
    seed: report.seed,
    broken: [],
    left: { open: 0, untold: 0 },
  });
  expect(report.kills).toBe(3);
  expect(report.purchases).toBeGreaterThanOrEqual(200);
  expect(report.statuses).toMatchObject({
    approved: expect.any(Number) as number,
    challenge_abandoned: expect.any(Number) as number,
    expired: expect.any(Number) as number,
  });
});

it('would be noticed if it did not', async () => {
  const { broken } = await chaos({ CHAOS_KILLS: '0', CHAOS_SESSIONS: '60', CHAOS_SABOTAGE: '1', CHAOS_SEED: '7' });

  expect([...new Set(broken.map(nameOf))].sort()).toEqual([
    'a callback says what is true',
    'a final status that was told stays',
    'a result that the issuer delivered is kept',
    'a spent token has its session',
    'a story has no gap, and one end',
    'an answered session exists exactly once',
    'every owed callback arrived',
    'every session is final',
    'no request made two sessions',
    'nothing is approved that the issuer did not approve',
  ]);
});
