import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/installation';

const HARNESS = join(ROOT, 'test/chaos/hosted.mjs');

jest.setTimeout(300_000);

interface Report {
  seed: number;
  sessions: number;
  restarts: number;
  kept: number;
  retries: number;
  lost: string[];
  seconds: number;
  downMs: number[];
}

beforeAll(
  () => execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' }),
  120_000,
);

/** Runs the harness; it starts processes of its own, its database included. */
async function drive(env: Record<string, string>): Promise<Report> {
  const child = spawn(process.execPath, [HARNESS], { cwd: ROOT, env: { ...process.env, ...env } });
  let [out, told] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await new Promise((done) => child.once('close', done));
  if (!out.startsWith('{')) throw new Error(`No report:\n${told}`);
  return JSON.parse(out) as Report;
}

it('loses none of 200 hosted sessions when the server is restarted twice under them', async () => {
  const report = await drive({ HOSTED_SESSIONS: '200', HOSTED_RESTARTS: '2' });
  process.stderr.write(
    `hosted sessions: ${report.kept} of ${report.sessions} kept in ${Math.round(report.seconds)} s, away ${report.downMs.join(' and ')} ms\n`,
  );

  expect({ seed: report.seed, lost: report.lost }).toEqual({ seed: report.seed, lost: [] });
  expect(report).toMatchObject({ sessions: 200, kept: 200, restarts: 2 });
  // It was noticed: some calls had to be made again.
  expect(report.retries).toBeGreaterThan(0);
});

it('would notice a session that is lost', async () => {
  const { kept, lost } = await drive({ HOSTED_SESSIONS: '12', HOSTED_RESTARTS: '0', HOSTED_SABOTAGE: '1' });

  expect(kept).toBe(11);
  expect(lost).toEqual([expect.stringContaining('ended declined')]);
});
