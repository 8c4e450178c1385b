import type { AppConfig } from '@app/platform';
import type { Command } from 'commander';
import { createDataSource } from '../../data-source';
import { migrate } from '../../migrate';
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
      line.show(await onDatabase(line.config(), statusOf));
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

async function statusOf(dataSource: DataSource): Promise<{ applied: string[]; pending: string[] }> {
  const [table] = await dataSource.query<{ known: boolean }[]>(`SELECT to_regclass('migration') IS NOT NULL AS known`);
  const rows = table?.known ? await dataSource.query<{ name: string }[]>('SELECT name FROM migration ORDER BY id') : [];
  const applied = rows.map(({ name }) => name);
  const known = dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
  return { applied, pending: known.filter((name) => !applied.includes(name)) };
}
