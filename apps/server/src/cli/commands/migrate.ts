import type { AppConfig } from '@app/platform';
import type { Command } from 'commander';
import { createDataSource } from '../../data-source';
import { migrate } from '../../migrate';
import { migrationsStatus } from '../../migrations-status';
import type { CommandLine } from '../command-line';

/** `migrate up|status` */
export function addMigrateCommands(program: Command, line: CommandLine): void {
  const command = program.command('migrate').description('the database schema');
  command
    .command('up')
    .description('apply what is pending')
    .action(async () => {
      line.show({ applied: await migrate(line.config().database.directUrl.expose()) });
    });
  command
    .command('status')
    .description('show what is applied and what is pending')
    .action(async () => {
      line.show(await onDatabase(line.config(), migrationsStatus));
    });
}

type DataSource = ReturnType<typeof createDataSource>;

async function onDatabase<T>(config: AppConfig, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await createDataSource(config.database.directUrl.expose(), 1).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
