import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { signingKeyView } from '../views';

/** `signing-key rotate` */
export function addSigningKeyCommands(program: Command, line: CommandLine): void {
  program
    .command('signing-key')
    .description('keys that sign access tokens')
    .command('rotate')
    .description('publish a new key at once and sign with it after the overlap')
    .action(async () => {
      line.show(signingKeyView(await line.withAdmin((admin) => admin.rotateSigningKey())));
    });
}
