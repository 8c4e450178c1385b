/** Facts about processes and ports that the scripts share: is it alive, has it gone, is this port free. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const readProc = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
};

/** The fields of `/proc/<pid>/stat` after the command's name (which may contain spaces); null off Linux. */
const statFields = (pid) => {
  const stat = readProc(pid, 'stat');
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** True while the process runs; one that has ended but was not yet reaped by its parent counts as gone. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** When the process started, in the kernel's ticks: with the pid it names one process for good. Null off Linux. */
export const startTicks = (pid) => statFields(pid)?.[19] ?? null;

/** The command line of a process, or an empty string when it cannot be known. */
export function commandLine(pid) {
  const fromProc = readProc(pid, 'cmdline');
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ');
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

/** The processes whose working directory is `directory` (Linux; elsewhere none are found). */
export function processesIn(directory) {
  let entries;
  try {
    entries = readdirSync('/proc');
  } catch {
    return [];
  }
  return entries.filter((name) => /^\d+$/.test(name) && workingDirectory(name) === directory).map(Number);
}

const workingDirectory = (pid) => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
};

/** Sends a signal; false when the process is no longer there. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Waits until `condition()` holds; false when it did not within `timeoutMs`. */
export async function until(condition, timeoutMs, stepMs = 25) {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await sleep(stepMs);
  }
  return true;
}

/** True when nobody listens on the port (on `host`, or on any address when it is left out). */
export const isPortFree = (port, host) =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
