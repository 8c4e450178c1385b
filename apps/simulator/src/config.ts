/** The simulator's environment, read and checked in this one place. */
import { resolve } from 'node:path';

/** What the simulator needs to know to start. */
export interface SimulatorConfig {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** The address that other parties reach us at, without a trailing slash; null: `http://localhost:<port>`. */
  readonly publicUrl: string | null;
  /** Where `demo.json`, the demo merchants' credentials, lies. */
  readonly dataDir: string;
  /** How much faster than real time the challenge timers run (COUNTERSIGN_TIME_SCALE). */
  readonly timeScale: number;
}

/** Token under which the configuration is injected. */
export const SIMULATOR_CONFIG = Symbol('SimulatorConfig');

/** Token under which the clock is injected. */
export const CLOCK = Symbol('Clock');

/** Reads the configuration. Throws an error that names every bad variable, never a value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): SimulatorConfig {
  const bad: string[] = [];
  const port = Number(env['SIMULATOR_PORT'] ?? '4001');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) bad.push('SIMULATOR_PORT');
  const timeScale = Number(env['COUNTERSIGN_TIME_SCALE'] ?? '1');
  if (!Number.isFinite(timeScale) || timeScale <= 0) bad.push('COUNTERSIGN_TIME_SCALE');
  const publicUrl = env['SIMULATOR_PUBLIC_URL']?.trim();
  if (publicUrl && !isHttpUrl(publicUrl)) bad.push('SIMULATOR_PUBLIC_URL');
  if (bad.length > 0) throw new Error(`Not valid: ${bad.join(', ')}`);
  return {
    port,
    host: env['SIMULATOR_HOST']?.trim() || '127.0.0.1',
    publicUrl: publicUrl ? publicUrl.replace(/\/+$/, '') : null,
    dataDir: resolve(env['COUNTERSIGN_DATA_DIR']?.trim() || '.countersign'),
    timeScale,
  };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
