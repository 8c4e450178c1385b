import { encodeId } from '@app/kernel';
import type { AcquirerRecord } from '@app/credentials';
import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { country, wireId } from '../option-values';

type SetOptions = Omit<AcquirerRecord, 'countryCode'> & { channel: string; country: string };

/** `acquirer set` */
export function addAcquirerCommands(program: Command, line: CommandLine): void {
  program
    .command('acquirer')
    .description('who a merchant is to a scheme, per channel')
    .command('set')
    .description('set or replace the acquirer record of a channel and scheme')
    .requiredOption('--channel <id>', 'processing channel id, pc_…', wireId('channel'))
    .requiredOption('--scheme <name>', 'card scheme')
    .requiredOption('--acquirer-bin <digits>', 'acquirer BIN')
    .requiredOption('--acquirer-merchant-id <text>', 'merchant id at the acquirer')
    .requiredOption('--mcc <digits>', 'merchant category code, four digits')
    .requiredOption('--country <code>', 'country of the merchant, ISO 3166-1', country)
    .requiredOption('--merchant-name <text>', 'name that the cardholder sees')
    .requiredOption('--requestor-id <text>', '3DS Requestor id')
    .requiredOption('--requestor-name <text>', '3DS Requestor name')
    .requiredOption('--requestor-url <url>', '3DS Requestor address')
    .action(async ({ channel, country: countryCode, ...rest }: SetOptions) => {
      const record: AcquirerRecord = { ...rest, countryCode };
      await line.acting((acts, by) => acts.setAcquirer(by, channel, record));
      line.show({ channelId: encodeId('channel', channel), ...record });
    });
}
