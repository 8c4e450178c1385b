import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Installation,
  killAll,
  removeDataDir,
  ROOT,
  runCli,
  survivors,
  temporaryDataDir,
} from '../support/installation';

const DRAIN_MS = 15_000;
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const nobodyCanReadUs =
  isRoot && spawnSync(process.execPath, ['--version'], { uid: NOBODY, gid: NOBODY, cwd: ROOT }).status === 0;

jest.setTimeout(90_000);

describe('npm start', () => {
  const running: Installation[] = [];
  const directories: string[] = [];

  const directory = (): string => {
    directories.push(temporaryDataDir());
    return directories.at(-1) as string;
  };
  const start = (...args: ConstructorParameters<typeof Installation>): Installation => {
    running.push(new Installation(...args));
    return running.at(-1) as Installation;
  };

  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  });

  afterAll(async () => {
    for (const installation of running)
      if (installation.pid && (await survivors([installation.pid])).length > 0) await installation.end();
    directories.forEach(removeDataDir);
  });

  const token = async ({ demo }: Installation): Promise<number> => {
    const form = { grant_type: 'client_credentials', client_id: demo.clientId, client_secret: demo.clientSecret };
    return (await fetch(demo.tokenUrl, { method: 'POST', body: new URLSearchParams(form) })).status;
  };

  describe('on one data directory, through its life', () => {
    let dataDir: string;
    let installation: Installation;
    let credentials: [string, string];

    beforeAll(async () => {
      dataDir = directory();
      installation = await start(dataDir).ready();
      credentials = [installation.demo.clientId, installation.demo.clientSecret];
    });

    const expectSameInstallation = async (): Promise<void> => {
      expect([installation.demo.clientId, installation.demo.clientSecret]).toEqual(credentials);
      expect(await token(installation)).toBe(200);
    };

    it('brings everything up within 20 s and says where it is', async () => {
      expect(installation.secondsToReady).toBeLessThan(20);
      expect((await fetch(installation.address('Health'))).status).toBe(200);
      expect((await fetch(installation.address('Demo shop'))).status).toBe(200);
    });

    it('writes the credentials for nobody else to read', () => {
      const { demo } = installation;

      expect(statSync(join(dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
      expect(statSync(join(dataDir, 'kek')).mode & 0o777).toBe(0o600);
      expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
      expect(demo).toMatchObject({
        version: 1,
        apiUrl: installation.address('API'),
        simulatorUrl: installation.address('Demo shop'),
      });
      expect(demo.merchants).not.toHaveLength(0);
    });

    (has('curl') ? it : it.skip)('prints a first session that can be pasted into a shell', () => {
      const printed = /to paste into a shell:\n\n([\s\S]*?)\n\nCtrl-C/.exec(installation.output)?.[1] ?? '';

      const { stdout } = spawnSync('sh', ['-c', printed], { encoding: 'utf8', timeout: 30_000 });

      expect(JSON.parse(stdout)).toMatchObject({ status: 'approved' });
    });

    it('refuses a second one on the same data directory and leaves the first alone', async () => {
      const second = start(dataDir);

      expect(await second.exit()).toEqual({ code: 1, signal: null });
      expect(second.output).toContain(`(pid ${installation.pid}) is running on ${dataDir}`);
      expect(await token(installation)).toBe(200);
    });

    it('lets the command line program use its database', () => {
      const { status, stdout } = runCli(dataDir, 'merchant', 'list', '--json');

      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: 'Demo shop' }));
    });

    it('ends on SIGTERM with exit code 0 and leaves no process behind', async () => {
      const { all } = installation.processes();
      expect(all.length).toBeGreaterThanOrEqual(4);

      expect(await installation.end('SIGTERM')).toEqual({ code: 0, signal: null });
      expect(await survivors(all)).toEqual([]);
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    });

    it('starts the database for a command line program and stops it again', async () => {
      const { status, stdout } = runCli(dataDir, 'merchant', 'list', '--json');

      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: 'Demo shop' }));
      const { home } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { home: string };
      expect(existsSync(join(dataDir, home, 'cluster', 'postmaster.pid'))).toBe(false);
    });

    it('recovers from a kill -9 of the supervisor', async () => {
      installation = await start(dataDir).ready();
      const { programs, postmaster } = installation.processes();
      await installation.end('SIGKILL');

      installation = await start(dataDir).ready();

      expect(await survivors(programs)).toEqual([]);
      expect(installation.processes().postmaster).toBe(postmaster);
      await expectSameInstallation();
    });

    it('recovers from a kill -9 of everything, the database included', async () => {
      const { all } = installation.processes();
      killAll(all);
      expect(await survivors(all, DRAIN_MS)).toEqual([]);

      installation = await start(dataDir).ready();

      await expectSameInstallation();
    });

    it('stops everything, and says why, when the server dies', async () => {
      const { programs, all } = installation.processes();
      killAll([programs.at(-1) as number]);

      expect(await installation.exit()).toEqual({ code: 1, signal: null });
      expect(installation.output).toContain('The server was ended by SIGKILL unexpectedly');
      expect(await survivors(all)).toEqual([]);
    });
  });

  it('ends on Ctrl-C in the terminal, which npm passes on a second time', async () => {
    const installation = await start(directory(), {
      command: ['npm', 'start'],
      env: { npm_config_update_notifier: 'false' },
    }).ready();
    const { all } = installation.processes();

    process.kill(-installation.pid, 'SIGINT');

    expect(await installation.exit()).toEqual({ code: 0, signal: null });
    expect(await survivors(all, DRAIN_MS)).toEqual([]);
  });

  it('ends when npm is killed', async () => {
    const installation = await start(directory(), { command: ['npm', 'start'] }).ready();
    const { all } = installation.processes();

    await installation.end('SIGKILL');

    expect(await survivors(all, DRAIN_MS)).toEqual([]);
  });

  it.each(['PORT', 'SIMULATOR_PORT'])('names the port in use and %s, and leaves nothing behind', async (variable) => {
    const occupant = createServer();
    await new Promise<void>((listening) => occupant.listen(0, listening));
    const { port } = occupant.address() as AddressInfo;
    const dataDir = directory();

    const installation = start(dataDir, { env: { [variable]: String(port) } });

    expect(await installation.exit()).toEqual({ code: 1, signal: null });
    expect(installation.output).toContain(`Port ${port} is in use. Set ${variable} to another one`);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    expect(existsSync(join(dataDir, 'postgres.json'))).toBe(false);
    await new Promise((closed) => occupant.close(closed));
  });

  (isRoot ? it : it.skip)('keeps the database elsewhere when its user cannot enter the data directory', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'countersign-start-'));
    directories.push(dataDir);
    chmodSync(dataDir, 0o700);

    const installation = await start(dataDir).ready();

    const { home } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { home: string };
    expect(home).toMatch(/^\/var\/tmp\/countersign-/);
    expect(await token(installation)).toBe(200);
    expect(await installation.end()).toEqual({ code: 0, signal: null });
  });

  (nobodyCanReadUs ? it : it.skip)('runs as an ordinary user', async () => {
    const dataDir = directory();
    chownSync(dataDir, NOBODY, NOBODY);

    const installation = await start(dataDir, { uid: NOBODY }).ready();

    expect(await token(installation)).toBe(200);
    expect(statSync(join(dataDir, 'postgres', 'cluster')).uid).toBe(NOBODY);
    expect(await installation.end()).toEqual({ code: 0, signal: null });
  });
});
