import { AuditLog, parseChainEnd, type ChainEnd, type ChainVerdict } from '@app/operators';
import { InvalidArgumentError, type Command } from 'commander';
import type { CommandLine } from '../command-line';

/** The audit log is not as it was written. */
export class AuditBroken extends Error {
  constructor({ problem, brokenAt }: Extract<ChainVerdict, { intact: false }>) {
    super(`The audit log is not as it was written: ${problem.replaceAll('_', ' ')} at entry ${brokenAt}`);
    this.name = 'AuditBroken';
  }
}

/** `audit verify` */
export function addAuditCommands(program: Command, line: CommandLine): void {
  program
    .command('audit')
    .description('the log of what operators did')
    .command('verify')
    .description('look at every entry of the chain; ends with 1 when one was changed or is missing')
    .option(
      '--anchor <end>',
      'an end that was noted elsewhere, <number>:<hash>, which the chain must have come by',
      chainEnd,
    )
    .action(async ({ anchor }: { anchor?: ChainEnd }) => {
      const verdict = await line.withModules((modules) => modules.get(AuditLog).verify(anchor ?? null));
      if (!verdict.intact) throw new AuditBroken(verdict);
      line.show(verdict, 'Keep the end elsewhere: with --anchor it proves that nothing was cut off.');
    });
}

function chainEnd(text: string): ChainEnd {
  const end = parseChainEnd(text);
  if (!end) throw new InvalidArgumentError('must be a number and a hash, as this command shows them');
  return end;
}
