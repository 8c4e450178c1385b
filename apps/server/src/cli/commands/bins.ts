import { createHash } from 'node:crypto';
import { CardBins, parseBinFile } from '@app/cards';
import type { Environment } from '@app/credentials';
import type { Clock } from '@app/kernel';
import { AUDIT_SINK, CLOCK, type AuditSink } from '@app/platform';
import { Option, type Command } from 'commander';
import { commandLine } from '../acting';
import type { CommandLine } from '../command-line';
import { fileContent, numberBetween } from '../option-values';

interface LoadOptions {
  environment: Environment;
  reason?: string;
}

/** `bins load|status|unknown` */
export function addBinCommands(program: Command, line: CommandLine): void {
  const bins = program.command('bins').description('whose cards are: issuer, its country and the kind of card, by BIN');
  bins
    .command('load')
    .description('put a table of BINs in the place of the present one: CSV with bin, issuer, country, card_type')
    .argument('<file>', 'path of the file', fileContent)
    .addOption(
      new Option('--environment <name>', 'the sessions that it is for').choices(['test', 'live']).makeOptionMandatory(),
    )
    .option('--reason <text>', 'why, for the audit log')
    .action(async (file: Buffer, { environment, reason }: LoadOptions) => {
      const entries = parseBinFile(file);
      const sha256 = createHash('sha256').update(file).digest('hex');
      await line.withModules(async (modules) => {
        const known = modules.get(CardBins);
        const audit = modules.get<AuditSink>(AUDIT_SINK);
        const at = modules.get<Clock>(CLOCK).now();
        const act = { at, by: commandLine(), act: 'bin_table.replaced', subject: environment, merchantId: null };
        await known.replaceTable(environment, entries, (tx, before) =>
          audit.record(
            { ...act, before: { entries: before }, after: { entries: entries.length, sha256 }, reason: reason ?? null },
            tx,
          ),
        );
        line.show((await known.tally()).filter((tally) => tally.environment === environment));
      });
    });
  bins
    .command('unknown')
    .description('list the BINs of sessions whose issuer is not known, those of most sessions first')
    .option('--limit <number>', 'how many at most', numberBetween(1, 10_000), 50)
    .action(async ({ limit }: { limit: number }) => {
      line.show(await line.withModules((modules) => modules.get(CardBins).unknown(limit)));
    });
  bins
    .command('status')
    .description('show how many lines the tables have, and of how many BINs of sessions the issuer is known')
    .action(async () => {
      line.show(await line.withModules((modules) => modules.get(CardBins).tally()));
    });
}
