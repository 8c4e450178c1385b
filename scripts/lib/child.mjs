/** One program of the installation as a child: started in a session of its own, tells its address, is ended in order. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { signal, sleep } from './processes.mjs';

const LAST_LINES = 20;

const openLog = (logFile) => {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  return openSync(logFile, 'a', 0o600);
};

/** A program's last words for a message about its end, on lines of their own; none when they went to our own output. */
export const tail = (logFile) =>
  logFile === null ? '' : `\n${readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`;

/**
 * Starts `entry`. Its output goes to `logFile`, or to ours when that is null. The child is detached, because Ctrl-C reaches
 * every process of the terminal's group at once and we end ours in order; should we die, it sees the channel close and ends.
 * Out: `{name, pid, logFile, listening, exited, stop(timeoutMs), kill()}`; `listening` gives `{port, url}`, or null when the child ended before.
 */
export function startChild({ name, entry, env, logFile }) {
  const output = logFile === null ? 'inherit' : openLog(logFile);
  const child = spawn(process.execPath, [entry], { env, detached: true, stdio: ['ignore', output, output, 'ipc'] });
  if (logFile !== null) closeSync(output);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => resolve(by === null ? `ended with exit code ${code}` : `was ended by ${by}`));
  });
  const listening = new Promise((resolve) => {
    child.on('message', (message) => {
      if (message?.type === 'listening') resolve({ port: message.port, url: message.url });
    });
    void exited.then(() => resolve(null));
  });
  const kill = () => signal(child.pid, 'SIGKILL');
  const stop = async (timeoutMs) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    signal(child.pid, 'SIGTERM');
    const late = Symbol('late');
    const inTime = await Promise.race([exited, sleep(timeoutMs).then(() => late)]);
    if (inTime === late) {
      kill();
      await exited;
    }
  };
  return { name, pid: child.pid, logFile, listening, exited, stop, kill };
}
