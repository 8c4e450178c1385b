import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { wireId } from '../option-values';
import { merchantView } from '../views';

/** `merchant create|list|suspend|resume` */
export function addMerchantCommands(program: Command, line: CommandLine): void {
  const merchant = program.command('merchant').description('tenants of this installation');
  merchant
    .command('create')
    .description('create a merchant')
    .requiredOption('--name <text>', 'name for people')
    .action(async ({ name }: { name: string }) => {
      line.show(merchantView(await line.acting((acts, by) => acts.createMerchant(by, name))));
    });
  merchant
    .command('list')
    .description('list all merchants')
    .action(async () => {
      line.show((await line.withAdmin((admin) => admin.listMerchants())).map(merchantView));
    });
  merchant
    .command('suspend')
    .description('stop its access keys and tokens; sessions under way go on')
    .argument('<merchant>', 'merchant id, mer_…', wireId('merchant'))
    .action(async (id: string) => {
      line.show(merchantView(await line.acting((acts, by) => acts.suspend(by, id))));
    });
  merchant
    .command('resume')
    .description('end a suspension')
    .argument('<merchant>', 'merchant id, mer_…', wireId('merchant'))
    .action(async (id: string) => {
      line.show(merchantView(await line.acting((acts, by) => acts.resume(by, id))));
    });
}
