import { readFileSync } from 'node:fs';
import { Secret } from '@app/kernel';
import { InvalidArgumentError } from 'commander';

const STANDARD_INPUT = '-';

/**
 * Reads a secret from the file named, or from standard input for `-`; a line break at its end does not count. Never from
 * an argument: those stand in the list of processes and in the shell's history.
 */
export function secretFrom(path: string): Secret {
  let text: string;
  try {
    text = readFileSync(path === STANDARD_INPUT ? 0 : path, 'utf8');
  } catch (error) {
    throw new InvalidArgumentError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new InvalidArgumentError('holds nothing');
  return new Secret(secret);
}
