import { readFileSync } from 'node:fs';
import { Secret } from '@app/kernel';
import { CommanderError } from 'commander';

const STANDARD_INPUT = '-';

/**
 * Reads a secret from the file that `option` names, or from standard input for `-`; a line break at its end does not count.
 * Never from an argument: those stand in the list of processes and in the shell's history. What was given is not repeated when
 * there is no such file: it may be the secret itself.
 */
export const secretFrom =
  (option: string) =>
  (path: string): Secret => {
    let text: string;
    try {
      text = readFileSync(path === STANDARD_INPUT ? 0 : path, 'utf8');
    } catch (error) {
      throw unusable(
        option,
        `names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      );
    }
    const secret = text.replace(/\r?\n$/, '');
    if (secret === '') throw unusable(option, 'names a file that holds nothing');
    return new Secret(secret);
  };

/** No `InvalidArgumentError`: the parser would put the argument into its message. */
function unusable(option: string, says: string): CommanderError {
  return new CommanderError(1, 'countersign.secretUnusable', `${option} ${says}`);
}
