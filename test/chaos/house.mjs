/** The installation that is ill-treated: Postgres, simulator and server as processes, killed and brought back one by one. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTRY } from '../../scripts/build.mjs';
import { removeDataDir, startPostgres } from '../../scripts/embedded-postgres.mjs';
import { startChild, tail } from '../../scripts/lib/child.mjs';
import { freePort, signal, sleep, until } from '../../scripts/lib/processes.mjs';

const READY_WITHIN_MS = 60_000;
/**
 * The issuer's own timers run (almost) by real time, so that it repeats a result to a server that comes back. Other than
 * 1, because dates of a server whose clock runs ahead would be refused.
 */
const SIMULATOR_TIME_SCALE = 2;

/** Opens the installation; `timeScale` is the server's. Everything is ended and removed by `close`. */
export async function openHouse({ timeScale, simulatorTimeScale = SIMULATOR_TIME_SCALE }) {
  // Not the usual temporary directory: that may be in memory, where nothing is lost by a crash.
  const databaseDir = mkdtempSync('/var/tmp/countersign-chaos-');
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-chaos-'));
  chmodSync(databaseDir, 0o711);
  const port = await freePort();
  const house = new House({ databaseDir, dataDir, port, timeScale, simulatorTimeScale });
  try {
    await house.startDatabase();
    await house.startSimulator();
    await house.startServer();
  } catch (error) {
    await house.close();
    throw error;
  }
  return house;
}

class House {
  #parts;
  #kek = randomBytes(32).toString('base64');
  #postgres = null;
  #simulator = null;
  #server = null;
  #starts = 0;

  constructor(parts) {
    this.#parts = parts;
  }

  get apiUrl() {
    return `http://127.0.0.1:${this.#parts.port}`;
  }

  get databaseUrl() {
    return this.#postgres.url;
  }

  get simulatorUrl() {
    return this.#simulator.url;
  }

  /** The demo merchant's credentials. */
  get demo() {
    return JSON.parse(readFileSync(join(this.#parts.dataDir, 'demo.json'), 'utf8'));
  }

  async startDatabase() {
    this.#postgres = await startPostgres({ dataDir: this.#parts.databaseDir, options: { max_connections: 60 } });
  }

  async startSimulator() {
    const scale = String(this.#parts.simulatorTimeScale);
    const child = this.#start('simulator', { SIMULATOR_PORT: '0', COUNTERSIGN_TIME_SCALE: scale });
    const address = await child.listening;
    if (address === null) throw new Error(`The simulator ${await child.exited}${tail(child.logFile)}`);
    this.#simulator = { child, url: address.url };
  }

  async startServer() {
    const child = this.#start('server', {
      PORT: String(this.#parts.port),
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
      DATABASE_URL: this.databaseUrl,
      COUNTERSIGN_KEK: this.#kek,
      COUNTERSIGN_DEMO: '1',
      COUNTERSIGN_SIMULATOR_URL: this.simulatorUrl,
      COUNTERSIGN_PUBLIC_URL: this.apiUrl,
      COUNTERSIGN_TIME_SCALE: String(this.#parts.timeScale),
      COUNTERSIGN_LOG_LEVEL: 'warn',
    });
    this.#server = child;
    const ended = child.exited.then((how) => {
      throw new Error(`The server ${how} before it was ready${tail(child.logFile)}`);
    });
    const ready = await Promise.race([until(() => this.isReady(), READY_WITHIN_MS), ended]);
    if (!ready) throw new Error(`The server was not ready in time${tail(child.logFile)}`);
    // From now on its end is what we want.
    ended.catch(() => undefined);
  }

  async isReady() {
    try {
      const response = await fetch(`${this.apiUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      return response.ok;
    } catch {
      return false;
    }
  }

  /** `kill -9` of the server, now. */
  killServer() {
    this.#server.kill();
  }

  /** `kill -9` of the postmaster, now. */
  killDatabase() {
    signal(this.#postgres.pid, 'SIGKILL');
  }

  /** Stops the server as operators do, and starts it again. */
  async restartServer() {
    await this.#server.stop(30_000);
    await this.startServer();
  }

  async bringServerBack() {
    await this.#server.exited;
    await this.startServer();
  }

  /** The server lives on meanwhile, and has to find its way by itself. */
  async bringDatabaseBack() {
    await this.startDatabase();
    if (!(await until(() => this.isReady(), READY_WITHIN_MS)))
      throw new Error(`The server did not find its database again${tail(this.#server.logFile)}`);
  }

  /** What the issuer knows of a transaction; null when it never heard of it. */
  async transaction(id) {
    const response = await fetch(`${this.simulatorUrl}/control/transactions/${id}`);
    return response.status === 404 ? null : response.json();
  }

  /** Every result is sent twice, also when it was answered. */
  async repeatResults() {
    await fetch(`${this.simulatorUrl}/control/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rreq: { mode: 'duplicate', times: 100_000 } }),
    });
  }

  async close() {
    await this.#server?.stop(15_000);
    await this.#simulator?.child.stop(5_000);
    await this.#postgres?.stop();
    await sleep(50);
    removeDataDir(this.#parts.databaseDir);
    rmSync(this.#parts.dataDir, { recursive: true, force: true });
  }

  #start(name, env) {
    const { dataDir } = this.#parts;
    return startChild({
      name,
      entry: ENTRY[name],
      env: { PATH: process.env.PATH, COUNTERSIGN_DATA_DIR: dataDir, ...env },
      logFile: join(dataDir, `${name}-${this.#starts++}.log`),
    });
  }
}
