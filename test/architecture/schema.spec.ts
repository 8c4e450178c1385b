import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../apps/server/src/data-source';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database';
import { readSchema } from './catalog';

const ROOT = resolve(__dirname, '../..');
const SCHEMA_FILE = join(ROOT, 'test/fixtures/schema.sql');

let test: TestDatabase;
let dataSource: DataSource;

async function open(create: () => Promise<TestDatabase>): Promise<void> {
  test = await create();
  dataSource = await createDataSource(test.url, 2).initialize();
}

/** The same database as one sees it who knows only some of the migrations. */
const withMigrations = (migrations: readonly { name: string }[]): Promise<DataSource> =>
  createDataSource(test.url, 1)
    .setOptions({ migrations: migrations as never })
    .initialize();

afterEach(async () => {
  await dataSource?.destroy();
  await test?.drop();
});

describe('a migrated database', () => {
  beforeEach(() => open(createTestDatabase));

  it('is in step with the entities', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('is noticed when it is not', async () => {
    await dataSource.query('ALTER TABLE session DROP COLUMN reference');
    await dataSource.query('DROP INDEX ix_correlation_expiry');

    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query).join('\n')).toMatch(
      /reference[\s\S]*ix_correlation_expiry|ix_correlation_expiry[\s\S]*reference/,
    );
  });

  it('is what test/fixtures/schema.sql says', async () => {
    const schema = await readSchema(dataSource);
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(SCHEMA_FILE, schema);

    expect(schema).toBe(readFileSync(SCHEMA_FILE, 'utf8'));
  });

  it('never synchronizes by itself', () => {
    expect(dataSource.options.synchronize).toBe(false);
    expect(dataSource.options.migrationsRun ?? false).toBe(false);
  });
});

describe('every migration', () => {
  const files = readdirSync(join(ROOT, 'migrations')).sort();

  beforeEach(() => open(createEmptyDatabase));

  it('goes down and up again, and leaves what it found', async () => {
    const migrations = dataSource.migrations.map(({ constructor }) => constructor);
    expect(migrations).toHaveLength(files.length);
    let below = await readSchema(dataSource);
    expect(below).not.toContain('CREATE TABLE');

    for (const [index, { name }] of migrations.entries()) {
      const upTo = await withMigrations(migrations.slice(0, index + 1));
      try {
        expect((await upTo.runMigrations()).map((migration) => migration.name)).toEqual([name]);
        const above = await readSchema(upTo);
        expect([name, above]).not.toEqual([name, below]);

        await upTo.undoLastMigration();
        expect([name, await readSchema(upTo)]).toEqual([name, below]);

        await upTo.runMigrations();
        expect([name, await readSchema(upTo)]).toEqual([name, above]);
        below = above;
      } finally {
        await upTo.destroy();
      }
    }
  });

  it.each(files)('%s is named after when and what it does, in the file and in the class', async (file) => {
    const [, stamp, verbNoun] = /^(\d{13})-([A-Z][A-Za-z]+)\.ts$/.exec(file) ?? [];

    expect(stamp).toBeDefined();
    expect(readFileSync(join(ROOT, 'migrations', file), 'utf8')).toContain(`class ${verbNoun}${stamp} `);
    expect(dataSource.migrations.map(({ name }) => name)).toContain(`${verbNoun}${stamp}`);
  });
});
