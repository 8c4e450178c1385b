/** Test databases: cloned from a template that the migrations made, dropped when the tests passed, kept when one failed. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import type * as dataSources from '../../apps/server/src/data-source';
import { hasFailedTest } from './outcome';
import { adminUrl } from './postgres';

const MIGRATIONS = resolve(__dirname, '../../migrations');
/** Migrations and tests run as an ordinary role, as in production: a superuser would see past row-level security. */
const ROLE = 'countersign_test';

export interface TestDatabase {
  /** Connection string of the role that owns the database (not a superuser). */
  readonly url: string;
  readonly name: string;
  /** Drops the database, or keeps it (and says so) when a test of this file failed. Close your own pools first. */
  drop(): Promise<void>;
}

async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: await adminUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every process of a run must come to the same password: it follows from the superuser's connection string. */
const rolePassword = (admin: string): string =>
  createHash('sha256').update(`${ROLE} ${admin}`).digest('hex').slice(0, 32);

const urlFor = (admin: string, database: string): string => {
  const url = new URL(admin);
  url.username = ROLE;
  url.password = rolePassword(admin);
  url.pathname = `/${database}`;
  return url.toString();
};

const templateName = (): string => {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort())
    hash.update(`${file}\0`).update(readFileSync(join(MIGRATIONS, file)));
  return `template_${hash.digest('hex').slice(0, 16)}`;
};

const databaseExists = async (client: Client, name: string): Promise<boolean> =>
  (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount === 1;

/** The server's modules take a second and a half of work to load: only who makes the template needs them, once in a run. */
async function migrate(url: string): Promise<void> {
  const { createDataSource } = jest.requireActual<typeof dataSources>('../../apps/server/src/data-source');
  const dataSource = await createDataSource(url).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

async function ensureRole(client: Client, admin: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${ROLE} LOGIN CREATEROLE PASSWORD '${rolePassword(admin)}'`);
}

/** Test files run in several processes; what they share is made by one of them. */
async function underLock<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock(hashtext($1))', [ROLE]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtext($1))', [ROLE]);
  }
}

/** Built under another name and renamed, so that a template with this name is always a complete one. */
const ensureTemplate = (client: Client, admin: string): Promise<string> =>
  underLock(client, async () => {
    await ensureRole(client, admin);
    const name = templateName();
    if (await databaseExists(client, name)) return name;
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft} OWNER ${ROLE}`);
    await migrate(urlFor(admin, draft));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
    return name;
  });

async function createFrom(template: (client: Client, admin: string) => Promise<string>): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = await adminUrl();
  await asAdmin(async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${await template(client, admin)} OWNER ${ROLE}`);
  });
  return {
    url: urlFor(admin, name),
    name,
    drop: async () => {
      if (hasFailedTest()) {
        process.stderr.write(`a test failed: its database ${name} is kept\n`);
        return;
      }
      await asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** A fresh database with the whole schema, about 50 ms. The caller drops it in `afterAll`. */
export const createTestDatabase = (): Promise<TestDatabase> => createFrom(ensureTemplate);

/** A fresh database without any schema, for tests of the migrations themselves. */
export const createEmptyDatabase = (): Promise<TestDatabase> =>
  createFrom(async (client, admin) => {
    await underLock(client, () => ensureRole(client, admin));
    return 'template1';
  });
