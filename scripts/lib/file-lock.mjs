/** A lock held by a living process: a file that names its holder, taken over when the holder has died. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { isAlive, startTicks, until } from './processes.mjs';

const readHolder = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    if (error instanceof SyntaxError) return { pid: 0 };
    throw error;
  }
};

// A pid is used again sooner or later; the start time tells the old holder from a newcomer.
const lives = ({ pid, ticks }) => pid > 0 && isAlive(pid) && (!ticks || startTicks(pid) === ticks);

/** Who holds the lock now, as `{pid, purpose}`, or null when nobody alive does. */
export function lockHolder(path) {
  const holder = readHolder(path);
  return holder !== null && lives(holder) ? holder : null;
}

/**
 * Takes the lock if it is free. Returns `{release}`, or `{holder}` when a living process has it.
 * The file appears by `link`, so that it is never seen half written.
 */
export function tryLock(path, purpose) {
  const token = randomBytes(8).toString('hex');
  const mine = { pid: process.pid, ticks: startTicks(process.pid), purpose, token };
  const draft = `${path}.${token}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        return { release: () => release(path, token) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readHolder(path);
      if (holder === null) continue;
      if (lives(holder)) return { holder };
      removeStale(path, holder, `${draft}.stale`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

const release = (path, token) => {
  if (readHolder(path)?.token === token) rmSync(path, { force: true });
};

// Somebody may have taken the lock between our look and our hand: what was moved away is looked at again.
const removeStale = (path, stale, aside) => {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readHolder(aside)?.token !== stale.token) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
};

/** Waits up to `timeoutMs` for the lock; returns what `tryLock` returned last. */
export async function waitForLock(path, purpose, timeoutMs) {
  let attempt;
  await until(() => (attempt = tryLock(path, purpose)).release !== undefined, timeoutMs, 100);
  return attempt;
}
