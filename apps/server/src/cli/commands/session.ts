import { CredentialsAdmin } from '@app/credentials';
import { NotFound } from '@app/kernel';
import { SessionList } from '@app/sessions';
import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { numberBetween, wireId } from '../option-values';
import { sessionView } from '../views';

interface ListOptions {
  merchant: string;
  limit: number;
  after?: string;
}

/** `session list` */
export function addSessionCommands(program: Command, line: CommandLine): void {
  program
    .command('session')
    .description('sessions of a merchant')
    .command('list')
    .description('list sessions, the newest first; amounts in minor units')
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .option('--limit <n>', 'how many, 1 to 1000', numberBetween(1, 1000), 50)
    .option('--after <id>', 'last session of the page before, sid_…', wireId('session'))
    .action(async ({ merchant, limit, after }: ListOptions) => {
      const sessions = await line.withModules(async (modules) => {
        if (!(await modules.get(CredentialsAdmin).findMerchant(merchant))) throw new NotFound('merchant');
        return modules.get(SessionList).newest(merchant, { limit, after: after ?? null });
      });
      line.show(sessions.map(sessionView));
    });
}
