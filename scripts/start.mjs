/** `npm start`: everything on one machine, one supervisor. Starts database, simulator and server; ends them in the reverse order. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale, ENTRY } from './build.mjs';
import { startPostgres } from './embedded-postgres.mjs';
import { startChild, tail } from './lib/child.mjs';
import { tryLock, waitForLock } from './lib/file-lock.mjs';
import { openInstallation, serverEnvironment } from './lib/installation.mjs';
import { isAlive, isPortFree, signal, startTicks, until } from './lib/processes.mjs';
import { StartError } from './lib/start-error.mjs';
import { summary } from './lib/summary.mjs';

const READY_TIMEOUT_MS = 60_000;
const SERVER_DRAIN_MS = 25_000;
const SIMULATOR_DRAIN_MS = 5_000;
const LEFTOVER_DRAIN_MS = 10_000;
const CLI_PATIENCE_MS = 30_000;
// npm passes Ctrl-C on although the terminal has sent it to us already: that is one wish, not two.
const SAME_WISH_MS = 1_000;

const say = (line) => console.log(`· ${line}`);

class Supervisor {
  #startedAt = performance.now();
  #abort = new globalThis.AbortController();
  #children = [];
  #postgres = null;
  #stopping = null;
  #stopAskedAt = 0;
  #run = null;
  #env = process.env;
  #installation;
  #hasLock = false;

  /** Brings everything up; after that the children keep us alive. What goes wrong on the way is told, and all is ended. */
  async start() {
    this.#watchOutsideWorld();
    this.#run = this.#bringUp();
    try {
      await this.#run;
    } catch (error) {
      if (this.#stopping) return;
      console.error(error instanceof StartError ? error.message : error);
      await this.stop(null, 1);
    }
  }

  async #bringUp() {
    const options = process.argv.slice(2);
    const unknown = options.find((option) => option !== '--no-seed');
    if (unknown !== undefined) throw new StartError(`Unknown option ${unknown}; there is --no-seed.`);
    this.#installation = openInstallation(this.#env, options);
    await this.#takeLock();
    await this.#awaitLeftovers();
    await this.#checkPorts();
    const [databaseUrl] = await this.#together([
      this.#database(),
      buildIfStale({ log: say, signal: this.#abort.signal }),
    ]);
    const simulator = this.#installation.isDemo ? await this.#startSimulator() : null;
    const server = await this.#startServer(databaseUrl, simulator);
    await this.#awaitReady(server.url);
    this.#stopWhenOneEnds();
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const { dataDir, isDemo } = this.#installation;
    console.log(summary({ apiUrl: server.url, simulatorUrl: simulator?.url, dataDir, hasLogs: isDemo, seconds }));
  }

  /** Ends everything, in order, once. A second wish while it lasts ends everything at once. */
  async stop(reason, exitCode) {
    if (this.#stopping) return this.#stopping;
    this.#stopAskedAt = performance.now();
    if (reason) say(reason);
    this.#abort.abort();
    this.#stopping = this.#stopInOrder().then(
      () => process.exit(exitCode),
      (error) => {
        console.error(error.message);
        process.exit(1);
      },
    );
    return this.#stopping;
  }

  #onSignal(name) {
    if (!this.#stopping) return void this.stop(`${name}: stopping`, 0);
    if (performance.now() - this.#stopAskedAt < SAME_WISH_MS) return;
    say('stopping at once');
    for (const child of this.#children) child.kill();
    void this.#postgres?.stop({ immediate: true });
    process.exit(130);
  }

  #watchOutsideWorld() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => this.#onSignal(name));
    if (process.env.npm_lifecycle_event === undefined) return;
    // A killed npm tells nobody; its children go to another parent.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && void this.stop('npm has ended: stopping', 0), 300).unref();
  }

  async #takeLock() {
    const { lockFile, dataDir } = this.#installation;
    let lock = tryLock(lockFile, 'start');
    if (lock.holder?.purpose === 'cli') lock = await waitForLock(lockFile, 'start', CLI_PATIENCE_MS);
    if (!lock.release) {
      throw new StartError(
        `Another Countersign (pid ${lock.holder.pid}) is running on ${dataDir}.\nStop it first, or set COUNTERSIGN_DATA_DIR to another directory.`,
      );
    }
    this.#hasLock = true;
    process.on('exit', lock.release);
  }

  get #runFile() {
    return join(this.#installation.dataDir, 'run.json');
  }

  /** Children of a supervisor that was killed end by themselves; we wait for them, and in the end insist. */
  async #awaitLeftovers() {
    if (!existsSync(this.#runFile)) return;
    const left = JSON.parse(readFileSync(this.#runFile, 'utf8'));
    const lives = ({ pid, ticks }) => isAlive(pid) && startTicks(pid) === ticks;
    if (!(await until(() => !left.some(lives), LEFTOVER_DRAIN_MS))) {
      for (const { pid } of left.filter(lives)) signal(pid, 'SIGKILL');
      await until(() => !left.some(lives), LEFTOVER_DRAIN_MS);
    }
    rmSync(this.#runFile, { force: true });
  }

  async #checkPorts() {
    const wanted = [['PORT', 4000], ...(this.#installation.isDemo ? [['SIMULATOR_PORT', 4001]] : [])];
    for (const [variable, usual] of wanted) {
      const port = Number(this.#env[variable] || usual);
      if (!Number.isInteger(port) || port < 0 || port > 65_535)
        throw new StartError(`${variable} is not a port number.`);
      if (port !== 0 && !(await isPortFree(port))) {
        throw new StartError(`Port ${port} is in use. Set ${variable} to another one (0 picks a free one).`);
      }
    }
  }

  async #database() {
    const { databaseUrl, dataDir } = this.#installation;
    if (databaseUrl !== undefined) return databaseUrl;
    this.#postgres = await startPostgres({ dataDir, log: say });
    return this.#postgres.url;
  }

  /** All of them, also when one fails: nothing may start behind the back of a stop. */
  async #together(tasks) {
    const results = await Promise.allSettled(tasks);
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
    return results.map(({ value }) => value);
  }

  async #startProgram(name, env) {
    if (this.#stopping) throw new StartError('stopped before it was up');
    const { dataDir, isDemo } = this.#installation;
    // In production the output belongs to whoever runs us.
    if (isDemo) mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
    const child = startChild({
      name,
      entry: ENTRY[name],
      env,
      logFile: isDemo ? join(dataDir, 'logs', `${name}.log`) : null,
    });
    this.#children.push(child);
    const running = this.#children.map(({ pid }) => ({ pid, ticks: startTicks(pid) }));
    writeFileSync(this.#runFile, JSON.stringify(running), { mode: 0o600 });
    const address = await child.listening;
    if (address === null)
      throw new StartError(`The ${name} ${await child.exited} before it was up.${tail(child.logFile)}`);
    return address;
  }

  #startSimulator() {
    return this.#startProgram('simulator', { ...this.#env, COUNTERSIGN_DATA_DIR: this.#installation.dataDir });
  }

  #startServer(databaseUrl, simulator) {
    const env = serverEnvironment(this.#env, this.#installation, databaseUrl);
    return this.#startProgram('server', simulator ? { ...env, COUNTERSIGN_SIMULATOR_URL: simulator.url } : env);
  }

  async #awaitReady(apiUrl) {
    const isReady = () =>
      fetch(`${apiUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.ok,
        () => false,
      );
    const server = this.#children.at(-1);
    const ended = server.exited.then((how) => {
      throw new StartError(`The server ${how} before it was ready.${tail(server.logFile)}`);
    });
    const ready = await Promise.race([until(isReady, READY_TIMEOUT_MS, 50), ended]);
    if (!ready)
      throw new StartError(`The server was not ready within ${READY_TIMEOUT_MS / 1000} s.${tail(server.logFile)}`);
  }

  #stopWhenOneEnds() {
    for (const child of this.#children) {
      void child.exited.then((how) => {
        if (this.#stopping) return;
        console.error(`The ${child.name} ${how} unexpectedly: stopping.${tail(child.logFile)}`);
        void this.stop(null, 1);
      });
    }
    const postgres = this.#postgres;
    if (postgres === null) return;
    setInterval(() => {
      if (!this.#stopping && !isAlive(postgres.pid)) void this.stop('The database ended unexpectedly: stopping', 1);
    }, 1_000).unref();
  }

  async #stopInOrder() {
    const drain = { server: SERVER_DRAIN_MS, simulator: SIMULATOR_DRAIN_MS };
    // A start that is under way may still add a child or the database: it sees the stop and ends before we look again.
    for (const child of this.#children.toReversed()) await child.stop(drain[child.name]);
    await Promise.allSettled([this.#run]);
    for (const child of this.#children.toReversed()) await child.stop(drain[child.name]);
    await this.#postgres?.stop();
    // Without the lock the record is somebody else's.
    if (this.#hasLock) rmSync(this.#runFile, { force: true });
  }
}

const supervisor = new Supervisor();
process.on('uncaughtException', (error) => {
  console.error(error);
  void supervisor.stop(null, 1);
});
await supervisor.start();
