import type { createDataSource } from './data-source';

type DataSource = ReturnType<typeof createDataSource>;

/** Names of the migrations that the database has, in their order, and of those that this build has beside them. */
export async function migrationsStatus(
  dataSource: Pick<DataSource, 'query' | 'migrations'>,
): Promise<{ applied: string[]; pending: string[] }> {
  const [table] = await dataSource.query<{ known: boolean }[]>(`SELECT to_regclass('migration') IS NOT NULL AS known`);
  const rows = table?.known ? await dataSource.query<{ name: string }[]>('SELECT name FROM migration ORDER BY id') : [];
  const applied = rows.map(({ name }) => name);
  const known = dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
  return { applied, pending: known.filter((name) => !applied.includes(name)) };
}
